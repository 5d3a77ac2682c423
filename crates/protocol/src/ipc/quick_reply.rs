//! Quick replies as the UI shows them.

use serde::{Deserialize, Serialize};

use crate::ids::{QuickReplyId, as_string};
use crate::wire::{QuickReply, ReplyOwner};

/// The quick replies one may use, in order, one's own first; none for patients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickRepliesView {
    /// They.
    pub replies: Vec<QuickReplyView>,
}

/// A ready-made text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickReplyView {
    /// Its number.
    #[serde(with = "as_string")]
    pub id: QuickReplyId,
    /// Whether it is one's own to change, or the clinic's.
    pub own: bool,
    /// What it is found by.
    pub title: String,
    /// What is put into the message, its placeholders unfilled.
    pub text: String,
}

impl std::fmt::Debug for QuickReplyView {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuickReplyView").field("id", &self.id).field("own", &self.own).finish_non_exhaustive()
    }
}

impl From<QuickReply> for QuickReplyView {
    fn from(reply: QuickReply) -> Self {
        let QuickReply { id, owner, title, text } = reply;
        QuickReplyView { id, own: owner == ReplyOwner::Own, title, text }
    }
}

/// When the clinic opens next, by its own clock, and whether somebody is there now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningView {
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// The same as a day of the week; Monday is 1, Sunday 7.
    pub weekday: u8,
    /// Days until then; 0 is today.
    pub days: u8,
    /// `HH:MM`.
    pub from: String,
    /// If it is open now: until when, `HH:MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_until: Option<String>,
}
