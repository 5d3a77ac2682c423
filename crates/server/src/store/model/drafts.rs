//! Drafts that a person shares among their devices.

use bedside_protocol::wire::{DraftAnswer, PutDraft};
use bedside_protocol::{RoomId, Timestamp};

use super::Delivery;

/// Puts something into the actor's own register of a room.
#[derive(Clone, Debug)]
pub struct PutDraftCommand {
    /// The room.
    pub room_id: RoomId,
    /// What, and from which version on.
    pub put: PutDraft,
    /// When.
    pub now: Timestamp,
}

/// What became of a [`PutDraftCommand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PutDraftOutcome {
    /// The register as it stands.
    Answered {
        /// With the word whether it holds what was put.
        answer: Box<DraftAnswer>,
        /// To the actor's own feed, if something was changed.
        deliveries: Vec<Delivery>,
    },
    /// No such room, or a foreign one.
    NotFound,
    /// A member, but the link has ended.
    Forbidden,
}
