//! A text that is to go, and what its author is to think over first.

use bedside_protocol::ipc::Warning;
use bedside_protocol::{MessageId, RoomId};

/// A text, where it is to go, and what was noticed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thought {
    pub room_id: RoomId,
    /// The message that is to get this text; none for a new one.
    pub message_id: Option<MessageId>,
    pub text: String,
    /// Empty until it was looked through.
    pub warnings: Vec<Warning>,
}

impl Thought {
    /// A new message.
    pub(crate) fn of_message(room_id: RoomId, text: String) -> Self {
        Thought { room_id, message_id: None, text, warnings: Vec::new() }
    }

    /// Another text of a message that was sent.
    pub(crate) fn of_change(room_id: RoomId, message_id: MessageId, text: String) -> Self {
        Thought { message_id: Some(message_id), ..Thought::of_message(room_id, text) }
    }
}
