//! Drafts that a person shares among their devices: one register a room, which only that person sees.
//!
//! The server orders what is put into it. Whoever puts something names the version it was made from; if that is not the
//! newest any more, nothing is changed, and the answer says what is there: the client brings both together.

use serde::{Deserialize, Serialize};

use crate::ids::{DeviceId, MessageId, Rev, RoomId};
use crate::limits::MESSAGE_BYTES;
use crate::time::Timestamp;

/// A text and what it is to reply to.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftText {
    /// As typed, at most 32,000 bytes; empty if nothing is written.
    pub text: String,
    /// The message it is to reply to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
}

impl std::fmt::Debug for DraftText {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DraftText").field("reply_to", &self.reply_to).finish_non_exhaustive()
    }
}

impl DraftText {
    /// Whether nothing is written and nothing replied to.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.is_empty() && self.reply_to.is_none()
    }
}

/// What a person is writing in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftContent {
    /// What stands in the box.
    #[serde(flatten)]
    pub draft: DraftText,
    /// What another device had at the same time, offered beside it until somebody decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<DraftText>,
}

impl DraftContent {
    /// Whether nothing is written.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.draft.is_blank() && self.other.is_none()
    }

    /// Whether a server takes it: no text is longer than a message may be, and none has a character that no database
    /// keeps.
    #[must_use]
    pub fn fits(&self) -> bool {
        let texts = [Some(&self.draft), self.other.as_ref()];
        texts.into_iter().flatten().all(|one| one.text.len() <= MESSAGE_BYTES && !one.text.contains('\0'))
    }
}

/// The register of one room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SharedDraft {
    /// The room.
    pub room_id: RoomId,
    /// Counts what was put into it; 0 if nothing ever was.
    pub version: Rev,
    /// What is in it.
    #[serde(flatten)]
    pub content: DraftContent,
    /// The device that put it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<DeviceId>,
    /// When.
    pub written_at: Timestamp,
    /// It is empty because the server does not keep it any more, not because the text was sent or deleted: whoever has it
    /// keeps it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// `PUT /chat/room/<room_id>/draft/`: puts something into the register, if nobody else has since `base`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PutDraft {
    /// The version it was made from; 0 for none.
    pub base: Rev,
    /// What is to be in it.
    #[serde(flatten)]
    pub content: DraftContent,
}

/// The answer to [`PutDraft`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftAnswer {
    /// The register as it stands.
    pub draft: SharedDraft,
    /// Whether it holds what was put; if not, another device was first, and nothing was changed.
    pub kept: bool,
}

/// `GET /chat/drafts/`: registers that anything was ever put into, by room, those that were emptied too. Query:
/// `after_room` (id, exclusive). Also the answer to `DELETE /chat/drafts/`, which takes out whatever this device was the
/// last to put in: those registers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Drafts {
    /// They.
    pub drafts: Vec<SharedDraft>,
    /// Whether `after_room=<last id>` has more.
    #[serde(default)]
    pub has_more: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> DraftContent {
        DraftContent { draft: DraftText { text: text.into(), reply_to: None }, other: None }
    }

    #[test]
    fn a_draft_is_never_printed() {
        assert!(!format!("{:?}", content("secret")).contains("secret"));
    }

    #[test]
    fn no_text_is_longer_than_a_message_or_holds_what_no_database_keeps() {
        assert!(content(&"x".repeat(MESSAGE_BYTES)).fits());
        assert!(!content(&"x".repeat(MESSAGE_BYTES + 1)).fits() && !content("a\0b").fits());
        let other = Some(content(&"x".repeat(MESSAGE_BYTES + 1)).draft);
        assert!(!DraftContent { other, ..content("a") }.fits());
    }
}
