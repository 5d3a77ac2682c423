//! The account-wide feed: `WS /ws/feed/` and `GET /chat/feed/?epoch=&after=&wait=&limit=`.
//!
//! The socket is a hint and a second door for commands; the feed is the truth. A client opens the socket, sends
//! [`ClientFrame::Hello`] first, and receives [`ServerFrame::Welcome`] followed by every event after its cursor.

use serde::{Deserialize, Deserializer, Serialize};

use crate::ids::{AccountId, ClientId, Cursor, DeviceId, Epoch, FeedSeq, MessageId, Rev, RoomId, RoomSeq};
use crate::problem::ErrorCode;
use crate::time::Timestamp;
use crate::wire::{Account, FlagsWish, Message, MessageChange, Person, ReadMark, Room, SharedDraft};

/// What a client of this build stores of the feed. Raised whenever a kind of event is added, or a field a client
/// keeps: an upgraded client then takes everything in again, since its predecessor has passed over it.
pub const KINDS: u32 = 2;

/// One event of an account's feed; the body is the object's state when delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeedEvent {
    /// Its dense place.
    pub feed_seq: FeedSeq,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

impl<'de> Deserialize<'de> for FeedEvent {
    /// In two steps, the place first: a body this build cannot read (a known kind with an unknown value) costs that
    /// one event, never the frame, and so never the feed.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Placed {
            feed_seq: FeedSeq,
            #[serde(flatten)]
            body: serde_json::Map<String, serde_json::Value>,
        }
        let Placed { feed_seq, body } = Placed::deserialize(deserializer)?;
        let change = Change::deserialize(serde_json::Value::Object(body)).unwrap_or(Change::Unknown);
        Ok(FeedEvent { feed_seq, change })
    }
}

/// What a feed event carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A message was stored, edited, retracted or reacted to.
    Message {
        /// Its state.
        message: Box<Message>,
    },
    /// A member has read further, or a device of theirs has stored more.
    ReadMark {
        /// The mark.
        read_mark: ReadMark,
    },
    /// A room was made, its membership or the other person changed, or one has set it up otherwise (then only oneself is
    /// told).
    Room {
        /// As the account sees it.
        room: Box<Room>,
    },
    /// A linked person appeared or changed.
    Person {
        /// Who.
        person: Person,
    },
    /// What one is writing in a room was shared by a device of one's own.
    Draft {
        /// The register.
        draft: Box<SharedDraft>,
    },
    /// The quick replies one may use have changed: ask for them (`GET /chat/quick-replies/`).
    QuickReplies,
    /// Something the account may no longer see: its place in the feed stays, its body does not.
    Gone,
    /// A kind or a body this build does not know: the cursor passes it, the object is resynced after an upgrade.
    #[serde(other)]
    Unknown,
}

/// `GET /chat/feed/`: what came after the cursor; held open up to `wait` seconds when there is nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeedPage {
    /// The database's life.
    pub epoch: Epoch,
    /// The account's newest place.
    pub head: FeedSeq,
    /// Dense from `after + 1`.
    pub events: Vec<FeedEvent>,
    /// Whether more follow at once.
    pub has_more: bool,
    /// The cursor cannot be continued (new epoch, or too far behind): take a snapshot from `GET /chat/`.
    pub resync_required: bool,
}

/// What a client sends on the feed socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientFrame {
    /// First frame, within ten seconds.
    Hello(Hello),
    /// A message; answered by [`ServerFrame::Sent`] or an error carrying its `client_id`.
    Send(SendFrame),
    /// A change of a message; answered by [`ServerFrame::Changed`] or an error carrying its `client_id`.
    Change(ChangeFrame),
    /// Moves one's own read mark; idempotent, not answered (its event comes through the feed).
    Read {
        /// The room.
        room_id: RoomId,
        /// Highest place read.
        up_to: RoomSeq,
    },
    /// Sets a room up for oneself; idempotent, not answered (its event comes through the feed).
    Flags {
        /// The room.
        room_id: RoomId,
        /// What is to be otherwise, and which wish of the device's it is.
        #[serde(flatten)]
        wish: FlagsWish,
    },
    /// A device of one's own has stored everything up to here; idempotent, not answered (its event comes through the
    /// feed). Said only after it is durable there; a read mark says it as well.
    Delivered {
        /// The room.
        room_id: RoomId,
        /// Highest place stored.
        up_to: RoomSeq,
    },
    /// That one types, or has stopped: best effort, not answered, told to the others of the room who are connected. Said
    /// at most every [`TYPING_EVERY`](crate::limits::TYPING_EVERY) while it lasts.
    Typing {
        /// The room.
        room_id: RoomId,
        /// Whether one does.
        typing: bool,
    },
    /// Asks for a [`ServerFrame::Pong`] with the same number.
    Ping {
        /// Any number.
        n: u64,
    },
    /// A frame this build does not know; answered with an error, nothing else happens.
    #[serde(other)]
    Unknown,
}

/// The first frame of a feed socket.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hello {
    /// The version the client speaks.
    pub proto: u32,
    /// The bearer token, unless it came in the `Authorization` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Where to continue; absent on a first sync (then only events from now on are sent).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
}

impl std::fmt::Debug for Hello {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hello")
            .field("proto", &self.proto)
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

/// A message on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SendFrame {
    /// Made once, stored before sending.
    pub client_id: ClientId,
    /// Where to.
    pub room_id: RoomId,
    /// The text.
    pub message: String,
    /// When the author pressed send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composed_at: Option<Timestamp>,
    /// Marked urgent.
    #[serde(default)]
    pub urgent: bool,
    /// The message of the same room it replies to; another one is refused with `cannot_reply`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
}

/// A change of a message on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeFrame {
    /// Made once, stored before sending.
    pub client_id: ClientId,
    /// The room.
    pub room_id: RoomId,
    /// Which message.
    pub message_id: MessageId,
    /// What is to become of it.
    #[serde(flatten)]
    pub change: MessageChange,
}

/// What the server sends on the feed socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The answer to hello.
    Welcome {
        /// The version spoken from here on.
        proto: u32,
        /// The database's life and the account's newest place.
        head: Cursor,
        /// Who is signed in.
        account: Account,
        /// The device the session belongs to.
        device_id: DeviceId,
        /// The server's clock.
        server_time: Timestamp,
        /// The clinic's limit for waiting messages, in milliseconds.
        stale_after_ms: u64,
        /// Which state of the clinic's own facts ([`Clinic`](crate::wire::Clinic)) is the newest; 0 if none were set.
        #[serde(default, skip_serializing_if = "Rev::is_zero")]
        clinic_rev: Rev,
    },
    /// Events, dense and in order.
    Events {
        /// At least one.
        events: Vec<FeedEvent>,
    },
    /// The cursor cannot be continued: take a snapshot from `GET /chat/`; events from `head` on follow.
    ResyncRequired {
        /// Where the stream goes on.
        head: Cursor,
    },
    /// A message is stored durably.
    Sent {
        /// The client's id for it.
        client_id: ClientId,
        /// As stored.
        message: Box<Message>,
    },
    /// A change of a message is stored durably, or there was nothing to change.
    Changed {
        /// The client's id for the change.
        client_id: ClientId,
        /// The message's state.
        message: Box<Message>,
    },
    /// A command failed; nothing was changed.
    Error {
        /// Stable word.
        code: ErrorCode,
        /// Safe to show.
        detail: String,
        /// The command it answers, if it had one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_id: Option<ClientId>,
        /// For rate limits: milliseconds to wait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u64>,
    },
    /// Somebody types, or has stopped; over after [`TYPING_LASTS`](crate::limits::TYPING_LASTS) if nothing more is said.
    Typing {
        /// The room.
        room_id: RoomId,
        /// Who.
        account_id: AccountId,
        /// Whether they do.
        typing: bool,
    },
    /// Whether somebody one shares a room with is there; best effort, the first thing to be dropped under load. With
    /// neither word nor moment it is not known, or not told.
    Presence {
        /// Who.
        account_id: AccountId,
        /// Whether they have a socket.
        online: bool,
        /// When the last one was closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_seen: Option<Timestamp>,
    },
    /// The answer to a ping.
    Pong {
        /// Its number.
        n: u64,
    },
    /// The server is about to close: come back after this long.
    GoingAway {
        /// Milliseconds, jittered by the server.
        retry_in_ms: u64,
    },
    /// A frame this build does not know: ignored.
    #[serde(other)]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_event_kind_keeps_its_place() {
        let read: FeedEvent = serde_json::from_str(r#"{"feed_seq":7,"kind":"hologram","body":{}}"#).unwrap();
        assert_eq!(read, FeedEvent { feed_seq: FeedSeq(7), change: Change::Unknown });
    }

    #[test]
    fn a_known_kind_with_an_unreadable_body_keeps_its_place_and_its_frame() {
        let frame = r#"{"type":"events","events":[
            {"feed_seq":7,"kind":"person","person":{"account_id":1,"role":"robot","role_id":1,"name":"R","since":0}},
            {"feed_seq":8,"kind":"gone"}]}"#;
        let read: ServerFrame = serde_json::from_str(frame).unwrap();
        let changes = [(7, Change::Unknown), (8, Change::Gone)];
        let events = changes.map(|(seq, change)| FeedEvent { feed_seq: FeedSeq(seq), change }).to_vec();
        assert_eq!(read, ServerFrame::Events { events });
    }

    #[test]
    fn an_event_without_a_place_is_no_event() {
        assert!(serde_json::from_str::<FeedEvent>(r#"{"kind":"gone"}"#).is_err());
    }

    #[test]
    fn gone_is_a_dense_event_without_body() {
        let event = FeedEvent { feed_seq: FeedSeq(3), change: Change::Gone };
        assert_eq!(serde_json::to_string(&event).unwrap(), r#"{"feed_seq":3,"kind":"gone"}"#);
    }

    #[test]
    fn a_token_is_never_printed() {
        let hello = Hello { proto: 1, token: Some("secret".into()), cursor: None };
        assert!(!format!("{hello:?}").contains("secret"));
    }
}
