//! What goes into and comes out of a store, beside the wire types.

use bedside_protocol::feed::FeedEvent;
use bedside_protocol::wire::{Account, FlagsWish, Message, MessageChange, ReadMark, Role, Room};
use bedside_protocol::{
    AccountId, ClientId, Cursor, DeviceId, Epoch, FeedSeq, MessageId, Rev, RoomId, RoomSeq, Timestamp,
};
use secrecy::SecretString;

mod accounts;
mod clinic;
mod drafts;
mod quick_replies;
mod search;

pub use accounts::{
    AccountChange, AccountOutcome, Acquaintance, Acquaintances, Credentials, EndLinkOutcome, FactsChange,
    LinkOutcome, LoginThrottle, NewAccount, NewAccountOutcome, NewSession, Session, SessionKind,
};
pub use clinic::{ClinicChange, ClinicOutcome};
pub use drafts::{PutDraftCommand, PutDraftOutcome};
pub use quick_replies::{QuickReplyChange, QuickReplyCommand, QuickReplyOutcome};
pub use search::{IndexStep, SearchRequest};

/// Who acts: always from a live session (or the command line, where a method takes `Option<Actor>`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account_id: AccountId,
    /// Its role.
    pub role: Role,
    /// The device the session belongs to.
    pub device_id: DeviceId,
    /// The session's row.
    pub session_id: i64,
}

/// Facts about an open database.
#[derive(Clone, Debug)]
pub struct StoreFacts {
    /// Names this life of the database.
    pub epoch: Epoch,
    /// Made by `demo-data`: served on loopback only.
    pub demo: bool,
}

/// SHA-256 of a token; the token itself is never stored.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl std::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenHash")
    }
}

/// A message to be stored; the text is already normalised.
#[derive(Clone)]
pub struct SendCommand {
    /// Where to.
    pub room_id: RoomId,
    /// The author's id for it (minted by the door when the client sent none).
    pub client_id: ClientId,
    /// Normalised text.
    pub content: String,
    /// When the author pressed send.
    pub composed_at: Option<Timestamp>,
    /// Marked urgent.
    pub urgent: bool,
    /// The message of the room it replies to.
    pub reply_to: Option<MessageId>,
    /// When.
    pub now: Timestamp,
}

impl std::fmt::Debug for SendCommand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SendCommand")
            .field("room_id", &self.room_id)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// An event to be handed to an account's sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Whose feed.
    pub account_id: AccountId,
    /// The event, body as that account may see it.
    pub event: FeedEvent,
}

/// What became of a [`SendCommand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// Stored now.
    Stored {
        /// As its author sees it.
        message: Box<Message>,
        /// One per member.
        deliveries: Vec<Delivery>,
    },
    /// Stored before under the same id with the same content: the first answer again.
    Repeated {
        /// As its author sees it.
        message: Box<Message>,
    },
    /// The id was used for other content; nothing changed.
    ClientIdReused,
    /// No such room, or a foreign one.
    NotFound,
    /// A member, but the link has ended.
    Forbidden,
    /// What it replies to is not a message of the room that the author may see.
    NothingToReplyTo,
}

/// Changes a message.
#[derive(Clone, Debug)]
pub struct ChangeCommand {
    /// The room.
    pub room_id: RoomId,
    /// Which message of it.
    pub message_id: MessageId,
    /// The author's id for the change.
    pub client_id: ClientId,
    /// What is to become of it: text normalised, emoji canonical.
    pub change: MessageChange,
    /// When.
    pub now: Timestamp,
}

/// What became of a [`ChangeCommand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeOutcome {
    /// Changed now.
    Changed {
        /// As the actor sees it.
        message: Box<Message>,
        /// One per member who may see it.
        deliveries: Vec<Delivery>,
    },
    /// It is so already, or was changed before under the same id.
    Unchanged {
        /// As it stands, as the actor sees it.
        message: Box<Message>,
    },
    /// The id was used for something else; nothing changed.
    ClientIdReused,
    /// No such message, or one the actor may not see.
    NotFound,
    /// Somebody else's message, or the link has ended.
    Forbidden,
    /// It was taken back: nothing changes it any more.
    Retracted,
    /// As many emoji as one person sets on a message.
    TooManyReactions,
}

/// Moves a read mark, or how far one's own devices have stored a room.
#[derive(Clone, Copy, Debug)]
pub struct ReadCommand {
    /// The room.
    pub room_id: RoomId,
    /// Highest place read, or stored; more than the room has counts as the last.
    pub up_to: RoomSeq,
    /// When.
    pub now: Timestamp,
}

/// What became of a [`ReadCommand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOutcome {
    /// The mark as it stands; no deliveries when it did not move.
    Marked {
        /// The mark.
        read_mark: ReadMark,
        /// What is still unread in the room.
        unread_count: i64,
        /// One per member.
        deliveries: Vec<Delivery>,
    },
    /// No such room, or a foreign one.
    NotFound,
}

/// Sets a room up for the actor alone.
#[derive(Clone, Copy, Debug)]
pub struct FlagsCommand {
    /// The room.
    pub room_id: RoomId,
    /// What is to be otherwise; nothing if the device has wished later.
    pub wish: FlagsWish,
    /// When.
    pub now: Timestamp,
}

/// What became of a [`FlagsCommand`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlagsOutcome {
    /// It is as wished; no deliveries when it was so already.
    Set {
        /// The room, as the actor sees it.
        room: Box<Room>,
        /// To the actor's own feed only.
        deliveries: Vec<Delivery>,
    },
    /// No such room, or a foreign one.
    NotFound,
}

/// What became of opening a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenRoomOutcome {
    /// It exists, as the actor sees it.
    Room {
        /// The room.
        room: Box<Room>,
        /// One per member if it was made now.
        deliveries: Vec<Delivery>,
    },
    /// No such person, or not linked.
    NotFound,
}

/// Which messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Which part.
    pub range: PageRange,
    /// At most this many, ≤ [`bedside_protocol::limits::PAGE_MAX`].
    pub limit: u32,
}

/// Which part of a room's messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageRange {
    /// The newest.
    Latest,
    /// The newest before a place.
    Before(RoomSeq),
    /// The oldest after a place.
    After(RoomSeq),
    /// Changed after a revision, in order of revision.
    ChangedAfter(Rev),
}

/// A stretch of an account's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedSlice {
    /// Dense from the cursor on.
    Events {
        /// At most the limit.
        events: Vec<FeedEvent>,
        /// The account's newest place.
        head: FeedSeq,
    },
    /// Another epoch, a cursor ahead of the head, or too far behind.
    ResyncRequired {
        /// The account's newest place.
        head: FeedSeq,
    },
}

/// What a connection begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Whose it is.
    pub session: Session,
    /// The account of the session.
    pub account: Account,
    /// The account's newest feed place.
    pub head: Cursor,
    /// What came after the cursor that was named, up to as many events as a page has.
    pub missed: Option<FeedSlice>,
}

/// A demo clinic.
#[derive(Clone, Debug)]
pub struct DemoPlan {
    /// Patients and practitioners, one of each per pair.
    pub pairs: u32,
    /// Messages in each room, in the past.
    pub messages: u32,
    /// One hash for all.
    pub password_hash: SecretString,
    /// Also links the first practitioner with the first patients, so that a list has many rows; 0 for pairs only.
    pub clinic: u32,
    /// Seed of the names and texts.
    pub seed: u64,
    /// The present.
    pub now: Timestamp,
}

/// Called with `(done, total)` rooms, each with its people and messages.
pub type DemoProgress = Box<dyn Fn(u64, u64) + Send + Sync>;

/// The database holds real accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this database holds real accounts; demo data goes into an empty one only")]
pub struct NotDemo;
