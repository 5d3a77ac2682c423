//! What alerts say, in every store alike.

use bedside_core::outreach::SOONEST_MS;
use bedside_protocol::{RoomId, Timestamp};

/// What an alert about a message is called on the platform's pages.
pub(in crate::store) const MESSAGE_TITLE: &str = "New Message";
/// The kind of those that the platform makes.
pub(in crate::store) const PLATFORM: &str = "platform";

/// Where an alert about a message leads.
pub(in crate::store) fn room_url(room: RoomId) -> String {
    format!("/chat/room/{room}/")
}

/// When it is first looked at whether somebody must be reached outside the app.
pub(in crate::store) const fn for_message(at: Timestamp) -> Timestamp {
    Timestamp(at.millis() + SOONEST_MS)
}
