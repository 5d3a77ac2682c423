//! `WS /ws/chat/<room_id>/`: one room's socket, as the platform describes it.
//!
//! Without `?events=all` only message frames and errors are sent, so that a page written against the description
//! works unchanged.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, ClientId, MessageId, Rev, RoomId, RoomSeq};
use crate::problem::ErrorCode;
use crate::time::Timestamp;
use crate::wire::{Message, Quote, Role};

/// What a page sends: `{"message": "…"}`, or a typed frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RoomClientFrame {
    /// `{"type": …}`. Looked for first: an edit has a `message` as well.
    Typed(RoomTypedFrame),
    /// `{"message": …}`, with our optional fields.
    Send(RoomSend),
}

/// A message for this room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomSend {
    /// The text.
    pub message: String,
    /// Made once by the client; minted by the server when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// When the author pressed send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composed_at: Option<Timestamp>,
    /// Marked urgent.
    #[serde(default)]
    pub urgent: bool,
    /// The message of this room it replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
}

/// Typed frames of a room socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RoomTypedFrame {
    /// Moves one's own read mark.
    Read {
        /// Highest place read.
        up_to: RoomSeq,
    },
    /// That everything up to here is stored where it outlives the page. A page that only shows messages does not say it:
    /// an open socket alone delivers nothing.
    Delivered {
        /// Highest place stored.
        up_to: RoomSeq,
    },
    /// That one types, or has stopped.
    Typing {
        /// Whether one does; true when absent.
        #[serde(default = "yes")]
        typing: bool,
    },
    /// Gives one's own message another text.
    Edit {
        /// Which.
        id: MessageId,
        /// The new text.
        message: String,
        /// Made once by the client; minted by the server when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_id: Option<ClientId>,
    },
    /// Takes one's own message back.
    Retract {
        /// Which.
        id: MessageId,
        /// Made once by the client; minted by the server when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_id: Option<ClientId>,
    },
    /// Sets an emoji on a message, or takes one's own off again.
    React {
        /// Which.
        id: MessageId,
        /// Any emoji.
        emoji: String,
        /// Whether it is to be there; true when absent.
        #[serde(default = "yes")]
        on: bool,
        /// Made once by the client; minted by the server when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_id: Option<ClientId>,
    },
}

const fn yes() -> bool {
    true
}

/// A message as every member's page receives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomMessageFrame {
    /// The text.
    pub message: String,
    /// The author's role.
    pub sender_type: Role,
    /// The author's number within the role.
    pub sender_id: i64,
    /// The message's id.
    pub id: MessageId,
    /// The room.
    pub room_id: RoomId,
    /// When it was stored.
    pub timestamp: Timestamp,
    /// Its place in the room.
    pub room_seq: RoomSeq,
    /// Its state number.
    pub rev: Rev,
    /// Marked urgent.
    pub urgent: bool,
    /// The author's id for it; only to the author's own sockets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// The message it replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// That message as it stands now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

impl From<&Message> for RoomMessageFrame {
    fn from(message: &Message) -> Self {
        RoomMessageFrame {
            message: message.content.clone(),
            sender_type: message.sender_type,
            sender_id: message.sender_id,
            id: message.id,
            room_id: message.room_id,
            timestamp: message.timestamp,
            room_seq: message.room_seq,
            rev: message.rev,
            urgent: message.urgent,
            client_id: message.client_id,
            reply_to: message.reply_to,
            quote: message.quote.clone(),
        }
    }
}

/// Frames that are not messages: errors always, the rest with `?events=all`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RoomEventFrame {
    /// A command failed; nothing was changed.
    Error {
        /// Stable word.
        code: ErrorCode,
        /// Safe to show.
        detail: String,
        /// The command it answers, if it had one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_id: Option<ClientId>,
    },
    /// A member has read further.
    Read {
        /// The room.
        room_id: RoomId,
        /// Whose mark.
        account_id: AccountId,
        /// Highest place read.
        up_to: RoomSeq,
    },
    /// A device of a member has stored more than was read; what was read has been delivered too.
    Delivered {
        /// The room.
        room_id: RoomId,
        /// Whose device.
        account_id: AccountId,
        /// Highest place stored.
        up_to: RoomSeq,
    },
    /// Somebody types, or has stopped; over after seven seconds if nothing more is said.
    Typing {
        /// The room.
        room_id: RoomId,
        /// Who.
        account_id: AccountId,
        /// Whether they do.
        typing: bool,
    },
    /// Whether the other is there, told at the beginning and whenever it changes. With neither word nor moment it is not
    /// known, or not told.
    Presence {
        /// Who.
        account_id: AccountId,
        /// Whether they have a socket.
        online: bool,
        /// When the last one was closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_seen: Option<Timestamp>,
    },
    /// A message's text changed.
    Edited {
        /// Its state.
        message: Box<Message>,
    },
    /// A message was taken back.
    Retracted {
        /// Its state, without text.
        message: Box<Message>,
    },
    /// A message's reactions changed.
    Reaction {
        /// Its state.
        message: Box<Message>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_described_frame_is_a_message() {
        let read: RoomClientFrame = serde_json::from_str(r#"{"message":"hello"}"#).unwrap();
        assert!(
            matches!(read, RoomClientFrame::Send(RoomSend { message, client_id: None, .. }) if message == "hello")
        );
    }

    #[test]
    fn an_edit_is_no_new_message() {
        let read: RoomClientFrame =
            serde_json::from_str(r#"{"type":"edit","id":7,"message":"better"}"#).unwrap();
        let edit = RoomTypedFrame::Edit { id: MessageId(7), message: "better".into(), client_id: None };
        assert_eq!(read, RoomClientFrame::Typed(edit));
        let read: RoomClientFrame = serde_json::from_str(r#"{"type":"react","id":7,"emoji":"👍"}"#).unwrap();
        assert!(matches!(read, RoomClientFrame::Typed(RoomTypedFrame::React { on: true, .. })));
    }

    #[test]
    fn a_typed_frame_moves_the_read_mark() {
        let read: RoomClientFrame = serde_json::from_str(r#"{"type":"read","up_to":4}"#).unwrap();
        assert_eq!(read, RoomClientFrame::Typed(RoomTypedFrame::Read { up_to: RoomSeq(4) }));
    }
}
