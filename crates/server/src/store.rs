//! What the server asks of a database: whole use cases, never a transaction handed out.
//!
//! Every method that an account causes takes an [`Actor`], authorises through [`crate::access::can`] inside its own
//! transaction, writes its audit row there, and answers only after COMMIT returned with full durability. One
//! contract suite (`tests/store_contract/`) runs on every implementation. SQL lives below this module only.

mod common;
pub mod copy;
pub mod exporting;
pub mod gauges;
pub mod model;
pub mod notifying;
pub mod postgres;
pub mod sqlite;
pub(crate) mod username;

use std::sync::Arc;

use async_trait::async_trait;
use bedside_protocol::wire::{
    Account, ChatList, Clinic, Drafts, LinkedPerson, MessageVersion, MessagesPage, Preferences, QuickReplies,
    Receipt, Room, SearchAnswer,
};
use bedside_protocol::{AccountId, Cursor, MessageId, RoomId, Timestamp};

pub use common::migration::Unfit;
pub use gauges::{PoolGauges, StoreGauges, WriterGauges};
pub use model::{
    AccountChange, AccountOutcome, Acquaintance, Acquaintances, Actor, ChangeCommand, ChangeOutcome,
    ClinicChange, ClinicOutcome, Credentials, Delivery, DemoPlan, DemoProgress, EndLinkOutcome, FactsChange,
    FeedSlice, FlagsCommand, FlagsOutcome, Greeting, IndexStep, LinkOutcome, LoginThrottle, NewAccount,
    NewAccountOutcome, NewSession, OpenRoomOutcome, PageRequest, PutDraftCommand, PutDraftOutcome,
    QuickReplyChange, QuickReplyCommand, QuickReplyOutcome, ReadCommand, ReadOutcome, SearchRequest,
    SendCommand, SendOutcome, Session, SessionKind, StoreFacts, TokenHash,
};

pub use exporting::{ExportOutcome, ExportPlace, ExportStart, Exporting};
pub use notifying::{
    CodeHash, ContactChange, ContactOutcome, DecideLimits, Decided, Dispatch, DispatchLine, Ended, Lease,
    NewNotification, NotifyOutcome, Notifying, OutreachGauges, Taken, There, Which,
};

/// A store that cannot answer; what a caller may treat differently is in outcomes, not here.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("the database failed: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database is not there, is starting, or has changed places: to be tried again.
    #[error("the database cannot be reached: {0}")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It can be read and not written for the moment: another program holds it, such as a copy to PostgreSQL.
    #[error("the database can only be read for the moment")]
    ReadOnly,
    /// It is served elsewhere from now on; nothing is written here any more.
    #[error("the clinic has moved to PostgreSQL")]
    Moved,
    /// The disk is full or not writable.
    #[error("the disk is full or not writable")]
    Disk,
    /// The store is shutting down.
    #[error("the store is closing")]
    Closing,
    /// The database holds something this build cannot read.
    #[error("the database holds an unreadable value: {0}")]
    Corrupt(&'static str),
}

impl StoreError {
    /// The same, for one more of those whose work it has ended.
    pub(crate) fn for_another(&self) -> Self {
        match self {
            Self::Database(error) => Self::Database(error.to_string().into()),
            Self::Unreachable(error) => Self::Unreachable(error.to_string().into()),
            Self::ReadOnly => Self::ReadOnly,
            Self::Moved => Self::Moved,
            Self::Disk => Self::Disk,
            Self::Closing => Self::Closing,
            Self::Corrupt(what) => Self::Corrupt(what),
        }
    }
}

/// A shared store.
pub type SharedStore = Arc<dyn Store>;

/// The server's database.
#[async_trait]
pub trait Store: Notifying + Exporting {
    /// Facts fixed for the life of the process: epoch, demo mark.
    fn facts(&self) -> &StoreFacts;

    // Accounts and sessions.

    /// Makes an account. `by` is `None` for the command line.
    async fn create_account(
        &self,
        by: Option<Actor>,
        new: NewAccount,
    ) -> Result<NewAccountOutcome, StoreError>;
    /// Disables, enables, gives another password to, signs out an account or notes something of its person, by user
    /// name. A server's live sockets of one that is out end with their next look at their session.
    async fn change_account(
        &self,
        by: Option<Actor>,
        username: &str,
        change: AccountChange,
    ) -> Result<AccountOutcome, StoreError>;
    /// Links a patient with a practitioner, by user name; idempotent. Feeds both sides a `person` event.
    async fn link(
        &self,
        by: Option<Actor>,
        patient: &str,
        practitioner: &str,
    ) -> Result<LinkOutcome, StoreError>;
    /// Ends a link: both keep reading their room, neither writes to it. Feeds both sides a `room` event, or `gone` if
    /// they have no room.
    async fn end_link(
        &self,
        by: Option<Actor>,
        patient: &str,
        practitioner: &str,
    ) -> Result<EndLinkOutcome, StoreError>;
    /// What signing in as this user needs; `None` for an unknown one. Case does not matter.
    async fn credentials(&self, username: &str) -> Result<Option<Credentials>, StoreError>;
    /// Whether any of these keys (account, address) must wait, at `now`; the wait in milliseconds.
    async fn login_wait(&self, keys: &[String], now: Timestamp) -> Result<Option<u64>, StoreError>;
    /// Records a failed or successful sign-in for these keys; success clears those it names.
    async fn record_login(&self, throttle: LoginThrottle, now: Timestamp) -> Result<(), StoreError>;
    /// Makes a session (and its device, unless one of the account's own is continued).
    async fn create_session(&self, new: NewSession) -> Result<Session, StoreError>;
    /// The live session of a token, with its sliding expiry moved (written at most once a minute).
    async fn session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// The same without moving anything: for looks that nobody's hand is behind.
    async fn peek_session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// Ends a session.
    async fn end_session(&self, actor: Actor, now: Timestamp) -> Result<(), StoreError>;
    /// One's own account.
    async fn account(&self, actor: Actor) -> Result<Option<Account>, StoreError>;
    /// What one's own account wishes.
    async fn preferences(&self, actor: Actor) -> Result<Preferences, StoreError>;
    /// Keeps what one's own account wishes. Who hides their presence is forgotten to have been seen.
    async fn set_preferences(
        &self,
        actor: Actor,
        wish: Preferences,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Everyone the actor has a room with that both write in: those who may know of each other whether they are there.
    async fn acquaintances(&self, actor: Actor) -> Result<Acquaintances, StoreError>;
    /// Notes when accounts were last seen, each never earlier than before; not told to anybody as being durable.
    async fn note_seen(&self, seen: Vec<(AccountId, Timestamp)>) -> Result<(), StoreError>;
    /// Whether there is any account (an empty production server says so in its log).
    async fn has_accounts(&self) -> Result<bool, StoreError>;

    /// What the clinic says of itself.
    async fn clinic(&self) -> Result<Clinic, StoreError>;
    /// Changes what the clinic says of itself. Apps learn of it when they next connect.
    async fn set_clinic(&self, by: Option<Actor>, change: ClinicChange) -> Result<ClinicOutcome, StoreError>;

    // Conversations.

    /// Everyone the actor is linked with, by name.
    async fn people(&self, actor: Actor) -> Result<Vec<LinkedPerson>, StoreError>;
    /// Gets or makes the room with a linked person.
    async fn open_room(
        &self,
        actor: Actor,
        other: AccountId,
        now: Timestamp,
    ) -> Result<OpenRoomOutcome, StoreError>;
    /// A page of rooms by id and the feed position, in one read transaction.
    async fn chat_list(
        &self,
        actor: Actor,
        after_room: Option<RoomId>,
        limit: u32,
    ) -> Result<ChatList, StoreError>;
    /// One room, or `None` if missing or foreign.
    async fn room(&self, actor: Actor, room: RoomId) -> Result<Option<Room>, StoreError>;
    /// A page of messages, or `None` if the room is missing or foreign.
    async fn messages(
        &self,
        actor: Actor,
        room: RoomId,
        page: PageRequest,
    ) -> Result<Option<MessagesPage>, StoreError>;
    /// Unread messages over all rooms.
    async fn unread(&self, actor: Actor) -> Result<i64, StoreError>;
    /// Stores a message, feeds every member, audits; idempotent by `(account, client_id)`.
    async fn send_message(&self, actor: Actor, command: SendCommand) -> Result<SendOutcome, StoreError>;
    /// Changes a message, once per `client_id`; answered only when durable.
    async fn change_message(&self, actor: Actor, command: ChangeCommand)
    -> Result<ChangeOutcome, StoreError>;
    /// Messages of the actor's rooms that match; `None` if the room asked for may not be read. An administrator finds nothing.
    async fn search(&self, actor: Actor, request: SearchRequest) -> Result<Option<SearchAnswer>, StoreError>;
    /// What a message's text was and is, oldest first, none if it was taken back; `None` if the actor may not see it.
    async fn message_versions(
        &self,
        actor: Actor,
        room: RoomId,
        message: MessageId,
    ) -> Result<Option<Vec<MessageVersion>>, StoreError>;
    /// Pins, mutes, archives or marks a room unread for the actor alone; tells only the actor's own feed.
    async fn set_flags(&self, actor: Actor, command: FlagsCommand) -> Result<FlagsOutcome, StoreError>;
    /// Puts something into the actor's own register of a room, if no other device has since; tells the actor's own feed.
    async fn put_draft(&self, actor: Actor, command: PutDraftCommand) -> Result<PutDraftOutcome, StoreError>;
    /// A page of what the actor writes in rooms, by room.
    async fn drafts(&self, actor: Actor, after_room: Option<RoomId>) -> Result<Drafts, StoreError>;
    /// Takes out what the actor's device was the last to put in, of all rooms.
    async fn withdraw_drafts(&self, actor: Actor) -> Result<Drafts, StoreError>;
    /// Moves one's own read mark forward; merged by max. One that moves takes the "marked unread" away.
    async fn mark_read(&self, actor: Actor, command: ReadCommand) -> Result<ReadOutcome, StoreError>;
    /// Moves forward how far one's own devices have stored a room; merged by max, and nothing of it is read by that.
    async fn mark_delivered(&self, actor: Actor, command: ReadCommand) -> Result<ReadOutcome, StoreError>;
    /// How far a message has come with each other member, none of somebody else's; `None` if the actor may not see it.
    async fn receipts(
        &self,
        actor: Actor,
        room: RoomId,
        message: MessageId,
    ) -> Result<Option<Vec<Receipt>>, StoreError>;

    // Quick replies.

    /// The quick replies the actor may use; `None` for somebody who has none.
    async fn quick_replies(&self, actor: Actor) -> Result<Option<QuickReplies>, StoreError>;
    /// Changes the actor's own quick replies (an administrator's and the command line's are the clinic's), and tells
    /// everybody who has them through their feed; idempotent.
    async fn change_quick_replies(
        &self,
        by: Option<Actor>,
        command: QuickReplyCommand,
    ) -> Result<QuickReplyOutcome, StoreError>;

    // The feed.

    /// The account's newest feed place.
    async fn feed_head(&self, account: AccountId) -> Result<Cursor, StoreError>;
    /// Up to `limit` events after a cursor, bodies built now and through `can`.
    async fn feed(&self, actor: Actor, after: Cursor, limit: u32) -> Result<FeedSlice, StoreError>;
    /// What a connection begins with, read at once: the session of a token, left as it is, its account, its feed's newest
    /// place, and what came after a cursor if one is named. `None` without a live session.
    async fn greet(
        &self,
        token: &TokenHash,
        after: Option<Cursor>,
        now: Timestamp,
    ) -> Result<Option<Greeting>, StoreError>;

    // Running it.

    /// What it is doing at the moment.
    fn gauges(&self) -> StoreGauges;

    /// Fills a new database with a demo clinic; refused when real accounts exist.
    async fn fill_demo(
        &self,
        plan: DemoPlan,
        progress: DemoProgress,
    ) -> Result<Result<(), model::NotDemo>, StoreError>;
    /// Begins a new epoch, for a database that was put back from a backup; numbers jump, so that none is given twice.
    /// This store goes on under the old epoch: close it afterwards.
    async fn begin_epoch(&self) -> Result<(), StoreError>;
    /// Removes feed rows too far behind to be replayed, and sessions long over, a few at a time; how many there were.
    async fn prune(&self, now: Timestamp) -> Result<u64, StoreError>;
    /// Hashes the audit rows since the last seal into the chain; how many there were.
    async fn seal_audit(&self, now: Timestamp) -> Result<u64, StoreError>;
    /// Makes some messages findable that are not yet, of the next room behind `after` that has any.
    async fn index_messages(&self, after: RoomId) -> Result<IndexStep, StoreError>;
    /// A trivial read, for `/healthz`; never waits behind those that write.
    async fn ping(&self) -> Result<(), StoreError>;
    /// A commit as durable as a message's, of nothing that anybody sees, for `/healthz`; waits as long as one does.
    async fn ping_writes(&self) -> Result<(), StoreError>;
    /// Finishes what is queued and closes (checkpointing); nothing acknowledged is lost either way.
    async fn close(&self);
}
