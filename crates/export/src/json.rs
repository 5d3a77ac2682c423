//! Everything as JSON, one message a line, by the schema in `docs/conversation.schema.json`; and reading it again.

mod read;

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::digest::Chain;
use crate::document::Document;
use crate::model::{Head, Message};

pub use read::{Found, ReadError, Wrong, read};

/// The document's mark.
pub(crate) const FORMAT: &str = "bedside-conversation";
/// The form written.
pub(crate) const VERSION: u32 = 1;

/// The whole document, as the schema describes it. It is written and read piece by piece, never held like this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JsonConversation {
    /// Always `bedside-conversation`.
    pub format: String,
    /// Always 1.
    pub version: u32,
    /// What stands before the messages.
    pub conversation: Head,
    /// In order of their places.
    pub messages: Vec<JsonMessage>,
    /// How many messages there are.
    pub count: u64,
    /// The chain after the last message.
    pub chain: String,
}

/// A message with what shows that it, and those before it, are as they were written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JsonMessage {
    /// The message.
    #[serde(flatten)]
    pub message: Message,
    /// SHA-256 of the message's JSON without these two fields, as 64 hexadecimal digits.
    pub digest: String,
    /// SHA-256 of the chain before (at first of the SHA-256 of the JSON of `conversation`) and the digest.
    pub chain: String,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    message: &'a Message,
    digest: String,
    chain: String,
}

#[derive(Default)]
pub(crate) struct Json {
    chain: Option<Chain>,
    count: u64,
}

impl Document for Json {
    fn begin(&mut self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        self.chain = Some(Chain::new(head));
        write!(out, "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\n\"conversation\":")?;
        serde_json::to_writer(&mut *out, head)?;
        out.write_all(b",\n\"messages\":[")
    }

    fn message(&mut self, out: &mut dyn Write, head: &Head, message: &Message) -> io::Result<()> {
        let chain = self.chain.get_or_insert_with(|| Chain::new(head));
        let digest = chain.add(message);
        out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count += 1;
        serde_json::to_writer(&mut *out, &Line { message, digest, chain: chain.hex() })?;
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, head: &Head) -> io::Result<()> {
        let chain = self.chain.get_or_insert_with(|| Chain::new(head)).hex();
        writeln!(out, "\n],\n\"count\":{},\"chain\":\"{chain}\"}}", self.count)
    }
}
