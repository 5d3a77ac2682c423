//! A conversation written out, for a person to read, a court to check, another system to import.
//!
//! Owns one [model](model) of a conversation and one writer for each format. A writer is told the head, then message
//! after message, then the end, and writes as it goes: what it needs does not grow with the conversation. It asks no clock, no
//! network and no disk, and the same conversation gives the same bytes.

mod csv;
mod digest;
mod document;
mod fhir;
mod html;
mod json;
pub mod model;
pub mod package;
mod text;
mod when;
mod words;

pub use csv::guarded;
pub use digest::{Chain, chained};
pub use document::{Document, Format, document};
pub use json::{Found, JsonConversation, JsonMessage, ReadError, Wrong, read};
pub use when::Zone;
pub use words::Words;
