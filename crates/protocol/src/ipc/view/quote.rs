//! What a message quotes, ready to be shown.

use serde::{Deserialize, Serialize};

use crate::ids::{MessageId, RoomSeq, as_string};

/// The message another one replies to, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteView {
    /// Which message.
    #[serde(with = "as_string")]
    pub message_id: MessageId,
    /// Its place: where to go to see it.
    #[serde(with = "as_string")]
    pub seq: RoomSeq,
    /// Whether it is one's own.
    pub own: bool,
    /// The beginning of its text on one line, ≤ 160 characters; empty if it is not known or was taken back.
    pub text: String,
    /// It was taken back.
    pub retracted: bool,
}
