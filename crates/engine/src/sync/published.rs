//! What the driver tells the rest: the connection's state, what others do, and wishes for notifications.

use bedside_core::notify::Urgency;
use bedside_core::sync::{Others, Status};
use bedside_protocol::RoomId;
use bedside_protocol::Timestamp;
use bedside_protocol::ipc::view::ConnectionView;
use bedside_protocol::ipc::{ConnectionMode, NoticeSound, Place};
use tokio::sync::watch;

/// What the shell is to do with native notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotificationWish {
    /// Tell of a new message; replaces the conversation's earlier notification.
    Show(Box<Told>),
    /// Tell of new messages in so many conversations at once; replaces an earlier summary.
    Sum(usize, Urgency, Tone),
    /// Take the conversation's notification back: it was read.
    Clear(RoomId),
    /// Take the summary back: all of it was read.
    ClearSum,
    /// Tell that no reply has come in a conversation.
    NoReply(Box<Told>),
    /// Take that back: one has come, or is not waited for any more.
    ClearNoReply(RoomId),
}

/// What is told of a new message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where it is.
    pub place: Place,
    /// Whether something unread there is urgent.
    pub urgency: Urgency,
    /// What may be said of it.
    pub says: Says,
    /// What is heard.
    pub tone: Tone,
}

/// What is heard, and how loud (0–100).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone {
    /// Which sound.
    pub sound: NoticeSound,
    /// How loud.
    pub volume: u8,
}

/// What a notification says of a message: as much as the person and the clinic allow.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Says {
    /// Whose it is.
    pub name: Option<String>,
    /// How it begins, on one line.
    pub text: Option<String>,
}

impl std::fmt::Debug for Says {
    /// Never the words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Says").finish_non_exhaustive()
    }
}

/// The connection before anybody is signed in.
#[must_use]
pub(crate) fn disconnected() -> ConnectionView {
    ConnectionView {
        mode: ConnectionMode::SignedOut,
        waiting: 0,
        parked: 0,
        retry_at: None,
        last_heard_at: None,
        backfilling: false,
    }
}

/// Publishes the state if anything but the moment of the last sign of life has changed.
pub(super) fn publish(
    sender: &watch::Sender<ConnectionView>,
    status: Status,
    retry_at: Option<Timestamp>,
    last_heard_at: Option<Timestamp>,
) {
    let next = ConnectionView {
        mode: status.mode,
        waiting: status.waiting,
        parked: status.parked,
        retry_at,
        last_heard_at,
        backfilling: status.backfilling,
    };
    sender.send_if_modified(|held| {
        let same = ConnectionView { last_heard_at, ..held.clone() } == next;
        *held = next.clone();
        !same
    });
}

/// Publishes what others do, if it is something else than before.
pub(super) fn publish_others(sender: &watch::Sender<Others>, others: &Others) {
    sender.send_if_modified(|held| {
        let changed = held != others;
        if changed {
            held.clone_from(others);
        }
        changed
    });
}
