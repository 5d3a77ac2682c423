//! The formats, and what each of them is told.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::model::{Head, Message};
use crate::words::Words;
use crate::{csv, fhir, html, json, text};

/// What a conversation can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A page for any browser, without script and without anything from elsewhere.
    Html,
    /// Plain text.
    Text,
    /// Everything, by a published schema (`docs/conversation.schema.json`).
    Json,
    /// An HL7 FHIR R4 Bundle of `Communication` resources.
    Fhir,
    /// A table for spreadsheets.
    Csv,
}

impl Format {
    /// All of them, as a menu shows them.
    pub const ALL: [Self; 5] = [Self::Html, Self::Text, Self::Json, Self::Fhir, Self::Csv];

    /// The word in addresses and manifests.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Json => "json",
            Self::Fhir => "fhir",
            Self::Csv => "csv",
        }
    }

    /// The format of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// How a file's name ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "txt",
            Self::Json => "json",
            Self::Fhir => "fhir.json",
            Self::Csv => "csv",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Json => "application/json",
            Self::Fhir => "application/fhir+json",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A conversation that is being written: [`begin`](Self::begin), each message in order, [`end`](Self::end).
pub trait Document: Send {
    /// What stands before the messages.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn begin(&mut self, out: &mut dyn Write, head: &Head) -> io::Result<()>;
    /// The next message.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn message(&mut self, out: &mut dyn Write, head: &Head, message: &Message) -> io::Result<()>;
    /// What stands after them.
    ///
    /// # Errors
    /// Whatever writing gives.
    fn end(&mut self, out: &mut dyn Write, head: &Head) -> io::Result<()>;
}

/// A document of a format, in the words of a language.
#[must_use]
pub fn document(format: Format, words: Words) -> Box<dyn Document> {
    match format {
        Format::Html => Box::new(html::Html::new(words)),
        Format::Text => Box::new(text::Text::new(words)),
        Format::Json => Box::new(json::Json::default()),
        Format::Fhir => Box::new(fhir::Fhir::default()),
        Format::Csv => Box::new(csv::Csv::new(words)),
    }
}
