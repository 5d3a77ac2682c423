//! Changes of messages that the server does not have yet, as the cache gives them back.

use bedside_protocol::wire::MessageChange;
use bedside_protocol::{ClientId, ErrorCode, MessageId, RoomId};

/// A change of a message, kept before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// Grows with every change; FIFO per room.
    pub position: i64,
    /// The command's id.
    pub client_id: ClientId,
    /// Where the message is.
    pub room_id: RoomId,
    /// Which.
    pub message_id: MessageId,
    /// What is to become of it.
    pub change: MessageChange,
    /// Where the change is.
    pub state: ChangeStep,
    /// Whether the server may have it: handed over at least once, and not refused since.
    pub offered: bool,
    /// Whether it is offered again to a restored server, which may have no use for it any more.
    pub again: bool,
    /// The author's id of a message that a restored server has lost: when it returns, under another id, the change is
    /// for that one. Until then it waits.
    pub behind: Option<ClientId>,
}

/// Where a change is that is not with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeStep {
    /// Waiting its turn, or under way.
    Queued,
    /// The server refused it; it waits for its author.
    Refused(ErrorCode),
}

impl ChangeRow {
    /// Whether it concerns the message itself, not somebody's reaction to it.
    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self.change, MessageChange::Edit { .. } | MessageChange::Retract)
    }
}
