//! What the machine wants done.

use std::time::Duration;

use bedside_protocol::feed::ClientFrame;
use bedside_protocol::{MessageId, RoomId};

use super::call::{Call, CallId};
use super::event::SocketId;
use crate::cache_write::CacheWrite;
use crate::notify::Urgency;

/// Something to do. Effects are carried out in order, each before the next event is handed in.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a socket; answered by `SocketOpened` or `SocketClosed`.
    OpenSocket(SocketId),
    /// Drop a socket; nothing more of it is wanted.
    CloseSocket(SocketId),
    /// Send a frame.
    SendFrame(SocketId, ClientFrame),
    /// Make a call; answered by `Answered`.
    Http(CallId, Call),
    /// Make a [`Call::PutDraft`] of what is written in a room by now; answered by `Answered`, with nothing if the server
    /// has that or cannot take it.
    PutDraft(CallId, RoomId),
    /// The answer is no longer wanted.
    CancelHttp(CallId),
    /// Apply a group in one transaction; a failure is answered by `CacheFailed`.
    Write(Vec<CacheWrite>),
    /// Read the cache again; answered by `Loaded`.
    Reload,
    /// Start a timer, replacing the one of the same name.
    StartTimer(Timer, Wait),
    /// Stop a timer.
    StopTimer(Timer),
    /// Tell the person of a new message.
    Notify {
        /// The conversation.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
        /// Whether something unread there is urgent.
        urgency: Urgency,
    },
    /// Tell the person of what several conversations have had, in one notification: the newest of each.
    NotifySum {
        /// The conversations.
        rooms: Vec<(RoomId, MessageId)>,
        /// Whether something unread there is urgent.
        urgency: Urgency,
    },
    /// Take the conversation's notification back.
    ClearNotice(RoomId),
    /// Take the one of several conversations back.
    ClearSum,
}

/// Timers, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Time for the next attempt to connect.
    Connect,
    /// Time to try the socket again while polling.
    SocketAgain,
    /// Time for a ping.
    Ping,
    /// The socket has been silent for too long.
    Silence,
    /// Time to fetch the feed again after a failure.
    Feed,
    /// Time to go on with the snapshot after a failure.
    Snapshot,
    /// Time to go on with older history after a failure.
    Fill,
    /// Time to write the pages fetched so far, whatever becomes of the call under way.
    Keep,
    /// Time for the room's next attempt to send, or its answer is overdue.
    Send(RoomId),
    /// Time for the room's next attempt to change a message, or its answer is overdue.
    Change(RoomId),
    /// Time for the room's next attempt to move the read mark, or its confirmation is overdue.
    Read(RoomId),
    /// Time for the next attempt to set the room up.
    Flags(RoomId),
    /// Time to say what has been stored of each room since.
    Gathered,
    /// Time for the room's next attempt to say what is stored, or its confirmation is overdue.
    Delivered(RoomId),
    /// Time to put what is written in a room, or to try once more.
    Draft(RoomId),
    /// Time to ask once more what is written at other devices.
    Drafts,
    /// A waiting message may have become stale.
    Stale,
    /// Time to read the cache again after it failed.
    Cache,
    /// Nothing more was heard of the other's typing.
    Typing(RoomId),
    /// What was known of who is there, and was not confirmed since, is not believed any longer.
    Presence,
}

/// How long a timer runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Exactly.
    For(Duration),
    /// A random time up to this (full jitter).
    UpTo(Duration),
    /// At least so long, and a random time up to `jitter` on top.
    After {
        /// What somebody named.
        least: Duration,
        /// So that not everybody comes at once.
        jitter: Duration,
    },
}
