//! How a conversation is set up in one's own list: what can be asked for, and what is shown of it.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;
use crate::wire::Mute;

/// What a person does to a conversation of their list. Kept on this device, sent when it can be; nobody else sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum RoomDeed {
    /// Puts it on top of the list.
    Pin,
    /// Puts it back among the others.
    Unpin,
    /// Tells of its everyday news quietly.
    Mute {
        /// For how long.
        span: MuteSpan,
    },
    /// Tells of them again.
    Unmute,
    /// Marks it unread, whatever has been read.
    MarkUnread,
    /// Takes that mark away.
    MarkRead,
    /// Puts it away until the next message.
    Archive,
    /// Brings it back.
    Unarchive,
}

/// For how long a conversation is muted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MuteSpan {
    /// An hour.
    Hour,
    /// Eight hours.
    EightHours,
    /// Until somebody turns it off.
    Forever,
}

/// How a conversation is set up, as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomMarks {
    /// On top of the list.
    pub pinned: bool,
    /// Off once its time is over.
    pub muted: Mute,
    /// Out of the way.
    pub archived: bool,
    /// Marked unread by hand.
    pub marked_unread: bool,
    /// If no reply has come by then, the person is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_due: Option<Timestamp>,
}

impl RoomMarks {
    /// Whether its everyday news are told quietly.
    #[must_use]
    pub fn is_muted(&self) -> bool {
        self.muted != Mute::Off
    }
}

/// How many conversations the filters beyond "unread" and "urgent" show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterCounts {
    /// Out of the way.
    pub archived: u32,
    /// Their last word is the patient's.
    pub waiting: u32,
    /// Something of one's own is unread there for long.
    pub unseen: u32,
}
