//! What shows which message was changed, and that none is missing: each message's own digest, and a chain over all of them.
//!
//! A message's digest is the SHA-256 of its JSON. The chain begins with the digest of the head's JSON; each message makes it the
//! SHA-256 of what it was before and the message's digest. So the chain at a message is of everything before it, too.

use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::model::{Head, Message};

/// A chain as it grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain([u8; 32]);

impl Chain {
    /// Of no message yet.
    #[must_use]
    pub fn new(head: &Head) -> Self {
        Chain(of(head))
    }

    /// With one more message; gives that one's own digest.
    pub fn add(&mut self, message: &Message) -> String {
        let digest = of(message);
        self.0 = Sha256::new().chain_update(self.0).chain_update(digest).finalize().into();
        hex(&digest)
    }

    /// As it stands.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// One that stands elsewhere, as another document says; `None` for what is no digest.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        unhex(text).map(Chain)
    }
}

/// What the chain of some messages comes to.
#[must_use]
pub fn chained(head: &Head, messages: &[Message]) -> String {
    let mut chain = Chain::new(head);
    for message in messages {
        chain.add(message);
    }
    chain.hex()
}

/// A value's JSON never fails: there is no map with other keys than text in the model.
fn of<T: Serialize>(value: &T) -> [u8; 32] {
    Sha256::digest(serde_json::to_vec(value).unwrap_or_default()).into()
}

/// Bytes as lower-case digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// 32 bytes of 64 lower-case digits.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    let lower = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if digits.len() != 64 || !lower {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
