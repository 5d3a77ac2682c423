//! What the server asks of a database for reaching people who are not there: alerts, addresses, and what is sent outside.
//!
//! A part of [`super::Store`], with the same rules. Nothing here holds or returns the text of a message.

use std::sync::Arc;

use async_trait::async_trait;
use bedside_core::outreach::Send as Told;
use bedside_protocol::wire::{Channel, Contact, MarkNotifications, Notifications, OutreachWishes, Role};
use bedside_protocol::{AccountId, ClientId, NotificationId, RoomId, Timestamp};
use uuid::Uuid;

use super::{Actor, StoreError};

/// Who has a live device, as far as this server knows; asked while a message is stored, so it must never wait.
#[derive(Clone)]
pub struct There(Arc<dyn Fn(AccountId) -> bool + Send + Sync>);

impl There {
    /// Asked of this.
    pub fn by(ask: impl Fn(AccountId) -> bool + Send + Sync + 'static) -> Self {
        There(Arc::new(ask))
    }

    /// Whether this account has one.
    #[must_use]
    pub fn is(&self, account: AccountId) -> bool {
        (self.0)(account)
    }
}

impl Default for There {
    /// Nobody.
    fn default() -> Self {
        There::by(|_| false)
    }
}

impl std::fmt::Debug for There {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("There")
    }
}

/// What the main platform tells somebody.
#[derive(Clone)]
pub struct NewNotification {
    /// A patient or a practitioner.
    pub role: Role,
    /// Their number within the role.
    pub role_no: i64,
    /// What it is called.
    pub title: String,
    /// What it says; shown in the app alone.
    pub message: String,
    /// Where it leads.
    pub url: String,
    /// Whether it may disturb.
    pub urgent: bool,
    /// Names it for ever.
    pub client_id: ClientId,
    /// When.
    pub now: Timestamp,
}

impl std::fmt::Debug for NewNotification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewNotification").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// What became of a [`NewNotification`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotifyOutcome {
    /// Stored now, or before under the same id with the same words.
    Stored(NotificationId),
    /// The id was used for something else; nothing changed.
    ClientIdReused,
    /// There is no such person.
    NoSuchPerson,
    /// Only an administrator may.
    Forbidden,
}

/// What is to become of one of the actor's own addresses.
#[derive(Clone)]
pub enum ContactChange {
    /// Waits for a code.
    Add {
        /// Checked and in its usual form.
        address: String,
        /// SHA-256 of account, channel, address and code.
        code_hash: [u8; 32],
        /// What the link that stops it will carry, should there be none yet.
        stop_token: String,
    },
    /// A code was typed, with which this is its hash for an address.
    Confirm(CodeHash),
    /// Nothing more is sent there.
    Stop,
    /// It is used again.
    Resume,
    /// It is forgotten.
    Remove,
}

type Hash = dyn Fn(&str) -> [u8; 32] + Send + Sync;

/// Makes the hash that a typed code has for an address.
#[derive(Clone)]
pub struct CodeHash(Arc<Hash>);

impl CodeHash {
    /// By this.
    pub fn by(hash: impl Fn(&str) -> [u8; 32] + Send + Sync + 'static) -> Self {
        CodeHash(Arc::new(hash))
    }

    pub(super) fn of(&self, address: &str) -> [u8; 32] {
        (self.0)(address)
    }
}

/// What became of a [`ContactChange`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactOutcome {
    /// Done.
    Done,
    /// There is no such address.
    NotFound,
    /// The code is wrong, too old, or was tried too often.
    WrongCode,
    /// Too many codes were asked for: again after so many milliseconds.
    Wait(u64),
}

/// What is given with a decision, and what bounds it.
#[derive(Clone, Debug)]
pub struct DecideLimits {
    /// How many conversations or notifications are looked at.
    pub at_once: u32,
    /// E-mails to one person in a day; 0 where there is nothing to send e-mail by.
    pub email_cap: u32,
    /// The same of SMS.
    pub sms_cap: u32,
    /// What this server sends by.
    pub channels: Vec<Channel>,
    /// Names for what will be sent: two for each that is looked at.
    pub keys: Vec<Uuid>,
    /// When.
    pub now: Timestamp,
}

/// What deciding came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// How many were looked at.
    pub looked_at: u32,
    /// What is to be sent by that.
    pub sends: Vec<Told>,
}

/// A worker's claim on what it takes.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    /// Its mark.
    pub mark: i64,
    /// Until when nobody else takes it.
    pub until: Timestamp,
    /// When it is taken.
    pub now: Timestamp,
}

/// Something to be sent, taken by a worker.
#[derive(Clone)]
pub struct Dispatch {
    /// Its row.
    pub id: i64,
    /// Its name outside, the same however often it is tried.
    pub key: Uuid,
    /// By what.
    pub channel: Channel,
    /// Where to.
    pub address: String,
    /// Whose language it is written in (BCP 47), if that is known.
    pub language: Option<String>,
    /// What the link that stops it carries.
    pub stop_token: String,
    /// It says that something urgent waits.
    pub urgent: bool,
    /// The conversation that it leads to; none for a notification of the platform.
    pub room: Option<RoomId>,
    /// The how-manieth try this is, from 1.
    pub tries: u32,
    /// When it was decided on.
    pub since: Timestamp,
}

impl std::fmt::Debug for Dispatch {
    /// Never an address or a token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dispatch")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

/// What a worker has taken.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// To be sent.
    pub dispatches: Vec<Dispatch>,
    /// Withdrawn instead: read meanwhile, stopped, or nowhere to send it any more.
    pub withdrawn: u64,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The gateway has it.
    Sent {
        /// What the gateway calls it.
        gateway_id: Option<String>,
    },
    /// To be tried again.
    Again {
        /// When.
        at: Timestamp,
        /// Why, a word.
        problem: String,
    },
    /// Given up.
    Failed {
        /// Why, a word.
        problem: String,
        /// Whether the address is not to be used any more.
        stop: bool,
    },
}

/// Which dispatches an administrator looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The newest, whatever became of them.
    All,
    /// Those that were given up.
    Failed,
}

/// A line of the administrator's log; never an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchLine {
    /// Its number.
    pub id: i64,
    /// Whose, by the name they sign in with.
    pub username: String,
    /// By what.
    pub channel: Channel,
    /// It said that something urgent waits.
    pub urgent: bool,
    /// `waiting`, `sent`, `failed` or `withdrawn`.
    pub state: String,
    /// How often it was tried.
    pub tries: u32,
    /// Why the last try failed.
    pub problem: Option<String>,
    /// What the gateway calls it.
    pub gateway_id: Option<String>,
    /// When it was decided on.
    pub created_at: Timestamp,
    /// When it was sent, given up or withdrawn.
    pub finished_at: Option<Timestamp>,
}

/// How much waits, for `/metrics`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutreachGauges {
    /// Conversations and notifications that somebody will look at; counted up to 10,000.
    pub checks: i64,
    /// To be sent, or tried again; counted up to 10,000.
    pub waiting: i64,
    /// Given up and not retried; counted up to 10,000.
    pub failed: i64,
}

/// Alerts, addresses, and what is sent outside.
#[async_trait]
pub trait Notifying: Send + Sync + 'static {
    /// Asks this who is there from now on; before it is told, nobody is.
    fn ask_who_is_there(&self, there: There);

    /// Stores a notification of the platform; idempotent by `(account, client_id)`. `by` is `None` inside the server.
    async fn create_notification(
        &self,
        by: Option<Actor>,
        new: NewNotification,
    ) -> Result<NotifyOutcome, StoreError>;
    /// The actor's alerts, newest first, those before one if it is named.
    async fn notifications(
        &self,
        actor: Actor,
        before: Option<NotificationId>,
        limit: u32,
    ) -> Result<Notifications, StoreError>;
    /// Marks alerts of the actor's own as read; how many were not yet.
    async fn mark_notifications(
        &self,
        actor: Actor,
        which: MarkNotifications,
        now: Timestamp,
    ) -> Result<u64, StoreError>;

    /// How the actor wishes to be reached, and their addresses.
    async fn outreach(&self, actor: Actor) -> Result<(OutreachWishes, Vec<Contact>), StoreError>;
    /// Keeps how the actor wishes to be reached.
    async fn set_outreach_wishes(
        &self,
        actor: Actor,
        wishes: OutreachWishes,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Changes one of the actor's own addresses.
    async fn change_contact(
        &self,
        actor: Actor,
        channel: Channel,
        change: ContactChange,
        now: Timestamp,
    ) -> Result<ContactOutcome, StoreError>;
    /// Stops the address that a link's token names; whether there is one.
    async fn stop_by_token(&self, token: &str, now: Timestamp) -> Result<bool, StoreError>;
    /// Stops or resumes SMS to a number, whoever's it is; how many accounts that concerns.
    async fn stop_by_sms(&self, number: &str, stop: bool, now: Timestamp) -> Result<u64, StoreError>;

    /// Looks at what is due and decides, each in the transaction that takes it away or puts it off. Several servers never
    /// decide on the same at once, and none waits for another or for somebody who sends.
    async fn decide_outreach(&self, limits: DecideLimits) -> Result<Decided, StoreError>;
    /// Takes what is to be sent now by a channel, the urgent first, at most `limit`; what was read meanwhile is withdrawn
    /// instead.
    async fn take_dispatches(&self, channel: Channel, lease: Lease, limit: u32) -> Result<Taken, StoreError>;
    /// Keeps how a try ended; false if the lease had run out and another has it.
    async fn end_dispatch(
        &self,
        id: i64,
        lease: i64,
        ended: Ended,
        now: Timestamp,
    ) -> Result<bool, StoreError>;
    /// The administrator's log, newest first.
    async fn dispatches(
        &self,
        by: Option<Actor>,
        which: Which,
        limit: u32,
    ) -> Result<Vec<DispatchLine>, StoreError>;
    /// Has one that was given up tried again, or all of them; how many.
    async fn retry_dispatches(
        &self,
        by: Option<Actor>,
        id: Option<i64>,
        now: Timestamp,
    ) -> Result<u64, StoreError>;
    /// How much waits.
    async fn outreach_gauges(&self) -> Result<OutreachGauges, StoreError>;
}
