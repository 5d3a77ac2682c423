//! What crosses between the UI and the shell: requests with one answer each, and live queries.
//!
//! The webview calls two commands of the shell: `request` (a [`Request`] in, a [`Reply`] or an [`IpcError`] out) and
//! `subscribe`/`unsubscribe`. A subscription answers a [`Snapshot`](UpdateBody::Snapshot) with a revision, then
//! coalesced patches; one whose `base` is not the revision held is answered by subscribing again (a suspended
//! webview misses events). Bodies cross as JSON text, ids inside them as strings.

mod broken;
mod clinic;
mod draft;
mod export;
pub mod home;
pub mod live;
mod notice_test;
mod notices;
mod outreach;
mod quick_reply;
mod room;
pub mod search;
pub mod view;
mod warning;

use serde::{Deserialize, Serialize};

pub use broken::BrokenCause;
pub use clinic::ClinicView;
pub use draft::{ArrivedDraft, DraftDecision, DraftOffer};
pub use export::{ExportOrder, ExportPackaging, ExportProgress, ExportState, FileVerdict, SignedBy, Verdict};
pub use home::{HomeCard, HomePeople, HomePerson, HomeRow, HomeView};
pub use live::{Anchor, ListPatch, Patch, Query, RoomFilter, Update, UpdateBody, View, Window};
pub use notice_test::{Hop, HopOutcome, HopTrouble, HopView};
pub use notices::{NoticeSettings, NoticeSound, PauseSpan, RoomNotices};
pub use outreach::{AlertView, AlertsView};
pub use quick_reply::{OpeningView, QuickRepliesView, QuickReplyView};
pub use room::{FilterCounts, MuteSpan, RoomDeed, RoomMarks};
pub use search::{
    Author, FindPlace, FindView, Looked, SearchFilter, SearchGroup, SearchHit, SearchView, ServerSearched,
};
pub use view::{
    ChangeState, ConnectionMode, ConnectionView, DeliveryState, EditDraft, EditingView, LinkedPersonRow,
    LockWay, MessageDetails, PeopleView, PersonView, Presence, Preview, QuoteView, ReactionView, RoomRow,
    RoomsView, SessionState, SessionView, Settings, SettingsView, ShellView, Theme, TimelineHead,
    TimelineItem, TimelineMessage, TimelineView, VersionView,
};
pub use warning::{Danger, MatchedBy, Warning};

use crate::ids::{AccountId, ClientId, MessageId, NotificationId, QuickReplyId, RoomId, RoomSeq, as_string};
use crate::time::Timestamp;
use crate::wire::{ChangeContact, Outreach, OutreachWishes, Preferences};

/// Something the UI asks for once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    /// Signs in and opens (or makes) the profile's cache. Answer: [`Reply::Done`]; the session view follows.
    SignIn {
        /// The server's address as typed.
        server: String,
        /// The account's name.
        username: String,
        /// The password; never stored.
        password: String,
        /// Where no keychain exists: the passphrase that is to wrap the cache's key.
        passphrase: Option<String>,
    },
    /// Ends the session. Unsent messages stop it unless `discard_unsent`.
    SignOut {
        /// Lose what is still waiting.
        discard_unsent: bool,
        /// Remove this profile's cache from the disk as well.
        erase: bool,
    },
    /// Opens a cache wrapped by a passphrase.
    Unlock {
        /// The passphrase.
        passphrase: String,
    },
    /// Hides everything until its owner has said the passphrase or the code; messages go on arriving.
    Lock,
    /// Has the app opened by another code after it was locked, or by none any more.
    SetLockCode {
        /// The code until now, if there is one.
        before: Option<String>,
        /// The new one, of at least [`LOCK_CODE_CHARS`](crate::limits::LOCK_CODE_CHARS) characters; nothing: none.
        code: Option<String>,
    },
    /// Tries again to open a cache that could not be opened.
    Reopen,
    /// Puts a cache that does not open aside, with all its files, and begins with an empty one. What had not been
    /// sent stays in the files put aside.
    StartAnew,
    /// Stores a message and its outbox row in one transaction; answered by [`Reply::Queued`] only then.
    Send {
        /// Where to.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// The text as typed.
        text: String,
        /// Marked urgent.
        urgent: bool,
        /// The message of the conversation it replies to. One that is not held here any more is left out.
        #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
        reply_to: Option<MessageId>,
        /// The [number](ArrivedDraft::number) of the last draft from another device that stood in the box.
        #[serde(default, skip_serializing_if = "is_zero")]
        seen: u64,
    },
    /// What its author is to think over before a text goes: nothing of it leaves this device, nothing is kept. Answer:
    /// [`Reply::Warnings`].
    CheckMessage {
        /// Where it is to go, or to be changed.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// The text as typed.
        text: String,
    },
    /// Tries a parked message again (a stale one: its author's confirmation).
    Retry {
        /// Which.
        client_id: ClientId,
    },
    /// Removes a message that has not been sent. Refused once the server may have it.
    Discard {
        /// Which.
        client_id: ClientId,
    },
    /// Gives one's own message another text. Kept on this device and sent when it can be.
    EditMessage {
        /// Where it is.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which.
        #[serde(with = "as_string")]
        message_id: MessageId,
        /// The text as typed.
        text: String,
    },
    /// Takes one's own message back. Kept on this device and sent when it can be.
    RetractMessage {
        /// Where it is.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which.
        #[serde(with = "as_string")]
        message_id: MessageId,
    },
    /// Sets an emoji on a message, or takes one's own off again. Kept on this device and sent when it can be.
    React {
        /// Where it is.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which.
        #[serde(with = "as_string")]
        message_id: MessageId,
        /// Any emoji.
        emoji: String,
        /// Whether it is to be there.
        on: bool,
    },
    /// Tries a change once more that was refused.
    RetryChange {
        /// Where the message is.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which.
        #[serde(with = "as_string")]
        message_id: MessageId,
    },
    /// Gives up a change that was refused: the message stays as it is.
    DiscardChange {
        /// Where the message is.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which.
        #[serde(with = "as_string")]
        message_id: MessageId,
    },
    /// What a message's text was and is; asks the server. Answer: [`Reply::Versions`].
    Versions {
        /// Where it is.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which.
        #[serde(with = "as_string")]
        message_id: MessageId,
    },
    /// Pins, mutes, archives a conversation or marks it unread. Kept on this device and sent when it can be.
    SetUp {
        /// Which.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// What is done.
        #[serde(flatten)]
        deed: RoomDeed,
    },
    /// When each thing happened to a message. Answer: [`Reply::Details`], from what this device has; or, if the server is
    /// to be asked, with the moments it knows, which are kept.
    MessageDetails {
        /// Where it is.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which.
        #[serde(with = "as_string")]
        message_id: MessageId,
        /// Whether the server is to be asked.
        ask: bool,
    },
    /// Keeps what is being made of a message; nothing when no message is being edited.
    SaveEdit {
        /// Whose composer.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// The message and its text as typed.
        editing: Option<EditDraft>,
    },
    /// Keeps what stands in a composer; an empty text that replies to nothing removes the draft. Answer:
    /// [`Reply::DraftKept`].
    SaveDraft {
        /// Whose composer.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// The text as typed.
        text: String,
        /// The message it is to reply to.
        #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
        reply_to: Option<MessageId>,
        /// The [number](ArrivedDraft::number) of the last draft from another device that stood in the box: one that has
        /// arrived since is offered beside what is kept.
        #[serde(default, skip_serializing_if = "is_zero")]
        seen: u64,
        /// Decides upon what another device had: the draft is kept with that done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decides: Option<DraftDecision>,
    },
    /// That one types in a conversation, or no longer does. Told to the other while there is a socket and never kept; with
    /// each key is not too often.
    Typing {
        /// Whose composer.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Whether one does.
        typing: bool,
    },
    /// What the person sees: moves the read mark if the window is focused (sync rule 11).
    InView {
        /// The conversation on screen, if any.
        #[serde(with = "as_string::option")]
        room_id: Option<RoomId>,
        /// The newest message displayed, if any.
        #[serde(with = "as_string::option")]
        displayed: Option<RoomSeq>,
        /// Whether the window has the focus, as the webview sees it (the shell's word counts too).
        focused: bool,
    },
    /// Gets or makes the room with a linked person. Answer: [`Reply::Room`].
    OpenRoom {
        /// Who.
        #[serde(with = "as_string")]
        account_id: AccountId,
    },
    /// Asks for linked people anew. The people view follows.
    RefreshPeople,
    /// Connects now instead of waiting out the back-off.
    TryNow,
    /// Moves the window of a timeline subscription.
    MoveWindow {
        /// The subscription.
        subscription: u32,
        /// The new window.
        window: Window,
    },
    /// Fetches the part of a conversation around a place before anything else that is missing.
    FetchAround {
        /// The conversation.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// The place.
        #[serde(with = "as_string")]
        seq: RoomSeq,
    },
    /// Remembers on this device what was searched for.
    KeepSearch {
        /// As typed.
        text: String,
    },
    /// Forgets everything that was searched for.
    ForgetSearches,
    /// What one's account wishes, wherever it is used; asks the server. Answer: [`Reply::Preferences`].
    Preferences,
    /// Keeps what one's account wishes, at the server. Answer: [`Reply::Preferences`], once it has them.
    SavePreferences {
        /// All of them.
        preferences: Preferences,
    },
    /// How one is reached outside the app; asks the server. Answer: [`Reply::Outreach`].
    Outreach,
    /// Keeps how one wishes to be reached, at the server. Answer: [`Reply::Outreach`], once it has them.
    SaveOutreach {
        /// All of them.
        wishes: OutreachWishes,
    },
    /// Changes one of one's own addresses, at the server. Answer: [`Reply::Outreach`].
    ChangeContact {
        /// What is to become of it.
        change: ChangeContact,
    },
    /// One's own alerts; asks the server. Answer: [`Reply::Alerts`].
    Alerts {
        /// Those before this one; absent: the newest.
        #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
        before: Option<NotificationId>,
    },
    /// Marks alerts as seen, at the server. Answer: [`Reply::Alerts`] with the newest.
    ReadAlerts {
        /// This one.
        #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
        id: Option<NotificationId>,
        /// All up to this one.
        #[serde(default, with = "as_string::option", skip_serializing_if = "Option::is_none")]
        up_to: Option<NotificationId>,
    },
    /// Adds a quick reply of one's own; asks the server.
    AddQuickReply {
        /// What it is found by.
        title: String,
        /// What is put into a message.
        text: String,
    },
    /// Gives a quick reply of one's own another title and text; asks the server.
    EditQuickReply {
        /// Which.
        #[serde(with = "as_string")]
        id: QuickReplyId,
        /// What it is found by.
        title: String,
        /// What is put into a message.
        text: String,
    },
    /// Removes a quick reply of one's own; asks the server.
    RemoveQuickReply {
        /// Which.
        #[serde(with = "as_string")]
        id: QuickReplyId,
    },
    /// Puts a quick reply of one's own at another place among them; asks the server.
    MoveQuickReply {
        /// Which.
        #[serde(with = "as_string")]
        id: QuickReplyId,
        /// From 0.
        to: u32,
    },
    /// When the clinic opens next. Answer: [`Reply::Opening`].
    NextOpening,
    /// Writes conversations out into a file that the shell asks the person for. Answer: [`Reply::Done`] once it has begun,
    /// [`Reply::NotChosen`] if they chose none.
    Export {
        /// What.
        order: ExportOrder,
    },
    /// How far that is. Answer: [`Reply::Export`], once it is further than this number.
    ExportProgress {
        /// The number held; one that was never given is answered at once.
        after: u64,
    },
    /// Gives it up.
    CancelExport,
    /// Looks whether a file that the shell asks the person for was changed. Answer: [`Reply::Checked`], or
    /// [`Reply::NotChosen`].
    CheckFile {
        /// The one that was looked at last, once more.
        again: bool,
        /// What it is opened with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<String>,
    },
    /// Keeps settings of this device.
    SaveSettings {
        /// All of them.
        settings: Settings,
    },
    /// Tells of nothing for a while, or of everything again. The settings follow.
    Pause {
        /// For how long.
        span: PauseSpan,
    },
    /// Tells the person if no reply has come in a conversation by a moment, or does not any more. Kept on this device.
    AwaitReply {
        /// Which.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// The moment, in the future; nothing: not any more.
        by: Option<Timestamp>,
    },
    /// Shows a notification and plays its sound, looking at each hop of their way. Answer: [`Reply::NoticeTest`].
    TestNotices,
    /// Marks a conversation as read, as a notification offers it: all of it up to a message.
    MarkRead {
        /// Which.
        place: Place,
    },
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl std::fmt::Debug for Request {
    /// Only the request's name: the rest is content or secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Request {
    /// The request's name, for logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::SignOut { .. } => "sign_out",
            Self::Unlock { .. } => "unlock",
            Self::Lock => "lock",
            Self::SetLockCode { .. } => "set_lock_code",
            Self::Reopen => "reopen",
            Self::StartAnew => "start_anew",
            Self::Send { .. } => "send",
            Self::CheckMessage { .. } => "check_message",
            Self::Retry { .. } => "retry",
            Self::Discard { .. } => "discard",
            Self::EditMessage { .. } => "edit_message",
            Self::RetractMessage { .. } => "retract_message",
            Self::React { .. } => "react",
            Self::RetryChange { .. } => "retry_change",
            Self::DiscardChange { .. } => "discard_change",
            Self::Versions { .. } => "versions",
            Self::SetUp { .. } => "set_up",
            Self::MessageDetails { .. } => "message_details",
            Self::SaveEdit { .. } => "save_edit",
            Self::SaveDraft { .. } => "save_draft",
            Self::Typing { .. } => "typing",
            Self::InView { .. } => "in_view",
            Self::OpenRoom { .. } => "open_room",
            Self::RefreshPeople => "refresh_people",
            Self::TryNow => "try_now",
            Self::MoveWindow { .. } => "move_window",
            Self::FetchAround { .. } => "fetch_around",
            Self::KeepSearch { .. } => "keep_search",
            Self::ForgetSearches => "forget_searches",
            Self::Preferences => "preferences",
            Self::SavePreferences { .. } => "save_preferences",
            Self::Outreach => "outreach",
            Self::SaveOutreach { .. } => "save_outreach",
            Self::ChangeContact { .. } => "change_contact",
            Self::Alerts { .. } => "alerts",
            Self::ReadAlerts { .. } => "read_alerts",
            Self::AddQuickReply { .. } => "add_quick_reply",
            Self::EditQuickReply { .. } => "edit_quick_reply",
            Self::RemoveQuickReply { .. } => "remove_quick_reply",
            Self::MoveQuickReply { .. } => "move_quick_reply",
            Self::NextOpening => "next_opening",
            Self::Export { .. } => "export",
            Self::ExportProgress { .. } => "export_progress",
            Self::CancelExport => "cancel_export",
            Self::CheckFile { .. } => "check_file",
            Self::SaveSettings { .. } => "save_settings",
            Self::Pause { .. } => "pause",
            Self::MarkRead { .. } => "mark_read",
            Self::TestNotices => "test_notices",
            Self::AwaitReply { .. } => "await_reply",
        }
    }
}

/// The answer to a [`Request`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// It is done.
    Done,
    /// The message is stored on this device and will be sent.
    Queued {
        /// Its id until the server gives it one, and its key in the timeline.
        client_id: ClientId,
    },
    /// The draft is on this device's disk.
    DraftKept {
        /// The number of the last draft that has arrived from another device: all up to it are either what was kept or
        /// offered beside it.
        seen: u64,
    },
    /// The room asked for.
    Room {
        /// Which.
        #[serde(with = "as_string")]
        room_id: RoomId,
    },
    /// What one's account wishes.
    Preferences {
        /// All of them.
        preferences: Preferences,
    },
    /// How one is reached outside the app.
    Outreach {
        /// Wishes, addresses, and what the clinic sends by.
        outreach: Outreach,
    },
    /// One's own alerts.
    Alerts {
        /// A page of them.
        alerts: AlertsView,
    },
    /// What a message's text was and is, oldest first; none of a message that was taken back.
    Versions {
        /// Its texts.
        versions: Vec<VersionView>,
    },
    /// When the clinic opens next.
    Opening {
        /// None if the clinic has not named its hours.
        opening: Option<OpeningView>,
    },
    /// What became of a notification on its way.
    NoticeTest {
        /// In the order of the way; those of the desktop are added by the shell.
        hops: Vec<HopView>,
    },
    /// What was noticed in a text; mostly nothing.
    Warnings {
        /// The gravest first.
        warnings: Vec<Warning>,
    },
    /// How far an export is.
    Export {
        /// Its number and where it stands.
        progress: ExportProgress,
    },
    /// What is true of a file.
    Checked {
        /// Which, and what.
        checked: FileVerdict,
    },
    /// The person chose no file: nothing was done.
    NotChosen,
    /// When each thing happened to a message.
    Details {
        /// What is known.
        details: MessageDetails,
    },
}

/// Why a request failed. The UI has a Fluent message per code; nothing here is shown raw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum IpcError {
    /// User name or password is wrong.
    #[error("wrong credentials")]
    WrongCredentials,
    /// Too many attempts.
    #[error("too many attempts")]
    TooManyAttempts {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// The address is not one a Bedside server can have (`http://` beyond this machine included).
    #[error("invalid server address")]
    InvalidServer,
    /// Nothing answers there.
    #[error("server unreachable")]
    Unreachable,
    /// Something answers, but it is no Bedside server.
    #[error("not a Bedside server")]
    NotBedside,
    /// The server's certificate is not trusted.
    #[error("certificate not trusted")]
    Certificate,
    /// The server speaks another protocol version.
    #[error("incompatible version")]
    Incompatible,
    /// This profile belongs to another account; sign out of it first.
    #[error("profile belongs to another account")]
    OtherAccount,
    /// An administrator's account, which has no conversations; nothing was kept.
    #[error("an administrator has no conversations")]
    AdministratorAccount,
    /// No keychain here: a passphrase is needed to protect the cache.
    #[error("passphrase needed")]
    PassphraseNeeded,
    /// The passphrase does not open the cache.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// There is nothing that could open it again: a code is to be set first.
    #[error("no lock code")]
    NoLockCode,
    /// The code is too short or too long.
    #[error("not a lock code")]
    BadLockCode,
    /// The cache cannot be opened; it has been left as it is.
    #[error("cache cannot be opened")]
    CacheUnreadable,
    /// The cache was written by a newer version of the app.
    #[error("cache is newer than this app")]
    CacheNewer,
    /// Another program has the cache open.
    #[error("cache is in use")]
    CacheInUse,
    /// The disk is full or not writable: nothing was stored.
    #[error("cannot write to disk")]
    Disk,
    /// Messages are still waiting.
    #[error("unsent messages")]
    UnsentMessages {
        /// How many.
        count: u32,
    },
    /// The message is empty.
    #[error("empty message")]
    EmptyMessage,
    /// The message is too long.
    #[error("message too long")]
    MessageTooLong {
        /// Characters it has.
        chars: u32,
        /// Characters allowed.
        max: u32,
    },
    /// Not exactly one emoji.
    #[error("not an emoji")]
    NotAnEmoji,
    /// The message cannot be changed: it was taken back, is somebody else's, or the conversation is over.
    #[error("cannot be changed")]
    NotChangeable,
    /// The server may already have it.
    #[error("cannot be discarded any more")]
    NotDiscardable,
    /// Not signed in, or the cache is locked.
    #[error("not signed in")]
    NotSignedIn,
    /// This needs a connection.
    #[error("offline")]
    Offline,
    /// No such room, message or subscription.
    #[error("not found")]
    NotFound,
    /// The server refused.
    #[error("refused by the server")]
    Refused {
        /// Its code.
        code: crate::ErrorCode,
    },
    /// The request could not be read.
    #[error("malformed request")]
    Malformed,
    /// Our fault; the log knows more.
    #[error("internal error")]
    Internal,
}

/// A place in a conversation, as a notification's click or a search result names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The conversation.
    #[serde(with = "as_string")]
    pub room_id: RoomId,
    /// The message, if a particular one is meant.
    #[serde(with = "as_string::option")]
    pub message_id: Option<MessageId>,
}
