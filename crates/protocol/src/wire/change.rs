//! Changing a message: its text, taking it back, reacting to it; and what its text was before.

use serde::{Deserialize, Serialize};

use super::Message;
use crate::ids::{ClientId, MessageId, Rev};
use crate::time::Timestamp;

/// What is to become of a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum MessageChange {
    /// Its author gives it another text; what it was stays readable for both.
    Edit {
        /// The new text.
        message: String,
    },
    /// Its author takes it back, for good: nothing changes it any more.
    Retract,
    /// Sets an emoji on it, or takes one's own off again.
    React {
        /// Any emoji; kept in its canonical form.
        emoji: String,
        /// Whether it is to be there.
        on: bool,
    },
}

impl std::fmt::Debug for MessageChange {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Edit { .. } => "Edit",
            Self::Retract => "Retract",
            Self::React { .. } => "React",
        })
    }
}

/// `POST /chat/messages/<room_id>/<message_id>/`: changes a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeMessage {
    /// Made once by the client; minted by the server when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// What is to become of it.
    #[serde(flatten)]
    pub change: MessageChange,
}

/// The answer to [`ChangeMessage`]: the message as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeAnswer {
    /// Its state; also when there was nothing to change.
    pub message: Message,
}

/// `GET /chat/messages/<room_id>/<message_id>/versions/`: what a message's text was and is, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessageVersions {
    /// The message.
    pub message_id: MessageId,
    /// Its texts; none of a message that was taken back.
    pub versions: Vec<MessageVersion>,
}

/// One text of a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessageVersion {
    /// The message's state number when it got this text.
    pub rev: Rev,
    /// The text.
    pub content: String,
    /// When it got this text.
    pub written_at: Timestamp,
}

impl std::fmt::Debug for MessageVersion {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MessageVersion").field("rev", &self.rev).finish_non_exhaustive()
    }
}
