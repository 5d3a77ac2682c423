//! What a package holds, and what it should look like.

use bedside_protocol::{AccountId, RoomId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::document::Format;
use crate::model::{Head, Source};

/// `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `bedside-export`.
    pub format: String,
    /// Always 1.
    pub version: u32,
    /// As what the conversations are written.
    pub written_as: Format,
    /// The server's address.
    pub server: String,
    /// From what it was made.
    pub source: Source,
    /// For whom.
    pub made_for: AccountId,
    /// When.
    pub made_at: Timestamp,
    /// What it is of.
    pub conversations: Vec<Conversation>,
    /// Every file but the manifest and its signature.
    pub files: Vec<File>,
}

impl Manifest {
    /// Of what a head says; its lists are still empty.
    #[must_use]
    pub fn of(head: &Head, written_as: Format) -> Self {
        Manifest {
            format: "bedside-export".to_owned(),
            version: 1,
            written_as,
            server: head.server.clone(),
            source: head.source,
            made_for: head.made_for,
            made_at: head.made_at,
            conversations: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// A conversation in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Which.
    pub room_id: RoomId,
    /// How many messages.
    pub messages: u64,
    /// The chain over them (see [`crate::Chain`]), whatever they are written as.
    pub chain: String,
}

/// A file in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of what is in it, as 64 hexadecimal digits.
    pub sha256: String,
}
