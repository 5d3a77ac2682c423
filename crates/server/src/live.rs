//! Sockets: one driver for both, and what each of them says.

pub(crate) mod arrivals;
pub(crate) mod driver;
pub(crate) mod feed_socket;
pub(crate) mod follower;
pub(crate) mod hello;
pub(crate) mod link;
pub(crate) mod parting;
pub(crate) mod room_socket;

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::feed::FeedEvent;
use bedside_protocol::wire::{FlagsWish, Message};
use bedside_protocol::{ClientId, Cursor, Problem, RoomId, RoomSeq};
use serde::Serialize;

use crate::doors::{Draft, Sent, Wish};
use crate::hub::{LiveEvent, Typing};
use crate::presence::Presence;

/// What a client's frame asks for.
pub(crate) enum Heard {
    /// Store a message.
    Send(Draft),
    /// Change a message.
    Change(Wish),
    /// Move one's own read mark.
    Read { room_id: RoomId, up_to: RoomSeq },
    /// Set a room up for oneself.
    Flags { room_id: RoomId, wish: FlagsWish },
    /// Move how far one's own devices have stored a room.
    Delivered { room_id: RoomId, up_to: RoomSeq },
    /// Tell the other that one types.
    Typing { room_id: RoomId, typing: bool },
    /// Answer at once.
    Reply(Utf8Bytes),
    /// Not a frame of this protocol.
    Unreadable,
}

/// How one kind of socket speaks.
pub(crate) trait Dialect: Send {
    /// What a text frame asks for.
    fn hear(&mut self, text: &str) -> Heard;
    /// The frame of an event that arrived live, if this socket tells it.
    fn live(&mut self, event: &LiveEvent) -> Option<Utf8Bytes>;
    /// The frames of events read from the store.
    fn replay(&mut self, events: Vec<FeedEvent>) -> Vec<Utf8Bytes>;
    /// The frame of somebody's typing, if this socket tells it.
    fn typing(&mut self, typing: Typing) -> Option<Utf8Bytes>;
    /// The frame of somebody's coming or going, if this socket tells it.
    fn presence(&mut self, presence: Presence) -> Option<Utf8Bytes>;
    /// The stream could not be continued and goes on from here.
    fn resync(&mut self, head: Cursor) -> Option<Utf8Bytes>;
    /// A message of this socket is stored.
    fn sent(&mut self, client_id: ClientId, sent: Sent) -> Option<Utf8Bytes>;
    /// A change asked for on this socket is stored, or was not needed.
    fn changed(&mut self, client_id: ClientId, message: Box<Message>) -> Option<Utf8Bytes>;
    /// A command failed, or the socket is about to be closed for this reason.
    fn failed(&mut self, problem: Problem, client_id: Option<ClientId>) -> Utf8Bytes;
    /// The server is about to close.
    fn going_away(&mut self, retry_in_ms: u64) -> Option<Utf8Bytes>;
}

/// A frame as text. The types that become frames always serialise; a failure would be a bug and is told as one.
pub(crate) fn frame(value: &impl Serialize) -> Utf8Bytes {
    match serde_json::to_string(value) {
        Ok(text) => text.into(),
        Err(error) => {
            tracing::error!(error = %error, "a frame cannot be serialised");
            Utf8Bytes::from_static(r#"{"type":"error","code":"internal","detail":""}"#)
        }
    }
}

/// What a failed command's frame says: its own detail, else the code's sentence.
pub(crate) fn detail(problem: Problem) -> String {
    problem.detail.unwrap_or(problem.title)
}
