//! Searching messages, and keeping what finds them up to date.

use bedside_protocol::search::SearchFilter;
use bedside_protocol::{MessageId, RoomId};

/// What is looked for.
#[derive(Clone)]
pub struct SearchRequest {
    /// As it was typed.
    pub text: String,
    /// What a message must be besides.
    pub filter: SearchFilter,
    /// Older than this message.
    pub before: Option<MessageId>,
    /// Most messages wanted.
    pub limit: u32,
}

impl std::fmt::Debug for SearchRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchRequest").field("limit", &self.limit).finish_non_exhaustive()
    }
}

/// One step of making messages findable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexStep {
    /// Something was done.
    pub worked: bool,
    /// Of what was looked at something is left.
    pub more: bool,
    /// The step goes on behind this room; none at the end of all rooms.
    pub next: Option<RoomId>,
}
