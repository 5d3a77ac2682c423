//! What a message found must be besides holding a text.

use serde::{Deserialize, Serialize};

use crate::ids::{RoomId, as_string};
use crate::time::Timestamp;

/// What a message found must be besides. The default leaves everything out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchFilter {
    /// In this conversation.
    #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    /// Written by one side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Author>,
    /// Stored at this moment or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Stored before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Marked urgent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// Holding a link.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub link: bool,
}

/// Which side wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Oneself.
    Me,
    /// The other.
    Them,
}
