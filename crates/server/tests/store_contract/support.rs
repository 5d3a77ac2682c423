//! A clinic with its personas on a store of any kind, and the few verbs that tests are told in.

use std::sync::atomic::{AtomicU8, Ordering};

use async_trait::async_trait;
use bedside_protocol::feed::FeedEvent;
use bedside_protocol::wire::{Message, PageMessage, Role, Room};
use bedside_protocol::{AccountId, Cursor, FeedSeq, RoomId, RoomSeq, Timestamp};
use bedside_runtime::Runtime;
use bedside_server::store::model::PageRange;
use bedside_server::store::postgres::{Durability, PgOptions, PgStore};
use bedside_server::store::sqlite::{SqliteStore, StoreOptions};
use bedside_server::store::{
    Actor, Delivery, FeedSlice, LinkOutcome, NewAccount, NewAccountOutcome, NewSession, OpenRoomOutcome,
    PageRequest, ReadCommand, ReadOutcome, SendCommand, SendOutcome, Session, SessionKind, SharedStore,
    TokenHash,
};
use bedside_testservices::shared_database;

pub(crate) const START: Timestamp = Timestamp(1_795_363_200_000);
pub(crate) const DAY_MS: i64 = 86_400_000;

/// A database that outlives the stores opened on it.
#[async_trait]
pub(crate) trait Backend: Send + Sync {
    async fn open(&self, runtime: &Runtime) -> SharedStore;
    /// Another database of the same kind, empty.
    fn another(&self) -> Box<dyn Backend>;
}

struct SqliteFolder(tempfile::TempDir);

#[async_trait]
impl Backend for SqliteFolder {
    async fn open(&self, runtime: &Runtime) -> SharedStore {
        let store = SqliteStore::open(runtime.clone(), self.0.path(), &StoreOptions::default()).unwrap();
        std::sync::Arc::new(store)
    }

    fn another(&self) -> Box<dyn Backend> {
        sqlite()
    }
}

pub(crate) fn sqlite() -> Box<dyn Backend> {
    Box::new(SqliteFolder(tempfile::tempdir().unwrap()))
}

/// A database of its own in the test process's cluster.
struct PgDatabase(String);

#[async_trait]
impl Backend for PgDatabase {
    async fn open(&self, runtime: &Runtime) -> SharedStore {
        let options = PgOptions {
            connections: 6,
            connect_within: None,
            durability: Durability::Whatever,
            ..PgOptions::new(self.0.clone().into())
        };
        std::sync::Arc::new(PgStore::open(runtime.clone(), &options).await.unwrap())
    }

    fn another(&self) -> Box<dyn Backend> {
        postgres()
    }
}

pub(crate) fn postgres() -> Box<dyn Backend> {
    Box::new(PgDatabase(shared_database().unwrap()))
}

/// An empty store; [`Clinic::staffed`] fills it with the personas.
pub(crate) struct Clinic {
    pub(crate) runtime: Runtime,
    pub(crate) store: SharedStore,
    backend: Box<dyn Backend>,
    tokens: AtomicU8,
}

/// Drew treats Ana and Ben, each in a room; Eve treats nobody; Root administrates.
pub(crate) struct Staff {
    pub(crate) clinic: Clinic,
    pub(crate) ana: Actor,
    pub(crate) ben: Actor,
    pub(crate) drew: Actor,
    pub(crate) eve: Actor,
    pub(crate) root: Actor,
    pub(crate) ana_drew: RoomId,
    pub(crate) ben_drew: RoomId,
}

impl std::ops::Deref for Staff {
    type Target = Clinic;

    fn deref(&self) -> &Clinic {
        &self.clinic
    }
}

pub(crate) fn new_account(role: Role, username: &str, name: &str) -> NewAccount {
    NewAccount {
        role,
        username: username.to_owned(),
        name: name.to_owned(),
        profession: (role == Role::Practitioner).then(|| "Physiotherapist".to_owned()),
        birth_date: (role == Role::Patient).then(|| "1972-05-04".to_owned()),
        facts: Default::default(),
        password_hash: "$argon2id$test".to_owned().into(),
        now: START,
    }
}

impl Clinic {
    pub(crate) async fn open(backend: Box<dyn Backend>) -> Self {
        let runtime = Runtime::simulated(7, START);
        let store = backend.open(&runtime).await;
        Self { runtime, store, backend, tokens: AtomicU8::new(0) }
    }

    /// An empty store of the same kind, beside this one.
    pub(crate) async fn another(&self) -> Self {
        Self::open(self.backend.another()).await
    }

    pub(crate) async fn restart(&mut self) {
        self.store.close().await;
        self.store = self.backend.open(&self.runtime).await;
    }

    pub(crate) async fn staffed(self) -> Staff {
        let ana = self.hire(Role::Patient, "ana", "Ana Ribeiro").await;
        let ben = self.hire(Role::Patient, "ben", "Ben Okafor").await;
        let drew = self.hire(Role::Practitioner, "drew", "Drew Lindqvist").await;
        let eve = self.hire(Role::Practitioner, "eve", "Eve Marchetti").await;
        let root = self.hire(Role::Admin, "root", "Root").await;
        for patient in ["ana", "ben"] {
            assert_eq!(self.store.link(None, patient, "drew").await.unwrap(), LinkOutcome::Linked);
        }
        let ana_drew = self.opened(ana, drew).await;
        let ben_drew = self.opened(drew, ben).await;
        Staff { clinic: self, ana, ben, drew, eve, root, ana_drew, ben_drew }
    }

    /// Makes an account and signs it in.
    pub(crate) async fn hire(&self, role: Role, username: &str, name: &str) -> Actor {
        let outcome = self.store.create_account(None, new_account(role, username, name)).await.unwrap();
        let NewAccountOutcome::Created(account) = outcome else { panic!("{outcome:?}") };
        self.sign_in(account.person.account_id).await.1.actor
    }

    pub(crate) async fn sign_in(&self, account: AccountId) -> (TokenHash, Session) {
        let new = self.new_session(account);
        let token = new.token;
        (token, self.store.create_session(new).await.unwrap())
    }

    pub(crate) fn new_session(&self, account_id: AccountId) -> NewSession {
        NewSession {
            account_id,
            kind: SessionKind::Bearer,
            token: TokenHash([self.tokens.fetch_add(1, Ordering::Relaxed); 32]),
            device_name: "desk".to_owned(),
            platform: "linux".to_owned(),
            device_id: None,
            now: self.runtime.now(),
            lifetime_ms: 30 * DAY_MS,
        }
    }

    pub(crate) async fn opened(&self, actor: Actor, other: Actor) -> RoomId {
        let outcome = self.store.open_room(actor, other.account_id, self.runtime.now()).await.unwrap();
        let OpenRoomOutcome::Room { room, .. } = outcome else { panic!("{outcome:?}") };
        room.room_id
    }

    /// A command under a new client id.
    pub(crate) fn command(&self, room_id: RoomId, text: &str) -> SendCommand {
        SendCommand {
            room_id,
            client_id: self.runtime.client_id(),
            content: text.to_owned(),
            composed_at: None,
            urgent: false,
            reply_to: None,
            now: self.runtime.now(),
        }
    }

    pub(crate) async fn say(&self, actor: Actor, room: RoomId, text: &str) -> (Message, Vec<Delivery>) {
        let outcome = self.store.send_message(actor, self.command(room, text)).await.unwrap();
        let SendOutcome::Stored { message, deliveries } = outcome else { panic!("{outcome:?}") };
        (*message, deliveries)
    }

    pub(crate) async fn read(&self, actor: Actor, room_id: RoomId, up_to: i64) -> (ReadOutcome, i64) {
        let command = ReadCommand { room_id, up_to: RoomSeq(up_to), now: self.runtime.now() };
        let outcome = self.store.mark_read(actor, command).await.unwrap();
        let ReadOutcome::Marked { read_mark, .. } = &outcome else { panic!("{outcome:?}") };
        let at = read_mark.up_to.get();
        (outcome, at)
    }

    pub(crate) async fn room_of(&self, actor: Actor, room: RoomId) -> Room {
        self.store.room(actor, room).await.unwrap().expect("a room of one's own")
    }

    pub(crate) async fn page(&self, actor: Actor, room: RoomId, range: PageRange) -> Vec<PageMessage> {
        let request = PageRequest { range, limit: 500 };
        self.store.messages(actor, room, request).await.unwrap().expect("a room of one's own").messages
    }

    pub(crate) async fn texts(&self, actor: Actor, room: RoomId) -> Vec<String> {
        let page = self.page(actor, room, PageRange::Latest).await;
        page.into_iter().map(|row| row.message.content).collect()
    }

    pub(crate) async fn head(&self, actor: Actor) -> Cursor {
        self.store.feed_head(actor.account_id).await.unwrap()
    }

    pub(crate) fn cursor(&self, feed_seq: i64) -> Cursor {
        Cursor { epoch: self.store.facts().epoch.clone(), feed_seq: FeedSeq(feed_seq) }
    }

    pub(crate) async fn events(&self, actor: Actor, after: &Cursor) -> Vec<FeedEvent> {
        match self.store.feed(actor, after.clone(), 500).await.unwrap() {
            FeedSlice::Events { events, .. } => events,
            FeedSlice::ResyncRequired { .. } => panic!("asked to resync"),
        }
    }
}
