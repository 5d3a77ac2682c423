//! What the sync machine asks of the cache: writes, grouped so that one group is one transaction.
//!
//! Every write is idempotent and applies only if newer, so that pages, events and retries may arrive in any order,
//! any number of times (sync rule 8). The cursor travels in the same group as the effects it covers (rule 10).

mod changes;
mod drafts;

use std::time::Duration;

use bedside_protocol::wire::{
    Account, Clinic, LinkedPerson, Message, Person, QuickReply, ReadMark, Role, Room, RoomFlags, SetFlags,
    SharedDraft,
};
use bedside_protocol::{ClientId, Cursor, ErrorCode, MessageId, Rev, RoomId, RoomSeq, Timestamp, WishNumber};

pub use changes::{ChangeRow, ChangeStep};
pub use drafts::{DraftsSync, Sharing};

/// One write. A `Vec<CacheWrite>` is applied in one transaction, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum CacheWrite {
    /// Whose cache this is; also fills the profile.
    Account(Account),
    /// A room as the server sees it: its row if `room_rev` is newer, its read marks by max, how it is set up by its own
    /// revision, the other person. Its last message is applied like [`CacheWrite::Message`]. Does not touch gaps or `synced_rev`.
    Room(Box<Room>),
    /// A message, unless what is held is newer (the same `rev` again is the same state, perhaps with fields an older
    /// build dropped). A message with a place beyond the room's known last place
    /// + 1 leaves a gap row for what lies between. An own message whose `client_id` is in the outbox acknowledges it.
    Message(Box<Message>),
    /// A read mark: what was read and what was stored by max.
    ReadMark(ReadMark),
    /// The person has read up to here on this device: shown (and unread derived) at once, kept as wanted until the
    /// server's own mark of this account covers it. By max.
    ReadWanted {
        /// The room.
        room_id: RoomId,
        /// Highest place displayed.
        up_to: RoomSeq,
    },
    /// The person has set a room up by what they did: shown at once, kept until the server has it. Wishes for the same
    /// field replace each other.
    FlagsWanted {
        /// The room.
        room_id: RoomId,
        /// What is to be otherwise.
        set: SetFlags,
        /// The wish's number; the next one's is higher.
        number: WishNumber,
    },
    /// What was wished for is decided and forgotten, but for what has been wished otherwise since. What was done is kept
    /// until another device changes it: another life of the server's database may lack it.
    FlagsSettled {
        /// The room.
        room_id: RoomId,
        /// What was sent.
        set: SetFlags,
        /// The server's state, applied unless older than the one held; `None` if it has refused.
        flags: Option<RoomFlags>,
    },
    /// A linked person, new or changed.
    Person(Person),
    /// All linked people: replaces the list.
    People(Vec<LinkedPerson>),
    /// All quick replies one may use, in order: replaces them.
    QuickReplies(Vec<QuickReply>),
    /// What a device of one's own has put into a room's register, unless something as new is held: brought together with
    /// what is written here. What this device itself has put changes nothing that is written here.
    Draft(Box<SharedDraft>),
    /// Every register has been listed: what was not named is on the server no longer.
    DraftsListed,
    /// Drafts are shared no longer: what the server had is forgotten, what is written here stays.
    DraftsWithdrawn,
    /// Every message between two places (inclusive) has been applied: removes or shrinks gap rows there.
    Covered {
        /// The room.
        room_id: RoomId,
        /// First place.
        from: RoomSeq,
        /// Last place.
        to: RoomSeq,
    },
    /// What lies between two places (inclusive) is not here, except messages already held: adds a gap row.
    Missing {
        /// The room.
        room_id: RoomId,
        /// First place.
        from: RoomSeq,
        /// Last place.
        to: RoomSeq,
    },
    /// Everything held of the room is as new as this revision.
    RoomSynced {
        /// The room.
        room_id: RoomId,
        /// The revision.
        rev: Rev,
    },
    /// The feed has been applied up to here. Another epoch, or a place before the one held, is another life of the
    /// server's database: for the rest of the group each [`CacheWrite::Room`] says where its places and marks are
    /// now, and what lies beyond is set aside.
    Cursor(Cursor),
    /// Everything has been listed anew since an upgrade asked for it.
    Resynced,
    /// The clinic's limit for waiting messages.
    StaleAfter(Duration),
    /// What the clinic says of itself: replaces what it said.
    Clinic(Box<Clinic>),
    /// The room is no longer in the server's list (after a snapshot): kept readable, not writable.
    RoomGone(RoomId),
    /// An outbox row is on its way.
    OutboxSending {
        /// Which.
        client_id: ClientId,
    },
    /// An outbox row goes back to the queue: the server has said that it does not have it.
    OutboxQueued {
        /// Which.
        client_id: ClientId,
    },
    /// The server has it durably: the row is stamped, kept seven days, and the message row gets its place.
    OutboxAcked {
        /// Which.
        client_id: ClientId,
        /// As stored.
        message: Box<Message>,
        /// When.
        at: Timestamp,
    },
    /// What an outbox row replies to is not on the server: the row waits as if never offered, and replies to nothing.
    OutboxUnlinked {
        /// Which.
        client_id: ClientId,
    },
    /// It will not be sent by itself.
    OutboxParked {
        /// Which.
        client_id: ClientId,
        /// Why.
        reason: ParkReason,
    },
    /// A change of a message is on its way.
    ChangeOffered {
        /// Which.
        client_id: ClientId,
    },
    /// The server has said that it does not have a change: it waits as if never offered.
    ChangeQueued {
        /// Which.
        client_id: ClientId,
    },
    /// The server has a change durably: the row is stamped, kept seven days, and the message is applied like
    /// [`CacheWrite::Message`]. After a retraction nothing else of the message is kept but what waits.
    ChangeAcked {
        /// Which.
        client_id: ClientId,
        /// The message as it stands.
        message: Box<Message>,
        /// When.
        at: Timestamp,
    },
    /// A change will not be sent by itself: it waits for its author.
    ChangeRefused {
        /// Which.
        client_id: ClientId,
        /// Why.
        code: ErrorCode,
    },
    /// A change that nobody needs any more is forgotten.
    ChangeDropped {
        /// Which.
        client_id: ClientId,
    },
    /// Acknowledged rows (messages and changes) older than this are swept, and changes behind a message that has not
    /// returned since.
    SweepAcked {
        /// Rows acknowledged before this moment go.
        before: Timestamp,
    },
    /// Acknowledged rows (messages and changes) that a restored server lacks are queued again (new epoch). The limit
    /// for waiting counts from here: they were not late, the server forgot them. Changes of a message that has left the
    /// conversation wait behind it, and are for it when it is back, under whatever id.
    Reoffer {
        /// The server's last place per room after the restore is unknown: every acknowledged row is offered again;
        /// the server's idempotency drops those it has.
        acked_after: Timestamp,
    },
}

/// Why an outbox row waits for its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParkReason {
    /// The server refused it; holds only what depends on it.
    Rejected(ErrorCode),
    /// It waited too long; holds its room until its author confirms.
    Stale,
}

/// An outbox row as the cache gives it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Grows with every enqueue; FIFO per room.
    pub position: i64,
    /// The command's id.
    pub client_id: ClientId,
    /// Where to.
    pub room_id: RoomId,
    /// Normalised text.
    pub content: String,
    /// Marked urgent.
    pub urgent: bool,
    /// When its author pressed send.
    pub composed_at: Timestamp,
    /// When its author last confirmed it after it was stale, if ever: the limit counts from here then.
    pub confirmed_at: Option<Timestamp>,
    /// Where it is.
    pub state: OutboxState,
    /// Whether the server may have it: handed over at least once, and not refused since.
    pub offered: bool,
    /// The message it replies to.
    pub reply_to: Option<MessageId>,
}

/// Where an outbox row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// Waiting its turn.
    Queued,
    /// Handed to a transport; after a restart it counts as queued.
    Sending,
    /// The server has it.
    Acked {
        /// Since when.
        at: Timestamp,
    },
    /// Waiting for its author.
    Parked(ParkReason),
}

/// What the machine needs to know of the cache when it starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SyncState {
    /// Where the feed was left; `None` before the first snapshot.
    pub cursor: Option<Cursor>,
    /// Every room held.
    pub rooms: Vec<RoomSync>,
    /// Rows not yet acknowledged, by position.
    pub outbox: Vec<OutboxRow>,
    /// Changes of messages not yet acknowledged, by position.
    pub changes: Vec<ChangeRow>,
    /// Drafts shared with the person's other devices.
    pub drafts: DraftsSync,
    /// Whether an older build has passed over things this one stores: everything is to be listed anew.
    pub resync: bool,
    /// The clinic's limit for waiting messages, if the server has ever named it.
    pub stale_after: Option<Duration>,
    /// Which state of what the clinic says of itself is held; 0 if none.
    pub clinic_rev: Rev,
    /// What role the account has, once known.
    pub role: Option<Role>,
}

/// How far a room is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSync {
    /// The room.
    pub room_id: RoomId,
    /// Everything held is as new as this.
    pub synced_rev: Rev,
    /// The newest revision a [`CacheWrite::Room`] brought; beyond `synced_rev` the room has changes to be fetched.
    pub room_rev: Rev,
    /// The last place known.
    pub last_seq: RoomSeq,
    /// How far this account has read, as the server last confirmed it.
    pub read_confirmed: RoomSeq,
    /// A read mark of this device the server has not confirmed yet.
    pub read_wanted: Option<RoomSeq>,
    /// How far the server knows that a device of this account has it.
    pub delivered_confirmed: RoomSeq,
    /// The highest place held of a message of somebody else's; 0 if it lies where the server knows of it anyway.
    pub theirs_held: RoomSeq,
    /// The newest message held.
    pub newest: Option<MessageId>,
    /// How it is set up, as the server has it.
    pub flags: RoomFlags,
    /// What is wished for there and the server does not have.
    pub flags_wanted: SetFlags,
    /// The number of this device's last wish for it.
    pub flags_number: WishNumber,
    /// Stretches not held, ascending.
    pub gaps: Vec<(RoomSeq, RoomSeq)>,
}
