//! Reads a document message by message: to import it, and to say which of its messages are not as they were written.

use std::cell::RefCell;
use std::fmt;
use std::io::Read;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{FORMAT, JsonMessage, VERSION};
use crate::digest::Chain;
use crate::model::{Head, Message};

/// Why a document could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no such document, of a later version, or cut off.
    #[error("not a whole conversation: {0}")]
    Unreadable(#[from] serde_json::Error),
}

/// What was found besides the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What stands before the messages.
    pub head: Head,
    /// How many messages there were.
    pub count: u64,
    /// Messages that are not as they were written, by their places; none means that the document is whole.
    pub wrong: Vec<Wrong>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The message at this place was changed.
    Changed(i64),
    /// Something is missing, added or in another order before the message at this place.
    Before(i64),
    /// Something is missing or added at the end.
    End,
}

/// Reads a document, giving each message as it comes.
///
/// # Errors
/// When it is not such a document, or ends too early.
pub fn read(from: impl Read, mut each: impl FnMut(Message)) -> Result<Found, ReadError> {
    let mut deserializer = serde_json::Deserializer::from_reader(std::io::BufReader::new(from));
    let found = deserializer.deserialize_map(Whole { each: &mut each })?;
    deserializer.end()?;
    Ok(found)
}

struct Whole<'a> {
    each: &'a mut dyn FnMut(Message),
}

/// What the messages came to.
struct Told {
    chain: Chain,
    count: u64,
    wrong: Vec<Wrong>,
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a conversation")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let (mut head, mut seen): (Option<Head>, Option<Told>) = (None, None);
        let (mut count, mut chain, mut format, mut version) = (None, None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => format = Some(map.next_value::<String>()?),
                "version" => version = Some(map.next_value::<u32>()?),
                "conversation" => head = Some(map.next_value()?),
                "messages" => {
                    let head = head.as_ref().ok_or_else(|| A::Error::missing_field("conversation"))?;
                    seen = Some(map.next_value_seed(Messages { head, each: RefCell::new(&mut *self.each) })?);
                }
                "count" => count = Some(map.next_value::<u64>()?),
                "chain" => chain = Some(map.next_value::<String>()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if format.as_deref() != Some(FORMAT) || version != Some(VERSION) {
            return Err(A::Error::custom("another kind of document, or a later one"));
        }
        let (head, mut seen) = head.zip(seen).ok_or_else(|| A::Error::missing_field("messages"))?;
        if count != Some(seen.count) || chain != Some(seen.chain.hex()) {
            seen.wrong.push(Wrong::End);
        }
        Ok(Found { head, count: seen.count, wrong: seen.wrong })
    }
}

struct Messages<'a> {
    head: &'a Head,
    each: RefCell<&'a mut dyn FnMut(Message)>,
}

impl<'de> DeserializeSeed<'de> for Messages<'_> {
    type Value = Told;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Told, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Messages<'_> {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut messages: A) -> Result<Told, A::Error> {
        let mut seen = Told { chain: Chain::new(self.head), count: 0, wrong: Vec::new() };
        while let Some(line) = messages.next_element::<JsonMessage>()? {
            seen.take(&line);
            (self.each.borrow_mut())(line.message);
        }
        Ok(seen)
    }
}

/// More than these are not listed one by one.
const LISTED: usize = 50;

impl Told {
    fn take(&mut self, line: &JsonMessage) {
        self.count += 1;
        let place = line.message.room_seq.get();
        let changed = self.chain.add(&line.message) != line.digest;
        let broken = self.chain.hex() != line.chain;
        if (changed || broken) && self.wrong.len() < LISTED {
            self.wrong.push(if changed { Wrong::Changed(place) } else { Wrong::Before(place) });
        }
        // What comes next is judged by what this one says of itself, so that one fault is not told of all that follow.
        if let Some(said) = Chain::from_hex(&line.chain).filter(|_| broken) {
            self.chain = said;
        }
    }
}
