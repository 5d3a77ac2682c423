//! What the machine needs to know of shared drafts: never a text.

use bedside_protocol::RoomId;

/// Whether this device shares its drafts with the person's other ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// It does not.
    #[default]
    Off,
    /// It does.
    On,
    /// It does not any more, and the server is still to take out what it has of it.
    Leaving,
}

/// Shared drafts as the cache holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftsSync {
    /// Whether there are any.
    pub sharing: Sharing,
    /// Rooms in which something else is written than the server had when last heard.
    pub rooms: Vec<RoomId>,
}
