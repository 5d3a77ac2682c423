//! The ground a test's server stands on: the embedded store in a folder or, with `BEDSIDE_TEST_STORE=postgres`, a database
//! of a shared cluster.

mod exporting;
mod notifying;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

use anyhow::{Result, bail};
use async_trait::async_trait;
use bedside_protocol::wire::{
    Account, ChatList, Clinic, Drafts, LinkedPerson, MessageVersion, MessagesPage, Preferences, QuickReplies,
    Receipt, Room, SearchAnswer,
};
use bedside_protocol::{AccountId, Cursor, MessageId, RoomId, Timestamp};
use bedside_runtime::Runtime;
use bedside_server::store::model::NotDemo;
use bedside_server::store::postgres::{Durability, PgOptions, PgStore};
use bedside_server::store::sqlite::{SqliteStore, StoreOptions};
use bedside_server::store::*;
use bedside_testservices::shared_database;
use tokio::sync::watch;

/// Where a database is that outlives the stores opened on it.
#[derive(Clone, Debug)]
pub enum Place {
    /// The embedded one.
    Folder(PathBuf),
    /// One that servers share, by its address.
    Database(String),
}

impl Place {
    /// An empty one, of the kind that `BEDSIDE_TEST_STORE` names; the folder is for the embedded kind.
    ///
    /// # Errors
    /// When it names another kind, or PostgreSQL cannot be started.
    pub fn of_the_day(folder: PathBuf) -> Result<Self> {
        match std::env::var("BEDSIDE_TEST_STORE").as_deref() {
            Ok("postgres") => Ok(Place::Database(shared_database()?)),
            Ok("sqlite") | Err(_) => Ok(Place::Folder(folder)),
            Ok(other) => bail!("BEDSIDE_TEST_STORE is sqlite or postgres, not {other}"),
        }
    }
}

/// A store whose calls a paused clock waits for, and which counts how often it is asked for its health and may be told
/// to answer as one that does not commit.
pub struct Ground {
    store: SharedStore,
    pings: AtomicU64,
    commits: watch::Sender<bool>,
}

impl Ground {
    /// Opens the store of a place.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(runtime: &Runtime, place: &Place) -> Result<Arc<Self>> {
        let store: SharedStore = match place {
            Place::Folder(folder) => {
                Arc::new(SqliteStore::open(runtime.clone(), folder, &StoreOptions::default())?)
            }
            Place::Database(address) => Arc::new(postgres(runtime, address).await?),
        };
        Ok(Arc::new(Ground { store, pings: AtomicU64::new(0), commits: watch::Sender::new(true) }))
    }

    /// How often it was asked for its health.
    #[must_use]
    pub fn pings(&self) -> u64 {
        self.pings.load(Ordering::Relaxed)
    }

    /// From now on messages and pings that are to be committed wait.
    pub fn stop_committing(&self) {
        self.commits.send_replace(false);
    }

    /// What waits is committed.
    pub fn commit_again(&self) {
        self.commits.send_replace(true);
    }

    async fn until_it_commits(&self) {
        if *self.commits.borrow() {
            return; // Waiting for what is so already may let others pass.
        }
        let _ = self.commits.subscribe().wait_for(|commits| *commits).await; // It lives as long as this.
    }
}

async fn postgres(runtime: &Runtime, address: &str) -> Result<PgStore> {
    let options = PgOptions {
        connections: 6,
        connect_within: None,
        durability: Durability::Whatever,
        ..PgOptions::new(address.to_owned().into())
    };
    let _held = hold();
    Ok(PgStore::open(runtime.clone(), &options).await?)
}

/// Tokio's paused clock jumps ahead when nothing is left to do but to wait for a network, yet not while a blocking task
/// runs: this one does until it is dropped.
#[expect(clippy::disallowed_methods, reason = "only tokio's own blocking tasks hold its clock")]
fn hold() -> Sender<()> {
    let (held, until_dropped) = channel::<()>();
    tokio::task::spawn_blocking(move || until_dropped.recv());
    held
}

macro_rules! ground {
    ($(fn $name:ident($($arg:ident: $kind:ty),*) -> $out:ty;)*) => {
        #[async_trait]
        impl Store for Ground {
            fn facts(&self) -> &StoreFacts {
                self.store.facts()
            }

            fn gauges(&self) -> StoreGauges {
                self.store.gauges()
            }

            async fn ping(&self) -> std::result::Result<(), StoreError> {
                self.pings.fetch_add(1, Ordering::Relaxed);
                let _held = hold();
                self.store.ping().await
            }

            async fn ping_writes(&self) -> std::result::Result<(), StoreError> {
                self.until_it_commits().await;
                let _held = hold();
                self.store.ping_writes().await
            }

            async fn close(&self) {
                let _held = hold();
                self.store.close().await;
            }

            async fn send_message(
                &self,
                actor: Actor,
                command: SendCommand,
            ) -> std::result::Result<SendOutcome, StoreError> {
                self.until_it_commits().await;
                let _held = hold();
                self.store.send_message(actor, command).await
            }

            $(async fn $name(&self, $($arg: $kind),*) -> std::result::Result<$out, StoreError> {
                let _held = hold();
                self.store.$name($($arg),*).await
            })*
        }
    };
}

ground! {
    fn create_account(by: Option<Actor>, new: NewAccount) -> NewAccountOutcome;
    fn change_account(by: Option<Actor>, username: &str, change: AccountChange) -> AccountOutcome;
    fn link(by: Option<Actor>, patient: &str, practitioner: &str) -> LinkOutcome;
    fn end_link(by: Option<Actor>, patient: &str, practitioner: &str) -> EndLinkOutcome;
    fn credentials(username: &str) -> Option<Credentials>;
    fn login_wait(keys: &[String], now: Timestamp) -> Option<u64>;
    fn record_login(throttle: LoginThrottle, now: Timestamp) -> ();
    fn create_session(new: NewSession) -> Session;
    fn session(token: &TokenHash, now: Timestamp) -> Option<Session>;
    fn peek_session(token: &TokenHash, now: Timestamp) -> Option<Session>;
    fn end_session(actor: Actor, now: Timestamp) -> ();
    fn account(actor: Actor) -> Option<Account>;
    fn preferences(actor: Actor) -> Preferences;
    fn set_preferences(actor: Actor, wish: Preferences, now: Timestamp) -> ();
    fn acquaintances(actor: Actor) -> Acquaintances;
    fn note_seen(seen: Vec<(AccountId, Timestamp)>) -> ();
    fn has_accounts() -> bool;
    fn clinic() -> Clinic;
    fn set_clinic(by: Option<Actor>, change: ClinicChange) -> ClinicOutcome;
    fn people(actor: Actor) -> Vec<LinkedPerson>;
    fn open_room(actor: Actor, other: AccountId, now: Timestamp) -> OpenRoomOutcome;
    fn chat_list(actor: Actor, after_room: Option<RoomId>, limit: u32) -> ChatList;
    fn room(actor: Actor, room: RoomId) -> Option<Room>;
    fn messages(actor: Actor, room: RoomId, page: PageRequest) -> Option<MessagesPage>;
    fn unread(actor: Actor) -> i64;
    fn change_message(actor: Actor, command: ChangeCommand) -> ChangeOutcome;
    fn message_versions(actor: Actor, room: RoomId, message: MessageId) -> Option<Vec<MessageVersion>>;
    fn set_flags(actor: Actor, command: FlagsCommand) -> FlagsOutcome;
    fn put_draft(actor: Actor, command: PutDraftCommand) -> PutDraftOutcome;
    fn drafts(actor: Actor, after_room: Option<RoomId>) -> Drafts;
    fn withdraw_drafts(actor: Actor) -> Drafts;
    fn mark_read(actor: Actor, command: ReadCommand) -> ReadOutcome;
    fn quick_replies(actor: Actor) -> Option<QuickReplies>;
    fn change_quick_replies(by: Option<Actor>, command: QuickReplyCommand) -> QuickReplyOutcome;
    fn mark_delivered(actor: Actor, command: ReadCommand) -> ReadOutcome;
    fn receipts(actor: Actor, room: RoomId, message: MessageId) -> Option<Vec<Receipt>>;
    fn feed_head(account: AccountId) -> Cursor;
    fn feed(actor: Actor, after: Cursor, limit: u32) -> FeedSlice;
    fn greet(token: &TokenHash, after: Option<Cursor>, now: Timestamp) -> Option<Greeting>;
    fn fill_demo(plan: DemoPlan, progress: DemoProgress) -> std::result::Result<(), NotDemo>;
    fn begin_epoch() -> ();
    fn prune(now: Timestamp) -> u64;
    fn seal_audit(now: Timestamp) -> u64;
    fn search(actor: Actor, request: SearchRequest) -> Option<SearchAnswer>;
    fn index_messages(after: RoomId) -> IndexStep;
}
