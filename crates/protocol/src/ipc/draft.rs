//! Drafts that come from another device of the person's.

use serde::{Deserialize, Serialize};

use super::view::QuoteView;
use crate::ids::{MessageId, as_string};

/// A draft as another device has left it, which stands in this device's place now.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivedDraft {
    /// Counts them, from 1, for each conversation.
    pub number: u64,
    /// The text; empty if it was sent or deleted there.
    pub text: String,
    /// The message it is to reply to, as it stands now.
    pub reply: Option<QuoteView>,
}

/// What another device had when this one had something else: offered, and lost only by a decision.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftOffer {
    /// The text.
    pub text: String,
    /// The message it is to reply to.
    #[serde(with = "as_string::option")]
    pub reply_to: Option<MessageId>,
    /// The same as it stands now.
    pub reply: Option<QuoteView>,
}

/// What becomes of an offer, together with a draft that is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDecision {
    /// The text that was offered; if something else is offered by now, that stays.
    pub offered: String,
    /// What is offered in its place: the text that stood in the box; empty for nothing.
    pub instead: String,
    /// The message that it was to reply to.
    #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
    pub instead_reply_to: Option<MessageId>,
}

impl std::fmt::Debug for ArrivedDraft {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ArrivedDraft").field("number", &self.number).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for DraftOffer {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DraftOffer").field("reply_to", &self.reply_to).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for DraftDecision {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DraftDecision")
            .field("instead_reply_to", &self.instead_reply_to)
            .finish_non_exhaustive()
    }
}
