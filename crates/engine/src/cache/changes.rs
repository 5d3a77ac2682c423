//! What a committed write changed, so that live queries recompute only what it touches.

use std::collections::BTreeSet;

use bedside_protocol::RoomId;

/// What one transaction changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rooms with a new or changed row, message, gap, mark, draft or outbox row.
    pub rooms: BTreeSet<RoomId>,
    /// Parts of the cache that are not a room's.
    pub parts: BTreeSet<Part>,
}

/// A part of the cache that is not a room's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Who is signed in, where, and the feed's cursor.
    Profile,
    /// Somebody's name, or who is linked.
    People,
    /// What waits to be sent.
    Outbox,
    /// This device's settings.
    Settings,
    /// What the clinic says of itself.
    Clinic,
    /// Ready-made texts.
    QuickReplies,
    /// What was searched for, or how much can be.
    Search,
    /// Which replies are waited for.
    ReplyWaits,
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rooms.is_empty() && self.parts.is_empty()
    }

    /// Whether a part changed.
    #[must_use]
    pub fn touch(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}
