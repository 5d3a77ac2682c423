//! JSON bodies of the HTTP API: people, rooms, messages; signing in, changing and quoting messages have files of their own.

mod account;
mod change;
mod clinic;
mod draft;
mod export;
mod facts;
mod flags;
mod noticing;
mod notification;
mod quick_reply;
mod quote;
mod receipt;
mod search;

use serde::{Deserialize, Serialize};

pub use account::{Account, Login, LoginAnswer, Preferences};
pub use change::{ChangeAnswer, ChangeMessage, MessageChange, MessageVersion, MessageVersions};
pub use clinic::{Clinic, OpeningHours};
pub use draft::{DraftAnswer, DraftContent, DraftText, Drafts, PutDraft, SharedDraft};
pub use export::ExportKey;
pub use facts::PersonFacts;
pub use flags::{Archive, FlagsWish, Mute, RoomFlags, SetFlags};
pub use noticing::NoticeContent;
pub use notification::{
    ChangeContact, Channel, Contact, CreateNotification, MarkNotifications, Notification,
    NotificationCreated, NotificationKind, Notifications, Outreach, OutreachWishes, QuietHours, SmsFor,
};
pub use quick_reply::{
    AddQuickReply, EditQuickReply, OrderQuickReplies, QuickReplies, QuickReply, ReplyOwner,
};
pub use quote::Quote;
pub use receipt::{MessageReceipts, Receipt};
pub use search::SearchAnswer;

use crate::ids::{AccountId, ClientId, Cursor, MessageId, Rev, RoomId, RoomSeq};
use crate::time::Timestamp;

/// What an account may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Somebody who is treated.
    Patient,
    /// Somebody who treats.
    Practitioner,
    /// Who runs the clinic's server; has no conversations.
    Admin,
}

impl Role {
    /// The word used in SQL and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Practitioner => "practitioner",
            Self::Admin => "admin",
        }
    }

    /// The role a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "patient" => Some(Self::Patient),
            "practitioner" => Some(Self::Practitioner),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }
}

/// A person as those who share a link or a room with them may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// Unique over all roles.
    pub account_id: AccountId,
    /// Patient or practitioner (an administrator sees only itself).
    pub role: Role,
    /// The platform's number of this person, counted within the role (`sender_id` on its pages).
    pub role_id: i64,
    /// Full name as it is to be shown.
    pub name: String,
    /// A practitioner's profession, for example "Physiotherapist".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<String>,
    /// A patient's date of birth, `YYYY-MM-DD`; only practitioners see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// When the account was made.
    pub since: Timestamp,
    /// What else is known.
    #[serde(flatten)]
    pub facts: Box<PersonFacts>,
}

/// An emoji one account has set on a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reaction {
    /// Who.
    pub account_id: AccountId,
    /// The canonical emoji.
    pub emoji: String,
}

/// A message's state at its `rev`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Unique on the server.
    pub id: MessageId,
    /// The conversation it belongs to.
    pub room_id: RoomId,
    /// Its place there; the only order shown.
    pub room_seq: RoomSeq,
    /// Drawn from the room's `room_rev` at the last change.
    pub rev: Rev,
    /// The author's role.
    pub sender_type: Role,
    /// The author's number within the role.
    pub sender_id: i64,
    /// The author's account.
    pub sender_account: AccountId,
    /// The text, normalised; empty once retracted.
    pub content: String,
    /// When the server stored it.
    pub timestamp: Timestamp,
    /// When the author pressed send, by the author's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composed_at: Option<Timestamp>,
    /// When the text was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// When it was taken back; then the text is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retracted_at: Option<Timestamp>,
    /// Marked urgent by its author.
    #[serde(default)]
    pub urgent: bool,
    /// Reactions, ordered by account and emoji.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// The author's id for it; only the author's own devices see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// The message it replies to, always of the same room; nothing once it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// That message as it stands when this one is delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// A message on a page, with what is derived for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageMessage {
    /// The message.
    #[serde(flatten)]
    pub message: Message,
    /// Whether the other side's read mark covers it (own messages), or one's own does (theirs).
    pub is_read: bool,
}

/// How far an account has read a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadMark {
    /// The room.
    pub room_id: RoomId,
    /// Whose mark.
    pub account_id: AccountId,
    /// Highest place read; merged by max.
    pub up_to: RoomSeq,
    /// Highest place that a device of the account has stored; merged by max. What has been read has been delivered, so
    /// that [`ReadMark::delivered`] is what counts. Servers that do not say are older.
    #[serde(default, skip_serializing_if = "RoomSeq::is_none_yet")]
    pub delivered_to: RoomSeq,
    /// The same as [`RoomFlags::marked_unread`], for clients that know no other; only the account itself sees it.
    #[serde(default)]
    pub marked_unread: bool,
    /// Drawn from the room's `room_rev` at the last change of the mark.
    pub rev: Rev,
}

impl ReadMark {
    /// How far the account's devices have the room: whatever was read has been delivered.
    #[must_use]
    pub fn delivered(&self) -> RoomSeq {
        self.delivered_to.max(self.up_to)
    }
}

/// A room as one of its members sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Room {
    /// The room.
    pub room_id: RoomId,
    /// The room's revision: the highest `rev` of anything in it.
    pub room_rev: Rev,
    /// The last place given; 0 in an empty room.
    pub last_seq: RoomSeq,
    /// The other member.
    pub other: Person,
    /// One's own read mark.
    pub my_read: ReadMark,
    /// The other member's.
    pub other_read: ReadMark,
    /// How one has set it up in one's own list.
    #[serde(default, skip_serializing_if = "RoomFlags::are_untouched")]
    pub flags: RoomFlags,
    /// Their messages after one's own mark.
    pub unread_count: i64,
    /// The newest message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_message: Option<Message>,
    /// False once the link ended: readable, no longer writable.
    pub writable: bool,
    /// When the room was made.
    pub created_at: Timestamp,
    /// When a message or the membership last changed in it; a read mark moves nothing in anybody's list.
    pub updated_at: Timestamp,
    /// `/chat/room/<room_id>/`.
    pub url: String,
}

/// `GET /chat/` as JSON: a page of rooms, ordered by room id, and the feed position they were read at.
/// Query: `after_room` (id, exclusive) and `limit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChatList {
    /// The rooms.
    pub rooms: Vec<Room>,
    /// Unread messages over all rooms.
    pub unread: i64,
    /// The feed position this page was read at, in the same transaction.
    pub cursor: Cursor,
    /// Whether `after_room=<last id>` has more.
    pub has_more: bool,
}

/// `GET /chat/room/<room_id>/` as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoomAnswer {
    /// The room.
    pub room: Room,
}

/// `GET /chat/messages/<room_id>/`. Query: nothing (latest), `before=<seq>`, `after=<seq>` (both exclusive),
/// or `changed_after=<rev>` (ordered by `rev`); `limit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagesPage {
    /// The room.
    pub room_id: RoomId,
    /// Ascending by `room_seq` (by `rev` for `changed_after`).
    #[serde(deserialize_with = "readable")]
    pub messages: Vec<PageMessage>,
    /// Whether there is more in the direction asked for.
    pub has_more: bool,
    /// The room's revision when the page was read.
    pub room_rev: Rev,
    /// The last place given when the page was read.
    pub last_seq: RoomSeq,
}

/// `POST /chat/send-message/`: the platform's two fields and our optional ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SendMessage {
    /// The room to send to. Pages may send it as a string.
    #[serde(deserialize_with = "lenient_room_id")]
    pub room_id: RoomId,
    /// The text.
    pub message: String,
    /// Made once by the client; minted by the server when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
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

/// A message this build cannot read (a known field with an unknown value) costs that one message, never the page.
fn readable<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<PageMessage>, D::Error> {
    let bodies = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(bodies.into_iter().filter_map(|body| PageMessage::deserialize(body).ok()).collect())
}

fn lenient_room_id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<RoomId, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Lenient {
        Number(i64),
        Text(String),
    }
    match Lenient::deserialize(deserializer)? {
        Lenient::Number(id) => Ok(RoomId(id)),
        Lenient::Text(text) => text.trim().parse().map_err(serde::de::Error::custom),
    }
}

/// The answer to [`SendMessage`]; the same again when the same command is repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SendAnswer {
    /// Always `success` (errors are problem documents).
    pub status: String,
    /// Always true, for pages that test it.
    pub success: bool,
    /// The stored message's id.
    pub message_id: MessageId,
    /// When it was stored.
    pub timestamp: Timestamp,
    /// The message as stored.
    pub message: Message,
}

/// `GET /chat/unread/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unread {
    /// Unread messages over all rooms.
    pub unread: i64,
}

/// `GET /chat/people/`: everyone one is linked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct People {
    /// Ordered by name.
    pub people: Vec<LinkedPerson>,
}

/// Somebody one is linked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkedPerson {
    /// Who.
    pub person: Person,
    /// The room, if there is one already.
    pub room_id: Option<RoomId>,
}

/// `POST /chat/rooms/`: get or create the room with a linked person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenRoom {
    /// The other person's account.
    pub account_id: AccountId,
}

/// `POST /chat/room/<room_id>/read/`: moves one's own read mark forward (never back).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MarkRead {
    /// Highest place read.
    pub up_to: RoomSeq,
}

/// `POST /chat/room/<room_id>/delivered/`: a device of one's own has stored everything up to here (never back).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MarkDelivered {
    /// Highest place stored.
    pub up_to: RoomSeq,
}

/// The answer to [`MarkRead`] and [`MarkDelivered`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadAnswer {
    /// The mark as it stands.
    pub read_mark: ReadMark,
    /// What is still unread in the room.
    pub unread_count: i64,
}

/// `GET /healthz`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// `ok`.
    pub status: String,
    /// The protocol versions spoken, newest first.
    pub proto: Vec<u32>,
    /// The server's version.
    pub version: String,
    /// Whether anything can be stored; servers that do not say are older.
    #[serde(default)]
    pub writes: Writes,
}

/// Whether a server's database commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Writes {
    /// It does.
    #[default]
    Ok,
    /// It refuses, or has not for some seconds: what is sent waits.
    Stalled,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_this_build_cannot_read_costs_no_other_message_of_its_page() {
        let message = |id: i64, sender: &str| {
            serde_json::json!({
                "id": id, "room_id": 1, "room_seq": id, "rev": id, "sender_type": sender, "sender_id": 1,
                "sender_account": 1, "content": "a", "timestamp": "2026-11-22T00:00:00.000Z", "is_read": false,
            })
        };
        let page = serde_json::json!({
            "room_id": 1, "has_more": false, "room_rev": 3, "last_seq": 3,
            "messages": [message(1, "patient"), message(2, "of a later version"), message(3, "patient")],
        });
        let page: MessagesPage = serde_json::from_value(page).unwrap();
        assert_eq!(page.messages.iter().map(|held| held.message.id.get()).collect::<Vec<_>>(), [1, 3]);
    }
}
