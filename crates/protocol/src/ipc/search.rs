//! Searching what was written: in all conversations, grouped by them, and within one.

use serde::{Deserialize, Serialize};

use super::live::Keyed;
use super::view::PersonView;
use crate::ids::{MessageId, RoomId, RoomSeq, as_string};
use crate::search::Excerpt;
pub use crate::search::{Author, SearchFilter};
use crate::time::Timestamp;

/// Most matches of one conversation that are counted and gone through.
pub const FIND_MOST: usize = 1_000;

/// What was found, and how far it was looked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchView {
    /// Conversations with what was found in them; the one with the newest match first.
    pub groups: Vec<SearchGroup>,
    /// There is more than the query's limit allows.
    pub more: bool,
    /// How much of what was written was looked through on this device.
    pub looked: Looked,
    /// What the server has said of the rest.
    #[serde(default)]
    pub server: ServerSearched,
    /// What was searched for before, the newest first; only while nothing is searched for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<String>,
}

/// What was found in one conversation, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchGroup {
    /// Which.
    #[serde(with = "as_string")]
    pub room_id: RoomId,
    /// With whom.
    pub person: PersonView,
    /// The messages.
    pub hits: Vec<SearchHit>,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// Stable among what was found.
    pub key: String,
    /// The message; none while it waits to be sent.
    #[serde(with = "as_string::option")]
    pub message_id: Option<MessageId>,
    /// Its place; none while it waits to be sent.
    #[serde(with = "as_string::option")]
    pub seq: Option<RoomSeq>,
    /// Whether it is one's own.
    pub own: bool,
    /// When it was stored, or composed while it waits.
    pub at: Timestamp,
    /// Marked urgent.
    pub urgent: bool,
    /// A line of it around the first match, the matches marked.
    pub excerpt: Vec<Excerpt>,
}

impl Keyed for SearchHit {
    fn key(&self) -> &str {
        &self.key
    }
}

/// How much of what was written was looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "looked", rename_all = "snake_case")]
pub enum Looked {
    /// At everything.
    #[default]
    Everything,
    /// At everything since a moment; what is older is still being fetched.
    Since {
        /// That moment.
        since: Timestamp,
    },
    /// At a part: what is held already is still being made searchable.
    Preparing {
        /// How much of it is, 0–99.
        percent: u8,
    },
}

/// Whether what is not on this device was looked for at the server, whose messages are then among those found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerSearched {
    /// It was not: there is no need, or no connection.
    #[default]
    NotAsked,
    /// It is being asked; what has come is shown.
    Asking,
    /// It has looked at what it can: it is still making older messages findable itself.
    Partly,
    /// It has looked at everything.
    Fully,
    /// It could not be asked.
    Failed,
}

/// Where in one conversation something is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindView {
    /// Where the messages are, the newest first; at most [`FIND_MOST`].
    pub places: Vec<FindPlace>,
    /// There are more.
    pub more: bool,
    /// How much of the conversation was looked through.
    pub looked: Looked,
}

/// Where a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindPlace {
    /// Its place.
    #[serde(with = "as_string")]
    pub seq: RoomSeq,
}
