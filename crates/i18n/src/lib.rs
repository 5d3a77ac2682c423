//! The words of Bedside in every language, for the UI, the shell, the server's pages and e-mail.
//!
//! Owns the Fluent files under `locales/` and the choice of language. It holds no dates and no number formats
//! (the UI asks the browser for those) and never fails: what a language lacks is said in English.

mod language;
mod localizer;

pub use language::{Direction, Language};
pub use localizer::{Localizer, Value};
