//! The store for more than one machine: PostgreSQL, any number of servers on it.
//!
//! Each use case is one function of one file below, given a transaction; this file only says which of them writes and
//! which reads. Order of locks, for all of them: a link, a room, then feeds in order of their accounts.
//! A transaction that lost against another all the same is done again.

mod account_life;
mod accounts;
mod audit;
mod batches;
mod change;
mod clinic;
mod contacts;
pub(super) mod copy_target;
mod demo;
mod dispatches;
mod drafts;
mod epoch;
mod error;
mod exports;
mod feed;
mod flags;
mod gauges;
mod greet;
mod lanes;
mod links;
mod mark;
mod messages;
mod migrate;
mod notifications;
mod open;
mod outreach;
mod people;
mod ping;
mod presence;
mod prune;
mod quick_replies;
mod receipts;
mod relation;
mod room_life;
mod rooms;
mod seal;
mod search;
mod search_index;
mod send;
mod sessions;
mod target;
mod throttle;
mod tx;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use bedside_protocol::wire::{
    Account, ChatList, Clinic, Drafts, LinkedPerson, MessageVersion, MessagesPage, Preferences, QuickReplies,
    Receipt, Room, SearchAnswer,
};
use bedside_protocol::{AccountId, Cursor, MessageId, RoomId, Timestamp};
use bedside_runtime::Runtime;
use deadpool_postgres::Client;

use super::common::demo::chunks;
use super::common::mark::Mark;
use super::model::NotDemo;
use super::{
    AccountChange, AccountOutcome, Acquaintances, Actor, ChangeCommand, ChangeOutcome, ClinicChange,
    ClinicOutcome, Credentials, DemoPlan, DemoProgress, EndLinkOutcome, FeedSlice, FlagsCommand,
    FlagsOutcome, Greeting, IndexStep, LinkOutcome, LoginThrottle, NewAccount, NewAccountOutcome, NewSession,
    OpenRoomOutcome, PageRequest, PutDraftCommand, PutDraftOutcome, QuickReplyCommand, QuickReplyOutcome,
    ReadCommand, ReadOutcome, SearchRequest, SendCommand, SendOutcome, Session, Store, StoreError,
    StoreFacts, StoreGauges, There, TokenHash,
};
use batches::Pending;
use lanes::Lanes;
use open::Pools;
use tx::{Lent, Tx};

pub use migrate::MigrateError;
pub use open::{Durability, PgOpenError, PgOptions, Schema, connector};
pub use target::TargetError;

/// How often a transaction is done that loses against others.
const TRIES: u32 = 5;

/// A database that servers share. Clones share its pools.
#[derive(Clone)]
pub struct PgStore {
    inner: Arc<Inner>,
}

struct Inner {
    runtime: Runtime,
    pools: Pools,
    connect_within: Option<Duration>,
    lanes: Mutex<Lanes>,
    facts: StoreFacts,
    /// The same with the demo mark, from the moment this process has filled it.
    demo_facts: StoreFacts,
    demo: AtomicBool,
    /// Asked who has a live device.
    there: RwLock<There>,
}

/// Begins a transaction. A connection that died while nobody used it is noticed here, and another one taken.
macro_rules! begin {
    ($store:expr, $how:ident, $client:ident) => {{
        let mut left = TRIES;
        loop {
            $client = Lent::new($store.$how().await?, &$store.inner.runtime);
            match Tx::$how($client.client()?).await {
                Err(StoreError::Unreachable(_)) if left > 1 => left -= 1,
                begun => break begun?,
            }
        }
    }};
}

/// One use case in a transaction of its own, answered once that is durable.
macro_rules! writing {
    ($store:expr, |$tx:ident| $work:expr) => {{
        let mut left = TRIES;
        loop {
            let done = async {
                let mut client;
                let tx = begin!($store, to_write, client);
                let value = {
                    let $tx = &tx;
                    $work.await?
                };
                tx.commit().await?;
                client.give_back();
                Ok(value)
            };
            match done.await {
                Err(error) if left > 1 && error::is_worth_another_try(&error) => left -= 1,
                done => break done,
            }
        }
    }};
}

/// One use case that changes nothing, all of it seen at one moment.
macro_rules! reading {
    ($store:expr, |$tx:ident| $work:expr) => {{
        let mut client;
        let tx = begin!($store, to_read, client);
        let $tx = &tx;
        let value = $work.await?;
        tx.commit().await?;
        client.give_back();
        Ok(value)
    }};
}

/// One use case that is a single statement and changes nothing: beginning and ending a transaction around it would be
/// most of its cost.
macro_rules! asking {
    ($store:expr, |$tx:ident| $work:expr) => {
        without_transaction!($store, single, |$tx| $work)
    };
}

/// The same of several statements on one connection, of which a later one may see a newer moment than the first: for what
/// is a list of changes to begin with, and each of them as it is by now.
macro_rules! gathering {
    ($store:expr, |$tx:ident| $work:expr) => {
        without_transaction!($store, each, |$tx| $work)
    };
}

macro_rules! without_transaction {
    ($store:expr, $how:ident, |$tx:ident| $work:expr) => {{
        let mut left = TRIES;
        loop {
            let mut client = Lent::new($store.to_read().await?, &$store.inner.runtime);
            let answer = {
                let tx = Tx::$how(client.client()?);
                let $tx = &tx;
                $work.await
            };
            match answer {
                Err(StoreError::Unreachable(_)) if left > 1 => left -= 1, // It died while nobody used it.
                answer => {
                    client.give_back();
                    break answer;
                }
            }
        }
    }};
}

// After the macros that it is written with.
mod exporting;
mod notifying;

impl PgStore {
    /// Opens a database and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be reached, would be spoken to in the clear, may lose what it acknowledged, or is newer than this
    /// build.
    pub async fn open(runtime: Runtime, options: &PgOptions) -> Result<Self, PgOpenError> {
        let opened = open::open(&runtime, options).await?;
        let demo = AtomicBool::new(opened.facts.demo);
        let demo_facts = StoreFacts { demo: true, ..opened.facts.clone() };
        let (pools, facts, lanes) = (opened.pools, opened.facts, Mutex::default());
        let there = RwLock::default();
        let connect_within = options.connect_within;
        let inner = Inner { runtime, pools, connect_within, lanes, facts, demo_facts, demo, there };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Recomputes the chain of audit seals; false when any sealed row is not as it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_chain_holds(&self) -> Result<bool, StoreError> {
        reading!(self, |tx| seal::chain_holds(tx))
    }

    /// What becomes of each message, all of them in one transaction.
    async fn send_all(&self, messages: &[Pending]) -> Result<Vec<SendOutcome>, StoreError> {
        let there = self.there();
        writing!(self, |tx| send::send(tx, messages, &there))
    }

    /// Writes down that a session is used. It is done where others read: nobody waits for it to be durable.
    async fn use_session(
        &self,
        token: &TokenHash,
        used: Session,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let moved: Result<_, StoreError> = asking!(self, |tx| sessions::slide(tx, &used, now));
        if moved? { Ok(Some(used)) } else { self.peek_session(token, now).await }
    }

    /// A connection to write by.
    async fn to_write(&self) -> Result<Client, StoreError> {
        open::client(&self.inner.runtime, &self.inner.pools.writing, self.inner.connect_within).await
    }

    /// A connection to read by.
    async fn to_read(&self) -> Result<Client, StoreError> {
        open::client(&self.inner.runtime, &self.inner.pools.reading, self.inner.connect_within).await
    }
}

#[async_trait]
impl Store for PgStore {
    fn facts(&self) -> &StoreFacts {
        if self.inner.demo.load(Ordering::Acquire) { &self.inner.demo_facts } else { &self.inner.facts }
    }

    async fn create_account(
        &self,
        by: Option<Actor>,
        new: NewAccount,
    ) -> Result<NewAccountOutcome, StoreError> {
        writing!(self, |tx| accounts::create(tx, by, &new))
    }

    async fn change_account(
        &self,
        by: Option<Actor>,
        username: &str,
        change: AccountChange,
    ) -> Result<AccountOutcome, StoreError> {
        let now = self.inner.runtime.now();
        writing!(self, |tx| account_life::change(tx, by, username, &change, now))
    }

    async fn link(
        &self,
        by: Option<Actor>,
        patient: &str,
        practitioner: &str,
    ) -> Result<LinkOutcome, StoreError> {
        let now = self.inner.runtime.now();
        writing!(self, |tx| links::link(tx, by, patient, practitioner, now))
    }

    async fn end_link(
        &self,
        by: Option<Actor>,
        patient: &str,
        practitioner: &str,
    ) -> Result<EndLinkOutcome, StoreError> {
        let now = self.inner.runtime.now();
        writing!(self, |tx| links::end(tx, by, patient, practitioner, now))
    }

    async fn credentials(&self, username: &str) -> Result<Option<Credentials>, StoreError> {
        asking!(self, |tx| accounts::credentials(tx, username))
    }

    async fn login_wait(&self, keys: &[String], now: Timestamp) -> Result<Option<u64>, StoreError> {
        asking!(self, |tx| throttle::wait(tx, keys, now))
    }

    async fn record_login(&self, throttle: LoginThrottle, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, |tx| throttle::record(tx, &throttle, now))
    }

    async fn create_session(&self, new: NewSession) -> Result<Session, StoreError> {
        writing!(self, |tx| sessions::create(tx, &new))
    }

    async fn session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let found: Result<_, StoreError> = asking!(self, |tx| sessions::find(tx, token, now));
        match found? {
            sessions::Found::Live(session) => Ok(Some(session)),
            sessions::Found::None => Ok(None),
            sessions::Found::Due(session) => self.use_session(token, session, now).await,
            sessions::Found::Over => writing!(self, |tx| sessions::run_out(tx, token, now)),
        }
    }

    async fn peek_session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        asking!(self, |tx| sessions::peek(tx, token, now))
    }

    async fn end_session(&self, actor: Actor, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, |tx| sessions::end(tx, actor, now))
    }

    async fn account(&self, actor: Actor) -> Result<Option<Account>, StoreError> {
        asking!(self, |tx| accounts::own(tx, actor))
    }

    async fn preferences(&self, actor: Actor) -> Result<Preferences, StoreError> {
        asking!(self, |tx| presence::preferences(tx, actor))
    }

    async fn set_preferences(
        &self,
        actor: Actor,
        wish: Preferences,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, |tx| presence::set_preferences(tx, actor, wish, now))
    }

    async fn acquaintances(&self, actor: Actor) -> Result<Acquaintances, StoreError> {
        asking!(self, |tx| presence::acquaintances(tx, actor))
    }

    async fn note_seen(&self, seen: Vec<(AccountId, Timestamp)>) -> Result<(), StoreError> {
        writing!(self, |tx| presence::note_seen(tx, &seen))
    }

    async fn has_accounts(&self) -> Result<bool, StoreError> {
        asking!(self, |tx| accounts::any(tx))
    }

    async fn clinic(&self) -> Result<Clinic, StoreError> {
        asking!(self, |tx| clinic::clinic(tx))
    }

    async fn set_clinic(&self, by: Option<Actor>, change: ClinicChange) -> Result<ClinicOutcome, StoreError> {
        let now = self.inner.runtime.now();
        writing!(self, |tx| clinic::set(tx, by, change.clone(), now))
    }

    async fn people(&self, actor: Actor) -> Result<Vec<LinkedPerson>, StoreError> {
        reading!(self, |tx| people::linked(tx, actor))
    }

    async fn open_room(
        &self,
        actor: Actor,
        other: AccountId,
        now: Timestamp,
    ) -> Result<OpenRoomOutcome, StoreError> {
        writing!(self, |tx| room_life::open(tx, actor, other, now))
    }

    async fn chat_list(
        &self,
        actor: Actor,
        after_room: Option<RoomId>,
        limit: u32,
    ) -> Result<ChatList, StoreError> {
        let epoch = &self.inner.facts.epoch;
        reading!(self, |tx| rooms::list(tx, actor, after_room, limit, epoch.clone()))
    }

    async fn room(&self, actor: Actor, room: RoomId) -> Result<Option<Room>, StoreError> {
        reading!(self, |tx| rooms::one(tx, actor, room))
    }

    async fn messages(
        &self,
        actor: Actor,
        room: RoomId,
        page: PageRequest,
    ) -> Result<Option<MessagesPage>, StoreError> {
        reading!(self, |tx| messages::page(tx, actor, room, page))
    }

    async fn unread(&self, actor: Actor) -> Result<i64, StoreError> {
        asking!(self, |tx| rooms::unread_in_all(tx, actor))
    }

    async fn send_message(&self, actor: Actor, command: SendCommand) -> Result<SendOutcome, StoreError> {
        self.store_message(actor, command).await
    }

    async fn change_message(
        &self,
        actor: Actor,
        command: ChangeCommand,
    ) -> Result<ChangeOutcome, StoreError> {
        let _turn = self.turn(command.room_id).await?;
        writing!(self, |tx| change::change(tx, actor, &command))
    }

    async fn search(&self, actor: Actor, request: SearchRequest) -> Result<Option<SearchAnswer>, StoreError> {
        reading!(self, |tx| search::search(tx, actor, &request))
    }

    async fn message_versions(
        &self,
        actor: Actor,
        room: RoomId,
        message: MessageId,
    ) -> Result<Option<Vec<MessageVersion>>, StoreError> {
        reading!(self, |tx| change::versions(tx, actor, room, message))
    }

    async fn set_flags(&self, actor: Actor, command: FlagsCommand) -> Result<FlagsOutcome, StoreError> {
        let _turn = self.turn(command.room_id).await?;
        writing!(self, |tx| flags::set(tx, actor, command))
    }

    async fn put_draft(&self, actor: Actor, command: PutDraftCommand) -> Result<PutDraftOutcome, StoreError> {
        let _turn = self.turn(command.room_id).await?;
        writing!(self, |tx| drafts::put(tx, actor, &command))
    }

    async fn drafts(&self, actor: Actor, after_room: Option<RoomId>) -> Result<Drafts, StoreError> {
        asking!(self, |tx| drafts::list(tx, actor, after_room))
    }

    async fn withdraw_drafts(&self, actor: Actor) -> Result<Drafts, StoreError> {
        writing!(self, |tx| drafts::withdraw(tx, actor))
    }

    async fn mark_read(&self, actor: Actor, command: ReadCommand) -> Result<ReadOutcome, StoreError> {
        let _turn = self.turn(command.room_id).await?;
        writing!(self, |tx| mark::move_mark(tx, actor, Mark::Read, command))
    }

    async fn mark_delivered(&self, actor: Actor, command: ReadCommand) -> Result<ReadOutcome, StoreError> {
        let _turn = self.turn(command.room_id).await?;
        writing!(self, |tx| mark::move_mark(tx, actor, Mark::Delivered, command))
    }

    async fn receipts(
        &self,
        actor: Actor,
        room: RoomId,
        message: MessageId,
    ) -> Result<Option<Vec<Receipt>>, StoreError> {
        reading!(self, |tx| receipts::receipts(tx, actor, room, message))
    }

    async fn quick_replies(&self, actor: Actor) -> Result<Option<QuickReplies>, StoreError> {
        reading!(self, |tx| quick_replies::all(tx, actor))
    }

    async fn change_quick_replies(
        &self,
        by: Option<Actor>,
        command: QuickReplyCommand,
    ) -> Result<QuickReplyOutcome, StoreError> {
        writing!(self, |tx| quick_replies::change(tx, by, &command))
    }

    async fn feed_head(&self, account: AccountId) -> Result<Cursor, StoreError> {
        let feed_seq: Result<_, StoreError> = asking!(self, |tx| feed::head(tx, account));
        Ok(Cursor { epoch: self.inner.facts.epoch.clone(), feed_seq: feed_seq? })
    }

    async fn feed(&self, actor: Actor, after: Cursor, limit: u32) -> Result<FeedSlice, StoreError> {
        let epoch = &self.inner.facts.epoch;
        gathering!(self, |tx| feed::slice(tx, actor, epoch, &after, limit))
    }

    async fn greet(
        &self,
        token: &TokenHash,
        after: Option<Cursor>,
        now: Timestamp,
    ) -> Result<Option<Greeting>, StoreError> {
        let epoch = &self.inner.facts.epoch;
        gathering!(self, |tx| greet::greet(tx, epoch, token, after.as_ref(), now))
    }

    async fn fill_demo(
        &self,
        plan: DemoPlan,
        progress: DemoProgress,
    ) -> Result<Result<(), NotDemo>, StoreError> {
        let claimed: Result<_, StoreError> = writing!(self, |tx| demo::claim(tx));
        if !claimed? {
            return Ok(Err(NotDemo));
        }
        self.inner.demo.store(true, Ordering::Release);
        let total = u64::from(plan.pairs) + u64::from(plan.clinic);
        for rooms in chunks(&plan) {
            let written: Result<_, StoreError> =
                writing!(self, |tx| demo::write_rooms(tx, &plan, rooms.clone()));
            written?;
            progress(u64::from(rooms.end), total);
        }
        Ok(Ok(()))
    }

    async fn begin_epoch(&self) -> Result<(), StoreError> {
        let (epoch, now) = (epoch::fresh_epoch(&self.inner.runtime), self.inner.runtime.now());
        let jump = epoch::Jump::draw(&self.inner.runtime);
        writing!(self, |tx| epoch::begin(tx, &epoch, jump, now))
    }

    async fn prune(&self, now: Timestamp) -> Result<u64, StoreError> {
        let (mut place, mut removed) = (Some(prune::Place::default()), 0);
        while let Some(from) = place {
            let step: Result<prune::Step, StoreError> = writing!(self, |tx| prune::some(tx, from, now));
            let step = step?;
            (place, removed) = (step.next, removed + step.removed);
        }
        Ok(removed)
    }

    async fn seal_audit(&self, now: Timestamp) -> Result<u64, StoreError> {
        let bound: Result<_, StoreError> = writing!(self, |tx| seal::bound(tx));
        let bound = bound?;
        writing!(self, |tx| seal::seal(tx, bound, now))
    }

    async fn index_messages(&self, after: RoomId) -> Result<IndexStep, StoreError> {
        let found: Result<_, StoreError> = asking!(self, |tx| search_index::due(tx, after));
        let (due, step) = found?;
        if !step.worked {
            return Ok(step);
        }
        let more: Result<bool, StoreError> = writing!(self, |tx| search_index::index(tx, &due));
        Ok(IndexStep { more: more?, ..step })
    }

    fn gauges(&self) -> StoreGauges {
        let pools = &self.inner.pools;
        let in_lines = self.lanes().waiting();
        gauges::of(in_lines, &[("writing", &pools.writing), ("reading", &pools.reading)])
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let answered: Result<_, StoreError> = asking!(self, |tx| tx.one("SELECT 1", &[]));
        answered.map(drop)
    }

    async fn ping_writes(&self) -> Result<(), StoreError> {
        writing!(self, |tx| ping::write(tx))
    }

    /// Closed pools lend no connection; what is under way ends with its own.
    async fn close(&self) {
        self.inner.pools.close();
    }
}
