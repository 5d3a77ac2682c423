//! Conversations of every kind, written out in every format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // Tests and their helpers.

mod generated;

mod csv;
mod fhir;
mod html;
mod json;
mod package;
mod text;

use bedside_export::model::{Head, Message};
use bedside_export::{Format, Words, document};

/// A conversation in a format, in English and in its own time zone.
fn written(format: Format, head: &Head, messages: &[Message]) -> String {
    let mut document = document(format, Words::new("en", &head.time_zone));
    let mut out = Vec::new();
    document.begin(&mut out, head).unwrap();
    for message in messages {
        document.message(&mut out, head, message).unwrap();
    }
    document.end(&mut out, head).unwrap();
    String::from_utf8(out).unwrap()
}
