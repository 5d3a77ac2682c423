//! A plausible clinic for demonstrations and load tests: who is in it and what they have written.
//!
//! Owns names, texts and their timing, all drawn from a seed: the same plan gives the same clinic. Never touches a
//! database; `store/sqlite/demo.rs` writes what is planned here.

mod cast;
mod clinic;
mod conversation;
mod names;
mod replies;
mod scenes;

pub(crate) use cast::{DemoPerson, patient, practitioner};
pub use clinic::demo_clinic;
pub(crate) use conversation::{Conversation, converse};
pub use replies::demo_quick_replies;
