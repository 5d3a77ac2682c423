//! The embedded store: rusqlite, one writer with group commit, read-only readers.
//!
//! Owns the data folder while it is open. Each use case is one function of one file below, given a connection that
//! is inside a transaction already; this file only says which of them writes and which reads.

mod accounts;
mod audit;
mod demo;
mod epoch;
mod error;
mod feed;
mod links;
mod mark;
mod messages;
mod migrate;
mod open;
mod people;
mod readers;
mod relation;
mod room_life;
mod rooms;
mod seal;
mod send;
mod sessions;
mod throttle;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use bedside_protocol::wire::{Account, ChatList, LinkedPerson, MessagesPage, Role, Room};
use bedside_protocol::{AccountId, Cursor, RoomId, Timestamp};
use bedside_runtime::Runtime;
use rusqlite::Connection;

use super::model::NotDemo;
use super::{
    Actor, Credentials, DemoPlan, DemoProgress, EndLinkOutcome, FeedSlice, LinkOutcome, LoginThrottle,
    NewAccount, NewAccountOutcome, NewSession, OpenRoomOutcome, PageRequest, ReadCommand, ReadOutcome,
    SendCommand, SendOutcome, Session, Store, StoreError, StoreFacts, TokenHash,
};

pub use migrate::MigrateError;
pub use open::{Company, OpenError, StoreOptions};
pub use writer::WriterStats;

use open::FolderLock;
use readers::Readers;
use writer::{Write, Writer};

/// The server's database in one folder. Clones share it.
#[derive(Clone)]
pub struct SqliteStore {
    inner: Arc<Inner>,
}

struct Inner {
    runtime: Runtime,
    writer: Writer,
    readers: Readers,
    facts: StoreFacts,
    /// The same with the demo mark, from the moment this process has filled it.
    demo_facts: StoreFacts,
    demo: AtomicBool,
    lock: FolderLock,
}

impl SqliteStore {
    /// Opens the database of a data folder, making both if missing, and brings its schema up to date. Blocks.
    ///
    /// # Errors
    /// When another process has the folder, the key or file is wrong, the schema is newer than this build, or
    /// durability cannot be guaranteed.
    pub fn open(runtime: Runtime, folder: &Path, options: &StoreOptions) -> Result<Self, OpenError> {
        let opened = open::open(&runtime, folder, options)?;
        let demo = opened.facts.demo;
        Ok(Self {
            inner: Arc::new(Inner {
                writer: Writer::start(&runtime, opened.writer),
                readers: Readers::new(opened.readers),
                demo_facts: StoreFacts { demo: true, ..opened.facts.clone() },
                facts: opened.facts,
                demo: AtomicBool::new(demo),
                lock: opened.lock,
                runtime,
            }),
        })
    }

    /// How often the writer has committed, and how many jobs that made durable.
    #[must_use]
    pub fn writer_stats(&self) -> WriterStats {
        self.inner.writer.stats()
    }

    /// Recomputes the chain of audit seals; false when any sealed row is not as it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_chain_holds(&self) -> Result<bool, StoreError> {
        self.read(seal::chain_holds).await
    }

    async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Write<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.inner.writer.write(work).await
    }

    async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.inner.readers.read(&self.inner.runtime, work).await
    }
}

#[async_trait]
impl Store for SqliteStore {
    fn facts(&self) -> &StoreFacts {
        if self.inner.demo.load(Ordering::Acquire) { &self.inner.demo_facts } else { &self.inner.facts }
    }

    async fn create_account(
        &self,
        by: Option<Actor>,
        new: NewAccount,
    ) -> Result<NewAccountOutcome, StoreError> {
        let demo = self.facts().demo;
        self.write(move |tx| accounts::create(tx, by, &new, demo)).await
    }

    async fn link(
        &self,
        by: Option<Actor>,
        patient: &str,
        practitioner: &str,
    ) -> Result<LinkOutcome, StoreError> {
        let (patient, practitioner) = (patient.to_owned(), practitioner.to_owned());
        let now = self.inner.runtime.now();
        self.write(move |tx| links::link(tx, by, &patient, &practitioner, now)).await
    }

    async fn end_link(
        &self,
        by: Option<Actor>,
        patient: &str,
        practitioner: &str,
    ) -> Result<EndLinkOutcome, StoreError> {
        let (patient, practitioner) = (patient.to_owned(), practitioner.to_owned());
        let now = self.inner.runtime.now();
        self.write(move |tx| links::end(tx, by, &patient, &practitioner, now)).await
    }

    async fn credentials(&self, username: &str) -> Result<Option<Credentials>, StoreError> {
        let username = username.to_owned();
        self.read(move |db| accounts::credentials(db, &username)).await
    }

    async fn login_wait(&self, keys: &[String], now: Timestamp) -> Result<Option<u64>, StoreError> {
        let keys = keys.to_vec();
        self.read(move |db| throttle::wait(db, &keys, now)).await
    }

    async fn record_login(&self, throttle: LoginThrottle, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |tx| throttle::record(tx, &throttle, now)).await
    }

    async fn create_session(&self, new: NewSession) -> Result<Session, StoreError> {
        self.write(move |tx| sessions::create(tx, &new)).await
    }

    async fn session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let token = *token;
        match self.read(move |db| sessions::find(db, &token, now)).await? {
            sessions::Found::Live(session) => Ok(Some(session)),
            sessions::Found::None => Ok(None),
            sessions::Found::Due => self.write(move |tx| sessions::touch(tx, &token, now)).await,
        }
    }

    async fn end_session(&self, actor: Actor, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |tx| sessions::end(tx, actor, now)).await
    }

    async fn account(&self, actor: Actor) -> Result<Option<Account>, StoreError> {
        self.read(move |db| accounts::own(db, actor)).await
    }

    async fn count_accounts(&self, role: Role) -> Result<i64, StoreError> {
        self.read(move |db| accounts::count(db, role)).await
    }

    async fn people(&self, actor: Actor) -> Result<Vec<LinkedPerson>, StoreError> {
        self.read(move |db| people::linked(db, actor)).await
    }

    async fn open_room(
        &self,
        actor: Actor,
        other: AccountId,
        now: Timestamp,
    ) -> Result<OpenRoomOutcome, StoreError> {
        self.write(move |tx| room_life::open(tx, actor, other, now)).await
    }

    async fn chat_list(
        &self,
        actor: Actor,
        after_room: Option<RoomId>,
        limit: u32,
    ) -> Result<ChatList, StoreError> {
        let epoch = self.facts().epoch.clone();
        self.read(move |db| rooms::list(db, actor, after_room, limit, epoch)).await
    }

    async fn room(&self, actor: Actor, room: RoomId) -> Result<Option<Room>, StoreError> {
        self.read(move |db| rooms::one(db, actor, room)).await
    }

    async fn messages(
        &self,
        actor: Actor,
        room: RoomId,
        page: PageRequest,
    ) -> Result<Option<MessagesPage>, StoreError> {
        self.read(move |db| messages::page(db, actor, room, page)).await
    }

    async fn unread(&self, actor: Actor) -> Result<i64, StoreError> {
        self.read(move |db| rooms::unread_in_all(db, actor)).await
    }

    async fn send_message(&self, actor: Actor, command: SendCommand) -> Result<SendOutcome, StoreError> {
        self.write(move |tx| send::send(tx, actor, &command)).await
    }

    async fn mark_read(&self, actor: Actor, command: ReadCommand) -> Result<ReadOutcome, StoreError> {
        self.write(move |tx| mark::mark_read(tx, actor, command)).await
    }

    async fn feed_head(&self, account: AccountId) -> Result<Cursor, StoreError> {
        let epoch = self.facts().epoch.clone();
        self.read(move |db| Ok(Cursor { epoch, feed_seq: feed::head(db, account)? })).await
    }

    async fn feed(&self, actor: Actor, after: Cursor, limit: u32) -> Result<FeedSlice, StoreError> {
        let epoch = self.facts().epoch.clone();
        self.read(move |db| feed::slice(db, actor, &epoch, &after, limit)).await
    }

    async fn fill_demo(
        &self,
        plan: DemoPlan,
        progress: DemoProgress,
    ) -> Result<Result<(), NotDemo>, StoreError> {
        demo::fill(self, plan, progress).await
    }

    async fn begin_epoch(&self) -> Result<(), StoreError> {
        let (epoch, now) = (open::fresh_epoch(&self.inner.runtime), self.inner.runtime.now());
        self.write(move |tx| epoch::begin(tx, &epoch, now)).await
    }

    async fn seal_audit(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.write(move |tx| seal::seal(tx, now)).await
    }

    /// Asks both a reader and the writer, so that a stuck writer is not called healthy.
    async fn ping(&self) -> Result<(), StoreError> {
        self.read(|_| Ok(())).await?;
        self.write(|_| Ok(())).await
    }

    async fn close(&self) {
        self.inner.readers.close();
        self.inner.writer.close().await;
        self.inner.lock.release();
    }
}

#[cfg(test)]
mod tests;
