//! What happens to the machine.

use bedside_protocol::feed::ServerFrame;
use bedside_protocol::wire::{Room, SetFlags};
use bedside_protocol::{ClientId, RoomId, RoomSeq, Timestamp, WishNumber};

use super::call::{Answer, CallId, Failure};
use super::effect::Timer;
use crate::cache_write::{ChangeRow, DraftsSync, OutboxRow, SyncState};

/// Names one socket, so that a late frame of an older one is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketId(pub u64);

/// Something that happened. Every event comes with the wall clock's present.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The cache was read: at start, and whenever [`super::Effect::Reload`] asked for it.
    Loaded(SyncState),
    /// There is a session to use.
    SignedIn,
    /// The transport opened the socket.
    SocketOpened(SocketId),
    /// The socket could not be opened, or has closed.
    SocketClosed {
        /// Which.
        socket: SocketId,
        /// Why.
        reason: SocketEnd,
    },
    /// A frame arrived.
    Frame {
        /// On which socket.
        socket: SocketId,
        /// The frame.
        frame: Box<ServerFrame>,
    },
    /// Something arrived that is not a frame of ours but shows life (a ping of the protocol below).
    Life(SocketId),
    /// A call was answered or failed.
    Answered {
        /// Which.
        call: CallId,
        /// How.
        result: Box<Result<Answer, Failure>>,
    },
    /// A timer ran out.
    Timer(Timer),
    /// A message was stored in the outbox.
    Enqueued(OutboxRow),
    /// A parked message was confirmed by its author and is queued again.
    Confirmed {
        /// Which.
        client_id: ClientId,
        /// When.
        at: Timestamp,
    },
    /// A message was removed from the outbox by its author.
    Discarded(ClientId),
    /// Somebody has changed a message, tried a refused change again or given it up: what of a room is kept now.
    ChangesKept {
        /// The room.
        room_id: RoomId,
        /// All of its changes that are not acknowledged, by position.
        rows: Vec<ChangeRow>,
    },
    /// The person types, or has stopped.
    Typing {
        /// Where.
        room_id: RoomId,
        /// Whether they do.
        typing: bool,
    },
    /// Somebody has set a room up: what is wished for in it now.
    FlagsKept {
        /// The room.
        room_id: RoomId,
        /// All that the server does not have.
        set: SetFlags,
        /// The number of the last wish in it.
        number: WishNumber,
    },
    /// What is written in a room was kept.
    DraftKept {
        /// The room.
        room_id: RoomId,
        /// When the person's other devices are to have it.
        haste: Haste,
    },
    /// The person shares drafts among their devices, or does not any more: what the cache holds of it.
    DraftSharing(DraftsSync),
    /// What the person sees.
    Seen(Seen),
    /// The person says that they have read a room up to here, without looking at it.
    ReadUpTo {
        /// The room.
        room_id: RoomId,
        /// The last place they have read.
        up_to: RoomSeq,
    },
    /// The person has locked the app: nothing that was told of stays on screen.
    Locked,
    /// The person wants to see a place of a room that may not be held.
    PlaceWanted {
        /// The room.
        room_id: RoomId,
        /// The place.
        seq: RoomSeq,
    },
    /// Somebody wants to see the linked people.
    PeopleWanted,
    /// A room was opened by a call of the person.
    RoomOpened(Box<Room>),
    /// The machine slept, its clock jumped or its network changed.
    Woke,
    /// The person does not want to wait.
    TryNow,
    /// A group of writes failed: nothing of it is stored.
    CacheFailed,
}

/// When the person's other devices are to have a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    /// More will be typed.
    Soon,
    /// It was sent, deleted or decided upon.
    Now,
}

/// What the person sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The conversation on screen.
    pub room_id: Option<RoomId>,
    /// The newest message displayed.
    pub displayed: Option<RoomSeq>,
    /// Whether the window has the focus.
    pub focus: Focus,
}

/// Whether the window has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Somebody looks.
    Focused,
    /// Nobody may be looking.
    #[default]
    Away,
}

/// Why a socket ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SocketEnd {
    /// Did not open, or broke.
    Lost,
    /// Our server said that the session has ended.
    Unauthenticated,
    /// Our server does not speak our version.
    Incompatible,
    /// Our server opens no feed to this account: the same attempt will end the same way.
    Refused,
}
