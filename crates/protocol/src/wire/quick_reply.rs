//! Quick replies: ready-made texts that practitioners put into messages. Each has its own, and all have the clinic's,
//! which an administrator writes. Patients never see any.

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, QuickReplyId};

/// `GET /chat/quick-replies/`, and the answer to every change: all that the account may use, its own before the clinic's,
/// each in order. An administrator sees the clinic's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuickReplies {
    /// They.
    pub replies: Vec<QuickReply>,
}

/// A ready-made text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuickReply {
    /// Its number.
    pub id: QuickReplyId,
    /// Whose it is.
    pub owner: ReplyOwner,
    /// What it is found by.
    pub title: String,
    /// What is put into the message; placeholders in braces are filled by the client.
    pub text: String,
}

impl std::fmt::Debug for QuickReply {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuickReply").field("id", &self.id).field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// Whose a quick reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReplyOwner {
    /// One's own: nobody else has it.
    Own,
    /// The clinic's: every practitioner has it.
    Clinic,
}

/// `POST /chat/quick-replies/`: one more, of one's own; an administrator's is the clinic's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddQuickReply {
    /// Made once by the client; minted by the server when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// What it is found by.
    pub title: String,
    /// What is put into the message.
    pub text: String,
}

/// `PUT /chat/quick-replies/<reply_id>/`: another title and text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditQuickReply {
    /// What it is found by.
    pub title: String,
    /// What is put into the message.
    pub text: String,
}

/// `PUT /chat/quick-replies/`: another order of one's own (an administrator: of the clinic's).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderQuickReplies {
    /// Those that come first; any others follow as they did.
    pub order: Vec<QuickReplyId>,
}

impl std::fmt::Debug for AddQuickReply {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddQuickReply").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for EditQuickReply {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EditQuickReply").finish_non_exhaustive()
    }
}
