//! The views themselves: what the UI shows, ready to be shown, but for words, dates and colours.

mod quote;

use serde::{Deserialize, Serialize};

pub use quote::QuoteView;

use super::Place;
use super::broken::BrokenCause;
use super::draft::{ArrivedDraft, DraftOffer};
use super::live::Keyed;
use super::notices::NoticeSettings;
use super::room::{FilterCounts, RoomMarks};
use crate::ids::{AccountId, ClientId, MessageId, RoomId, RoomSeq, as_string};
use crate::limits::{RECENT_EMOJI, UNSEEN_DAYS, UNSEEN_DAYS_MAX};
use crate::problem::ErrorCode;
use crate::text::canonical_emoji;
use crate::time::Timestamp;
use crate::wire::{PersonFacts, Role};

/// Who is signed in, or what stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// The profile's state.
    pub state: SessionState,
    /// The server's address, remembered; empty on first run.
    pub server: String,
    /// The last account name used here, remembered; empty on first run.
    pub username: String,
    /// Whether there is no keychain here, so that sign-in asks for a passphrase too.
    pub passphrase_needed: bool,
    /// What opens it after it was locked; nothing: it cannot be locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<LockWay>,
}

/// What opens an app that its owner has locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockWay {
    /// The passphrase that protects the cache.
    Passphrase,
    /// A code of its own, where the keychain protects the cache.
    Code,
}

/// The profile's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionState {
    /// Being opened.
    Opening,
    /// Nobody is signed in.
    SignedOut {
        /// The server ended the session (revoked, expired); what is cached stays.
        ended_by_server: bool,
    },
    /// A cache exists and waits for its passphrase.
    Locked,
    /// Somebody is signed in.
    SignedIn {
        /// Who.
        me: PersonView,
        /// The session ended: reading and writing go on, sending waits for a new sign-in.
        sign_in_again: bool,
    },
    /// The cache exists and cannot be opened; it has been left as it is.
    Broken {
        /// Why.
        cause: BrokenCause,
    },
}

/// A person as the UI shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Unique.
    #[serde(with = "as_string")]
    pub account_id: AccountId,
    /// Patient, practitioner or administrator.
    pub role: Role,
    /// Full name.
    pub name: String,
    /// A practitioner's profession.
    pub profession: Option<String>,
    /// A patient's date of birth, `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// When the account was made.
    pub since: Timestamp,
    /// What else is known.
    #[serde(flatten)]
    pub facts: Box<PersonFacts>,
}

/// Whether somebody is there, as far as one is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "presence", rename_all = "snake_case")]
pub enum Presence {
    /// At this moment.
    Online,
    /// Not at this moment.
    LastSeen {
        /// When they were.
        at: Timestamp,
    },
}

/// How the server is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionView {
    /// How.
    pub mode: ConnectionMode,
    /// Messages waiting to be sent.
    pub waiting: u32,
    /// Messages that need their author: refused or stale.
    pub parked: u32,
    /// When the next attempt is made, if one is planned.
    pub retry_at: Option<Timestamp>,
    /// When the server was last heard.
    pub last_heard_at: Option<Timestamp>,
    /// Older history still being fetched.
    pub backfilling: bool,
}

/// How the server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionMode {
    /// First attempt after start or sign-in.
    Connecting,
    /// By WebSocket.
    Live,
    /// By long polling; the WebSocket does not get through.
    Limited,
    /// Was connected, is trying again.
    Reconnecting,
    /// Several attempts failed, or there is no network.
    Offline,
    /// The session ended; sign in again.
    SignedOut,
    /// The server speaks another protocol version, or is no Bedside server.
    WrongServer,
    /// The server opens no conversations to this account (an administrator's); no further attempt by itself.
    Refused,
}

/// The conversation list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomsView {
    /// Unread messages over all conversations (whatever the search and filter) but muted and archived ones without
    /// anything urgent; one that is only marked unread counts as one.
    pub unread: i64,
    /// Conversations with unread messages.
    pub unread_rooms: u32,
    /// Conversations with an unread urgent message.
    pub urgent_rooms: u32,
    /// What the other filters show.
    #[serde(default)]
    pub filters: FilterCounts,
    /// The first snapshot has not arrived yet: show skeletons if there are no rows.
    pub loading: bool,
    /// Pinned ones first, then newest first.
    pub rows: Vec<RoomRow>,
}

/// A row of the conversation list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRow {
    /// The room, as text: its key.
    pub key: String,
    /// The room.
    #[serde(with = "as_string")]
    pub room_id: RoomId,
    /// The other member.
    pub person: PersonView,
    /// The newest message or the draft, if any.
    pub preview: Option<Preview>,
    /// When the newest message was stored (or composed, while waiting).
    pub at: Option<Timestamp>,
    /// Their messages not read.
    pub unread: i64,
    /// Whether one of them is urgent.
    pub urgent: bool,
    /// False once the link ended.
    pub writable: bool,
    /// Whether the other types at this moment: shown in the preview's place.
    #[serde(default)]
    pub typing: bool,
    /// How it is set up.
    #[serde(default)]
    pub marks: RoomMarks,
    /// For practitioners: when the first message of theirs was stored that the patient has not read for long.
    #[serde(default)]
    pub unseen_since: Option<Timestamp>,
    /// Whether the other is there; nothing if it is not known.
    #[serde(default)]
    pub presence: Option<Presence>,
}

impl Keyed for RoomRow {
    fn key(&self) -> &str {
        &self.key
    }
}

/// The one line below a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "preview", rename_all = "snake_case")]
pub enum Preview {
    /// A message.
    Message {
        /// One line of its text, ≤ 120 characters.
        text: String,
        /// Whether it is one's own.
        own: bool,
        /// For one's own: how far it is.
        state: Option<DeliveryState>,
    },
    /// It was taken back.
    Retracted {
        /// Whether it was one's own.
        own: bool,
    },
    /// An unsent text.
    Draft {
        /// One line of it, ≤ 120 characters.
        text: String,
    },
    /// It is not shown: the conversation is set to be sensitive.
    Hidden,
    /// What another device had while something else was written here: it waits for a decision.
    OfferedDraft {
        /// One line of it, ≤ 120 characters.
        text: String,
    },
}

/// How far one's own message is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delivery", rename_all = "snake_case")]
pub enum DeliveryState {
    /// On this device only.
    Waiting,
    /// The server has it.
    Sent,
    /// A device of the other side has it.
    Delivered,
    /// The other side has read it.
    Read,
    /// The server refused it; Retry and Delete.
    Failed {
        /// Why.
        code: ErrorCode,
    },
    /// It waited too long: the clinic has not received it, and it goes only after its author says so.
    Stale,
}

/// A window of one conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineView {
    /// What stands around the items.
    pub head: TimelineHead,
    /// In order of the conversation; waiting messages last.
    pub items: Vec<TimelineItem>,
}

/// What stands around the items of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineHead {
    /// The conversation.
    #[serde(with = "as_string")]
    pub room_id: RoomId,
    /// Who one writes to.
    pub person: PersonView,
    /// False once the link ended.
    pub writable: bool,
    /// Nothing older exists than the first item.
    pub at_start: bool,
    /// Nothing newer exists than the last item.
    pub at_end: bool,
    /// The last place given in the room.
    #[serde(with = "as_string")]
    pub last_seq: RoomSeq,
    /// The first message that was unread when the subscription began, if any.
    #[serde(with = "as_string::option")]
    pub first_unread: Option<RoomSeq>,
    /// How many were unread when the subscription began.
    pub unread_at_open: i64,
    /// How many are unread now.
    pub unread: i64,
    /// The draft when the subscription began; the composer owns it from then on.
    pub draft: String,
    /// The number of the last draft that had arrived from another device by then.
    #[serde(default)]
    pub draft_seen: u64,
    /// One that has arrived since and is the draft now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_arrived: Option<Box<ArrivedDraft>>,
    /// What another device had at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_offer: Option<Box<DraftOffer>>,
    /// Whether the other types at this moment.
    #[serde(default)]
    pub typing: bool,
    /// How it is set up.
    #[serde(default)]
    pub marks: RoomMarks,
    /// The message that the draft is to reply to, as it stands now.
    #[serde(default)]
    pub draft_reply: Option<QuoteView>,
    /// Whether the other is there; nothing if it is not known.
    #[serde(default)]
    pub presence: Option<Presence>,
    /// The message that was being edited when the subscription began; the composer owns it from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub editing: Option<Box<EditingView>>,
}

/// Something in a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum TimelineItem {
    /// A message.
    Message(TimelineMessage),
    /// A stretch this device does not have yet.
    Gap {
        /// Stable while the gap exists.
        key: String,
        /// First missing place.
        #[serde(with = "as_string")]
        from: RoomSeq,
        /// Last missing place.
        #[serde(with = "as_string")]
        to: RoomSeq,
        /// Being fetched.
        loading: bool,
    },
}

impl Keyed for TimelineItem {
    fn key(&self) -> &str {
        match self {
            Self::Message(message) => &message.key,
            Self::Gap { key, .. } => key,
        }
    }
}

/// A message as the timeline shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineMessage {
    /// Stable from the press of Send on: `c:<client_id>` for one's own of this device, else `m:<id>`.
    pub key: String,
    /// The server's id, once it has one.
    #[serde(with = "as_string::option")]
    pub message_id: Option<MessageId>,
    /// Its place, once the server gave one.
    #[serde(with = "as_string::option")]
    pub seq: Option<RoomSeq>,
    /// The author's id for it, while it is in the outbox.
    pub client_id: Option<ClientId>,
    /// Whether it is one's own.
    pub own: bool,
    /// The text; empty once retracted.
    pub text: String,
    /// When it was stored (composed, while waiting).
    pub at: Timestamp,
    /// When it was composed, if that is more than two minutes before it was stored.
    pub written_at: Option<Timestamp>,
    /// For one's own: how far it is.
    pub state: Option<DeliveryState>,
    /// Its text was changed after sending.
    pub edited: bool,
    /// It was taken back.
    pub retracted: bool,
    /// Marked urgent.
    pub urgent: bool,
    /// Reactions by emoji, those that are still to be saved included.
    pub reactions: Vec<ReactionView>,
    /// Whether oneself may edit it or take it back now.
    #[serde(default)]
    pub changeable: bool,
    /// Whether oneself may react to it now.
    #[serde(default)]
    pub reactable: bool,
    /// A change of one's own that the server does not have yet, or has refused; the text shown is the one wished for.
    #[serde(default)]
    pub change: Option<ChangeState>,
    /// The message it replies to.
    #[serde(default)]
    pub reply: Option<QuoteView>,
}

/// A change of a message that is not with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ChangeState {
    /// It will be sent.
    Saving,
    /// The server refused it: to be tried again or given up.
    Refused {
        /// Why.
        code: ErrorCode,
        /// Whether the message was to be taken back, not edited.
        retraction: bool,
    },
}

/// What is being made of a message, kept so that it outlives the app.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditDraft {
    /// Which message.
    #[serde(with = "as_string")]
    pub message_id: MessageId,
    /// The text as typed so far.
    pub text: String,
}

impl std::fmt::Debug for EditDraft {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EditDraft").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// A message that was being edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditingView {
    /// How far that was.
    pub draft: EditDraft,
    /// What the message says; empty if this device does not have it any more.
    pub original: String,
}

/// What is known of a message: when each thing happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDetails {
    /// For one's own: how far it is.
    pub state: Option<DeliveryState>,
    /// When its author pressed send, by the author's clock; absent when that was not said.
    pub written_at: Option<Timestamp>,
    /// When the server stored it.
    pub sent_at: Timestamp,
    /// When a device of the other side had it, if the server knows the moment. One's own messages only.
    pub delivered_at: Option<Timestamp>,
    /// When the other side read it, likewise.
    pub read_at: Option<Timestamp>,
    /// When its text was last changed.
    pub edited_at: Option<Timestamp>,
    /// When it was taken back.
    pub retracted_at: Option<Timestamp>,
}

/// One text of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// The text.
    pub text: String,
    /// Since when.
    pub at: Timestamp,
}

/// One emoji below a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReactionView {
    /// The emoji.
    pub emoji: String,
    /// How many set it.
    pub count: u32,
    /// Whether oneself did.
    pub own: bool,
}

/// Everyone one is linked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    /// Ordered by name.
    pub people: Vec<LinkedPersonRow>,
    /// Being fetched.
    pub loading: bool,
}

/// Somebody one may write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedPersonRow {
    /// Who.
    pub person: PersonView,
    /// The conversation, if there is one.
    #[serde(with = "as_string::option")]
    pub room_id: Option<RoomId>,
    /// Whether they are there; nothing if it is not known.
    #[serde(default)]
    pub presence: Option<Presence>,
}

/// This device's settings and facts about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// The settings.
    pub settings: Settings,
    /// The app's version.
    pub version: String,
    /// The profile's name; empty for the default one.
    pub profile: String,
}

/// Settings of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// A language tag; empty follows the system.
    pub language: String,
    /// Text size in per cent, 90–150.
    pub text_size: u16,
    /// Enter sends, Shift+Enter breaks; off turns them round.
    pub enter_sends: bool,
    /// Native notifications.
    pub notifications: bool,
    /// Closing the window keeps the app running in the tray.
    pub close_to_tray: bool,
    /// Width of the conversation list in CSS pixels, 280–360.
    pub list_width: u16,
    /// Drafts are shared with the person's other devices where this is on, too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub share_drafts: bool,
    /// For practitioners: what a patient has not read for so many days is shown as unread, 1–30.
    #[serde(skip_serializing_if = "is_usual")]
    pub unseen_days: u8,
    /// The tone of skin of emoji: 0 for none, 1 (light) to 5 (dark).
    #[serde(skip_serializing_if = "is_none")]
    pub emoji_tone: u8,
    /// The emoji used last, newest first; at most [`RECENT_EMOJI`](crate::limits::RECENT_EMOJI).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emoji_recent: Vec<String>,
    /// How new messages are told of.
    #[serde(skip_serializing_if = "NoticeSettings::is_usual")]
    pub notices: NoticeSettings,
    /// The app starts with the person's session.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub start_with_session: bool,
    /// When it does, its window stays away until it is asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub start_hidden: bool,
}

fn is_usual(days: &u8) -> bool {
    *days == UNSEEN_DAYS
}

fn is_none(tone: &u8) -> bool {
    *tone == 0
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            theme: Theme::System,
            language: String::new(),
            text_size: 100,
            enter_sends: true,
            notifications: true,
            close_to_tray: true,
            list_width: 336,
            share_drafts: false,
            unseen_days: UNSEEN_DAYS,
            emoji_tone: 0,
            emoji_recent: Vec::new(),
            notices: NoticeSettings::default(),
            start_with_session: false,
            start_hidden: false,
        }
    }
}

impl Settings {
    /// The same within its limits, whatever was asked for.
    #[must_use]
    pub fn within_limits(mut self) -> Self {
        self.text_size = self.text_size.clamp(90, 150);
        self.list_width = self.list_width.clamp(280, 360);
        self.emoji_tone = self.emoji_tone.min(5);
        self.unseen_days = self.unseen_days.clamp(1, UNSEEN_DAYS_MAX);
        let mut recent = Vec::new();
        for emoji in self.emoji_recent.iter().filter_map(|emoji| canonical_emoji(emoji)) {
            if !recent.iter().any(|held| held == emoji) {
                recent.push(emoji.to_owned());
            }
        }
        recent.truncate(RECENT_EMOJI);
        Settings { emoji_recent: recent, notices: self.notices.within_limits(), ..self }
    }
}

/// Colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Wishes of the shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShellView {
    /// Grows with every wish, so that the same one can be made twice.
    pub wish: u64,
    /// Show this place.
    pub open: Option<Place>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_keep_to_their_limits_whatever_is_asked_for() {
        let recent = ["👍", "no emoji", "❤", "❤️", "👍"].map(str::to_owned).to_vec();
        let asked = Settings {
            text_size: 900,
            list_width: 1,
            emoji_tone: 9,
            unseen_days: 200,
            emoji_recent: recent,
            ..Settings::default()
        };
        let kept = asked.within_limits();
        assert_eq!((kept.text_size, kept.list_width, kept.emoji_tone), (150, 280, 5));
        assert_eq!(kept.emoji_recent, ["👍", "❤️"]);
        assert_eq!(kept.unseen_days, UNSEEN_DAYS_MAX);
        assert_eq!(Settings { unseen_days: 0, ..Settings::default() }.within_limits().unseen_days, 1);
        let many = emojis::iter().take(100).map(|emoji| emoji.as_str().to_owned()).collect();
        let kept = Settings { emoji_recent: many, ..Settings::default() }.within_limits();
        assert_eq!(kept.emoji_recent.len(), RECENT_EMOJI);
    }
}
