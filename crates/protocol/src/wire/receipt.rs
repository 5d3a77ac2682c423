//! What became of a message with those it was written to: when a device of theirs had it, when it was read.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, MessageId};
use crate::time::Timestamp;

/// `GET /chat/messages/<room_id>/<message_id>/receipts/`: how far a message has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessageReceipts {
    /// The message.
    pub message_id: MessageId,
    /// One for each other member, in order of their accounts; none of a message of somebody else's.
    pub receipts: Vec<Receipt>,
}

/// How far a message has come with one member. A moment is the server's, when a mark that covers the message reached it;
/// marks from before the server kept moments have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// Who.
    pub account_id: AccountId,
    /// Whether a device of theirs has stored it.
    pub delivered: bool,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
    /// Whether they have read it.
    pub read: bool,
    /// Since when, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
}
