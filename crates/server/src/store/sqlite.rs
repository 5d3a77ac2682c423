//! The embedded store: rusqlite, one writer with group commit, read-only readers.
//!
//! Owns the data folder while it is open. Each use case is one function of one file below, given a connection that
//! is inside a transaction already; this file only says which of them writes and which reads.

mod account_life;
mod accounts;
mod audit;
mod change;
mod clinic;
mod contacts;
pub(super) mod copy_source;
mod demo;
mod dispatches;
mod drafts;
mod epoch;
mod error;
mod exporting;
mod exports;
mod feed;
mod flags;
mod greet;
mod handle;
mod links;
mod mark;
mod messages;
pub(super) mod migrate;
mod notifications;
mod notifying;
mod open;
mod outreach;
mod people;
mod ping;
mod presence;
mod prune;
mod quick_replies;
mod readers;
mod receipts;
mod relation;
mod room_life;
mod rooms;
mod seal;
mod search;
mod search_index;
mod send;
mod sessions;
mod throttle;
mod writer;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};

use async_trait::async_trait;
use bedside_protocol::wire::{
    Account, ChatList, Clinic, Drafts, LinkedPerson, MessageVersion, MessagesPage, Preferences, QuickReplies,
    Receipt, Room, SearchAnswer,
};
use bedside_protocol::{AccountId, Cursor, MessageId, RoomId, Timestamp};
use bedside_runtime::Runtime;

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

pub use migrate::MigrateError;
pub use open::{Company, OpenError, StoreOptions};
pub use writer::WriterStats;

use open::FolderLock;
use readers::Readers;
use writer::Writer;

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
    /// Asked who has a live device.
    there: RwLock<There>,
    lock: FolderLock,
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

    async fn change_account(
        &self,
        by: Option<Actor>,
        username: &str,
        change: AccountChange,
    ) -> Result<AccountOutcome, StoreError> {
        let (username, now) = (username.to_owned(), self.inner.runtime.now());
        self.write(move |tx| account_life::change(tx, by, &username, &change, now)).await
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
            sessions::Found::Due(session) => {
                match self.write(move |tx| sessions::touch(tx, &token, now)).await {
                    // Whoever is signed in goes on reading.
                    Err(StoreError::ReadOnly) => Ok(Some(session)),
                    touched => touched,
                }
            }
            sessions::Found::Over => self.write(move |tx| sessions::touch(tx, &token, now)).await,
        }
    }

    async fn peek_session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let token = *token;
        self.read(move |db| sessions::peek(db, &token, now)).await
    }

    async fn end_session(&self, actor: Actor, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |tx| sessions::end(tx, actor, now)).await
    }

    async fn account(&self, actor: Actor) -> Result<Option<Account>, StoreError> {
        self.read(move |db| accounts::own(db, actor)).await
    }

    async fn preferences(&self, actor: Actor) -> Result<Preferences, StoreError> {
        self.read(move |db| presence::preferences(db, actor)).await
    }

    async fn set_preferences(
        &self,
        actor: Actor,
        wish: Preferences,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |tx| presence::set_preferences(tx, actor, wish, now)).await
    }

    async fn acquaintances(&self, actor: Actor) -> Result<Acquaintances, StoreError> {
        self.read(move |db| presence::acquaintances(db, actor)).await
    }

    async fn note_seen(&self, seen: Vec<(AccountId, Timestamp)>) -> Result<(), StoreError> {
        self.write(move |tx| presence::note_seen(tx, &seen)).await
    }

    async fn has_accounts(&self) -> Result<bool, StoreError> {
        self.read(accounts::any).await
    }

    async fn clinic(&self) -> Result<Clinic, StoreError> {
        self.read(clinic::clinic).await
    }

    async fn set_clinic(&self, by: Option<Actor>, change: ClinicChange) -> Result<ClinicOutcome, StoreError> {
        let now = self.inner.runtime.now();
        self.write(move |tx| clinic::set(tx, by, &change, now)).await
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
        let there = self.there();
        self.write(move |tx| send::send(tx, actor, &command, &there)).await
    }

    async fn change_message(
        &self,
        actor: Actor,
        command: ChangeCommand,
    ) -> Result<ChangeOutcome, StoreError> {
        self.write(move |tx| change::change(tx, actor, &command)).await
    }

    async fn search(&self, actor: Actor, request: SearchRequest) -> Result<Option<SearchAnswer>, StoreError> {
        self.read(move |db| search::search(db, actor, &request)).await
    }

    async fn message_versions(
        &self,
        actor: Actor,
        room: RoomId,
        message: MessageId,
    ) -> Result<Option<Vec<MessageVersion>>, StoreError> {
        self.read(move |db| change::versions(db, actor, room, message)).await
    }

    async fn set_flags(&self, actor: Actor, command: FlagsCommand) -> Result<FlagsOutcome, StoreError> {
        self.write(move |tx| flags::set(tx, actor, command)).await
    }

    async fn put_draft(&self, actor: Actor, command: PutDraftCommand) -> Result<PutDraftOutcome, StoreError> {
        self.write(move |tx| drafts::put(tx, actor, &command)).await
    }

    async fn drafts(&self, actor: Actor, after_room: Option<RoomId>) -> Result<Drafts, StoreError> {
        self.read(move |db| drafts::list(db, actor, after_room)).await
    }

    async fn withdraw_drafts(&self, actor: Actor) -> Result<Drafts, StoreError> {
        self.write(move |tx| drafts::withdraw(tx, actor)).await
    }

    async fn mark_read(&self, actor: Actor, command: ReadCommand) -> Result<ReadOutcome, StoreError> {
        self.write(move |tx| mark::move_mark(tx, actor, Mark::Read, command)).await
    }

    async fn mark_delivered(&self, actor: Actor, command: ReadCommand) -> Result<ReadOutcome, StoreError> {
        self.write(move |tx| mark::move_mark(tx, actor, Mark::Delivered, command)).await
    }

    async fn receipts(
        &self,
        actor: Actor,
        room: RoomId,
        message: MessageId,
    ) -> Result<Option<Vec<Receipt>>, StoreError> {
        self.read(move |db| receipts::receipts(db, actor, room, message)).await
    }

    async fn quick_replies(&self, actor: Actor) -> Result<Option<QuickReplies>, StoreError> {
        self.read(move |db| quick_replies::all(db, actor)).await
    }

    async fn change_quick_replies(
        &self,
        by: Option<Actor>,
        command: QuickReplyCommand,
    ) -> Result<QuickReplyOutcome, StoreError> {
        self.write(move |tx| quick_replies::change(tx, by, &command)).await
    }

    async fn feed_head(&self, account: AccountId) -> Result<Cursor, StoreError> {
        let epoch = self.facts().epoch.clone();
        self.read(move |db| Ok(Cursor { epoch, feed_seq: feed::head(db, account)? })).await
    }

    async fn feed(&self, actor: Actor, after: Cursor, limit: u32) -> Result<FeedSlice, StoreError> {
        let epoch = self.facts().epoch.clone();
        self.read(move |db| feed::slice(db, actor, &epoch, &after, limit)).await
    }

    async fn greet(
        &self,
        token: &TokenHash,
        after: Option<Cursor>,
        now: Timestamp,
    ) -> Result<Option<Greeting>, StoreError> {
        let (token, epoch) = (*token, self.facts().epoch.clone());
        self.read(move |db| greet::greet(db, epoch, &token, after.as_ref(), now)).await
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
        let jump = epoch::Jump::draw(&self.inner.runtime);
        self.write(move |tx| epoch::begin(tx, &epoch, jump, now)).await
    }

    async fn prune(&self, now: Timestamp) -> Result<u64, StoreError> {
        let (mut place, mut removed) = (Some(prune::Place::default()), 0);
        while let Some(from) = place {
            let step = self.write(move |tx| prune::some(tx, from, now)).await?;
            (place, removed) = (step.next, removed + step.removed);
        }
        Ok(removed)
    }

    async fn seal_audit(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.write(move |tx| seal::seal(tx, now)).await
    }

    async fn index_messages(&self, after: RoomId) -> Result<IndexStep, StoreError> {
        let (due, step) = self.read(move |db| search_index::due(db, after)).await?;
        let more = step.worked && self.write(move |tx| search_index::index(tx, &due)).await?;
        Ok(IndexStep { more, ..step })
    }

    fn gauges(&self) -> StoreGauges {
        self.inner.writer.gauges()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.read(|_| Ok(())).await
    }

    async fn ping_writes(&self) -> Result<(), StoreError> {
        let now = self.inner.runtime.now();
        self.write(move |tx| ping::write(tx, now)).await
    }

    async fn close(&self) {
        self.inner.readers.close();
        self.inner.writer.close().await;
        self.inner.lock.release();
    }
}

#[cfg(test)]
mod tests;
