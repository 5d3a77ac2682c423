//! What changes quick replies, and what becomes of it.

use bedside_protocol::wire::QuickReplies;
use bedside_protocol::{ClientId, QuickReplyId, Timestamp};

use super::Delivery;

/// Changes quick replies; titles and texts are already normalised.
#[derive(Clone, Debug)]
pub struct QuickReplyCommand {
    /// What is to become of them.
    pub change: QuickReplyChange,
    /// When.
    pub now: Timestamp,
}

/// What is to become of quick replies.
#[derive(Clone)]
pub enum QuickReplyChange {
    /// One more, at the end.
    Add {
        /// The author's id for it, used once.
        client_id: ClientId,
        /// What it is found by.
        title: String,
        /// What is put into a message.
        text: String,
    },
    /// Another title and text.
    Edit {
        /// Which.
        id: QuickReplyId,
        /// What it is found by.
        title: String,
        /// What is put into a message.
        text: String,
    },
    /// It goes, and does not come back.
    Remove {
        /// Which.
        id: QuickReplyId,
    },
    /// Another order: these first, any others after them as they were.
    Order {
        /// Those that come first.
        ids: Vec<QuickReplyId>,
    },
}

impl std::fmt::Debug for QuickReplyChange {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Add { .. } => "Add",
            Self::Edit { .. } => "Edit",
            Self::Remove { .. } => "Remove",
            Self::Order { .. } => "Order",
        })
    }
}

/// What became of a [`QuickReplyCommand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuickReplyOutcome {
    /// Changed now.
    Changed {
        /// As whoever changed them has them now.
        replies: QuickReplies,
        /// One for everybody who has what changed.
        deliveries: Vec<Delivery>,
    },
    /// It is so already, or was done before under the same id.
    Unchanged {
        /// As they stand.
        replies: QuickReplies,
    },
    /// The id was used for another one; nothing changed.
    ClientIdReused,
    /// No such quick reply, or somebody else's, or somebody who has none.
    NotFound,
    /// As many as there may be.
    TooMany,
}
