//! What a message quotes: the one it replies to.

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, MessageId, RoomSeq};
use crate::limits::QUOTE_CHARS;
use crate::text::one_line;

/// The message another one replies to, as it stands when that one is delivered: enough to show it and to go there. Who
/// holds the message itself shows that instead, for it may have changed since; who learns that it was taken back forgets
/// this text as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote {
    /// Which message.
    pub message_id: MessageId,
    /// Its place in the same room.
    pub room_seq: RoomSeq,
    /// Its author.
    pub sender_account: AccountId,
    /// The beginning of its text on one line, ≤ 160 characters; empty once it was taken back.
    pub text: String,
    /// Whether it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retracted: bool,
}

impl Quote {
    /// The beginning of a text, as it is quoted.
    #[must_use]
    pub fn excerpt(text: &str) -> String {
        one_line(text, QUOTE_CHARS)
    }
}
