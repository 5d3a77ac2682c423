//! A clinic in a database of its own, stores and raw connections to it, and the few verbs that tests are told in.

use std::time::Duration;

use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Cursor, FeedSeq, RoomId};
use bedside_runtime::Runtime;
use bedside_server::store::postgres::{Durability, PgOptions, PgStore};
use bedside_server::store::{
    Actor, FeedSlice, LinkOutcome, NewAccount, NewAccountOutcome, NewSession, OpenRoomOutcome, SendCommand,
    SendOutcome, Session, SessionKind, Store as _, StoreError, TokenHash,
};
use bedside_testservices::shared;
use tokio_postgres::{Client, NoTls};

/// How long anything may take on a slow, shared machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A database of its own in the test process's cluster, and what opens it.
pub(crate) struct Database {
    pub(crate) runtime: Runtime,
    pub(crate) url: String,
}

impl Database {
    pub(crate) async fn fresh() -> Self {
        let url = shared().await.unwrap().fresh_database().await.unwrap();
        Self { runtime: Runtime::system(), url }
    }

    /// A server's store: each has connections of its own, as each process has.
    pub(crate) async fn store(&self) -> PgStore {
        PgStore::open(self.runtime.clone(), &options(&self.url)).await.unwrap()
    }

    /// A connection that runs what no store does.
    pub(crate) async fn raw(&self) -> Client {
        connect(&self.runtime, &self.url).await
    }

    /// Waits until some session of this database waits for another's lock.
    pub(crate) async fn until_somebody_waits(&self) {
        self.until_waiting(1).await;
    }

    /// Waits until so many sessions of this database wait for others' locks.
    pub(crate) async fn until_waiting(&self, sessions: i64) {
        let waits = "SELECT count(*) FROM pg_stat_activity
                     WHERE datname = current_database() AND wait_event_type = 'Lock'";
        self.until(waits, sessions).await;
    }

    /// Waits until a session that runs a statement of this kind waits for another's lock.
    pub(crate) async fn until_waiting_in(&self, statement: &str) {
        let waits = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
             AND wait_event_type = 'Lock' AND query LIKE '{statement}'"
        );
        self.until(&waits, 1).await;
    }

    async fn until(&self, counted: &str, wanted: i64) {
        let watcher = self.raw().await;
        let seen = async {
            while number(&watcher, counted).await < wanted {
                tokio::task::yield_now().await;
            }
        };
        self.runtime.timeout(PATIENCE, seen).await.expect("somebody waits for a lock");
    }
}

pub(crate) fn options(url: &str) -> PgOptions {
    PgOptions { connections: 8, durability: Durability::Whatever, ..PgOptions::new(url.to_owned().into()) }
}

/// A plain connection, driven until its client is dropped.
pub(crate) async fn connect(runtime: &Runtime, url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    runtime.spawn("raw connection", async move {
        connection.await.ok(); // Its end shows in what the client is answered.
    });
    client
}

/// The cluster tells of every deadlock, also of one that was got over by doing a transaction again.
pub(crate) async fn assert_no_deadlock() {
    assert!(!shared().await.unwrap().log().contains("deadlock detected"));
}

/// One number that a statement answers.
pub(crate) async fn number(client: &Client, sql: &str) -> i64 {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// Two servers' stores on one database, in which Drew treats some patients, each in a room.
pub(crate) struct Clinic {
    pub(crate) database: Database,
    pub(crate) stores: [PgStore; 2],
    pub(crate) drew: Actor,
    /// Each with their room.
    pub(crate) patients: Vec<(Actor, RoomId)>,
}

impl Clinic {
    pub(crate) async fn with_patients(how_many: usize) -> Self {
        Self::in_database(Database::fresh().await, how_many).await
    }

    pub(crate) async fn in_database(database: Database, how_many: usize) -> Self {
        let stores = [database.store().await, database.store().await];
        let drew = hire(&database.runtime, &stores[0], Role::Practitioner, "drew").await;
        let mut clinic = Self { database, stores, drew, patients: Vec::new() };
        for no in 0..how_many {
            let (patient, room) = clinic.admit(&format!("patient {no}")).await;
            clinic.patients.push((patient, room));
        }
        clinic
    }

    /// A new patient of Drew's, in their room.
    async fn admit(&self, username: &str) -> (Actor, RoomId) {
        let [store, _] = &self.stores;
        let patient = hire(&self.database.runtime, store, Role::Patient, username).await;
        assert_eq!(store.link(None, username, "drew").await.unwrap(), LinkOutcome::Linked);
        let opened = self.open_room(store, patient, self.drew.account_id).await;
        let OpenRoomOutcome::Room { room, .. } = opened else { panic!("{opened:?}") };
        (patient, room.room_id)
    }

    pub(crate) async fn open_room(&self, store: &PgStore, actor: Actor, other: AccountId) -> OpenRoomOutcome {
        store.open_room(actor, other, self.database.runtime.now()).await.unwrap()
    }

    /// A command under a new client id.
    pub(crate) fn command(&self, room_id: RoomId, text: &str) -> SendCommand {
        let runtime = &self.database.runtime;
        SendCommand {
            room_id,
            client_id: runtime.client_id(),
            content: text.to_owned(),
            composed_at: None,
            urgent: false,
            reply_to: None,
            now: runtime.now(),
        }
    }

    pub(crate) async fn say(&self, store: &PgStore, actor: Actor, room: RoomId) -> Result<(), StoreError> {
        let outcome = store.send_message(actor, self.command(room, "text")).await?;
        assert!(matches!(outcome, SendOutcome::Stored { .. }), "{outcome:?}");
        Ok(())
    }

    /// The places of an actor's feed after one, as a reader that follows it gets them.
    pub(crate) async fn places(&self, store: &PgStore, actor: Actor, after: i64) -> Vec<i64> {
        let cursor = Cursor { epoch: store.facts().epoch.clone(), feed_seq: FeedSeq(after) };
        match store.feed(actor, cursor, 500).await.unwrap() {
            FeedSlice::Events { events, .. } => {
                events.into_iter().map(|event| event.feed_seq.get()).collect()
            }
            FeedSlice::ResyncRequired { head } => panic!("a hole after {after}, before {head:?}"),
        }
    }

    pub(crate) async fn head(&self, actor: Actor) -> i64 {
        self.stores[0].feed_head(actor.account_id).await.unwrap().feed_seq.get()
    }
}

/// Makes an account and signs it in.
pub(crate) async fn hire(runtime: &Runtime, store: &PgStore, role: Role, username: &str) -> Actor {
    signed_in(runtime, store, role, username).await.1.actor
}

/// The same with the session and its token.
pub(crate) async fn signed_in(
    runtime: &Runtime,
    store: &PgStore,
    role: Role,
    username: &str,
) -> (TokenHash, Session) {
    let outcome = store.create_account(None, new_account(runtime, role, username)).await.unwrap();
    let NewAccountOutcome::Created(account) = outcome else { panic!("{outcome:?}") };
    let token = TokenHash(runtime.random_bytes());
    let session = NewSession {
        account_id: account.person.account_id,
        kind: SessionKind::Bearer,
        token,
        device_name: "desk".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
        now: runtime.now(),
        lifetime_ms: 86_400_000,
    };
    (token, store.create_session(session).await.unwrap())
}

pub(crate) fn new_account(runtime: &Runtime, role: Role, username: &str) -> NewAccount {
    NewAccount {
        role,
        username: username.to_owned(),
        name: username.to_owned(),
        profession: None,
        birth_date: None,
        facts: Default::default(),
        password_hash: "$argon2id$test".to_owned().into(),
        now: runtime.now(),
    }
}
