//! `/chat/…`

pub(crate) mod change;
pub(crate) mod clinic;
pub(crate) mod delivered;
pub(crate) mod drafts;
pub(crate) mod export;
pub(crate) mod feed;
pub(crate) mod flags;
pub(crate) mod list;
pub(crate) mod messages;
pub(crate) mod notifications;
pub(crate) mod people;
pub(crate) mod quick_replies;
pub(crate) mod read;
pub(crate) mod room;
pub(crate) mod rooms;
pub(crate) mod search;
pub(crate) mod send;
pub(crate) mod unread;
