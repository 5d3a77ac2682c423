//! Alerts, as the UI shows them.

use serde::{Deserialize, Serialize};

use crate::ids::{NotificationId, RoomId, as_string};
use crate::time::Timestamp;
use crate::wire::{Notification, NotificationKind, Notifications};

/// A page of one's own alerts, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertsView {
    /// They.
    pub alerts: Vec<AlertView>,
    /// Unread ones, those on other pages included; counted up to 1,000.
    pub unread: i64,
    /// Whether there are older ones.
    pub has_more: bool,
}

/// One alert.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertView {
    /// Its number.
    #[serde(with = "as_string")]
    pub id: NotificationId,
    /// What it tells of.
    pub kind: NotificationKind,
    /// What the platform calls it; of a message the UI says it in its own language.
    pub title: String,
    /// What the platform says.
    pub message: String,
    /// An https address that it leads to, or a path of the server; the UI opens the first only.
    pub url: String,
    /// The conversation it leads to.
    #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
    pub room_id: Option<RoomId>,
    /// It was urgent.
    pub urgent: bool,
    /// When it was made.
    pub at: Timestamp,
    /// It was seen.
    pub read: bool,
}

impl std::fmt::Debug for AlertView {
    /// Never the words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AlertView").field("id", &self.id).finish_non_exhaustive()
    }
}

impl From<Notification> for AlertView {
    fn from(wire: Notification) -> Self {
        AlertView {
            id: wire.id,
            kind: wire.kind,
            title: wire.title,
            message: wire.message,
            url: wire.url,
            room_id: wire.room_id,
            urgent: wire.urgent,
            at: wire.timestamp,
            read: wire.is_read,
        }
    }
}

impl From<Notifications> for AlertsView {
    fn from(wire: Notifications) -> Self {
        let alerts = wire.notifications.into_iter().map(AlertView::from).collect();
        AlertsView { alerts, unread: wire.unread, has_more: wire.has_more }
    }
}
