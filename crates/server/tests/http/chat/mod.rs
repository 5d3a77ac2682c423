//! `/chat/…`

mod change;
mod clinic;
mod csrf;
mod delivered;
mod feed;
mod flags;
mod list;
mod messages;
mod people;
mod quick_replies;
mod read;
mod reply;
mod room;
mod rooms;
mod send;
mod unread;
