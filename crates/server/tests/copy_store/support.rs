//! A clinic in a folder, with rows in every table, and the database it moves to.

use std::sync::{Arc, Mutex};

use bedside_protocol::wire::{ChatList, Message, MessagesPage};
use bedside_protocol::{AccountId, Epoch, RoomId, Timestamp};
use bedside_runtime::Runtime;
use bedside_server::store::copy::{CopyError, CopyOptions, CopyProgress, Pass, copy_store};
use bedside_server::store::model::PageRange;
use bedside_server::store::postgres::{Durability, PgOpenError, PgOptions, PgStore};
use bedside_server::store::sqlite::{OpenError, SqliteStore, StoreOptions};
use bedside_server::store::{
    Actor, DemoPlan, LoginThrottle, NewSession, PageRequest, SendCommand, SendOutcome, SessionKind, Store,
    TokenHash,
};
use bedside_testservices::shared;
use secrecy::SecretString;
use tokio_postgres::NoTls;

pub(crate) const START: Timestamp = Timestamp(1_795_363_200_000);
const DAY_MS: i64 = 86_400_000;

/// A folder, and an empty database.
pub(crate) struct Move {
    pub(crate) runtime: Runtime,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) key: Option<SecretString>,
    pub(crate) database: String,
}

/// What people see of a clinic: what must be the same before and after.
#[derive(Debug, PartialEq)]
pub(crate) struct Seen {
    list: ChatList,
    pages: Vec<MessagesPage>,
    unread: i64,
}

impl Move {
    pub(crate) async fn new() -> Self {
        Self::of(7).await
    }

    /// Another seed is another clinic.
    pub(crate) async fn of(seed: u64) -> Self {
        let database = shared().await.unwrap().fresh_database().await.unwrap();
        let runtime = Runtime::simulated(seed, START);
        Self { runtime, folder: tempfile::tempdir().unwrap(), key: None, database }
    }

    pub(crate) fn open_source(&self) -> Result<SqliteStore, OpenError> {
        let options = StoreOptions { key: self.key.clone(), ..StoreOptions::default() };
        SqliteStore::open(self.runtime.clone(), self.folder.path(), &options)
    }

    pub(crate) fn target(&self) -> PgOptions {
        PgOptions {
            connections: 4,
            connect_within: None,
            durability: Durability::Whatever,
            ..PgOptions::new(self.database.clone().into())
        }
    }

    pub(crate) async fn open_target(&self) -> Result<PgStore, PgOpenError> {
        PgStore::open(self.runtime.clone(), &self.target()).await
    }

    pub(crate) fn options(&self, pass: Pass) -> CopyOptions {
        CopyOptions { from: self.folder.path().to_owned(), key: self.key.clone(), to: self.target(), pass }
    }

    pub(crate) async fn copy(&self, pass: Pass) -> Result<(), CopyError> {
        copy_store(&self.runtime, &self.options(pass), Box::new(|_| {})).await
    }

    /// What the copy says while it is done.
    pub(crate) async fn copy_listening(&self, pass: Pass) -> Vec<CopyProgress> {
        let said = Arc::new(Mutex::new(Vec::new()));
        let hear = Arc::clone(&said);
        let progress = Box::new(move |now| hear.lock().unwrap().push(now));
        copy_store(&self.runtime, &self.options(pass), progress).await.unwrap();
        let said = said.lock().unwrap();
        said.clone()
    }

    /// Copies until that many stretches are done, and stops as if killed.
    pub(crate) async fn copy_until(&self, pass: Pass, stretches: usize) {
        let (tell, enough) = tokio::sync::watch::channel(0);
        let mut enough = enough;
        let progress = Box::new(move |_| tell.send_modify(|count| *count += 1));
        let options = self.options(pass);
        tokio::select! {
            biased;
            reached = enough.wait_for(|count| *count >= stretches) => drop(reached.unwrap()),
            ended = copy_store(&self.runtime, &options, progress) => panic!("ended early: {ended:?}"),
        }
    }

    /// A clinic of some thousand messages, with something in every table.
    pub(crate) async fn demo_clinic(&self) -> SqliteStore {
        let store = self.open_source().unwrap();
        let plan = DemoPlan {
            pairs: 6,
            messages: 700,
            password_hash: "$argon2id$test".to_owned().into(),
            clinic: 5,
            seed: 3,
            now: START,
        };
        store.fill_demo(plan, Box::new(|_, _| {})).await.unwrap().unwrap();
        let keys = vec!["account:Ω".to_owned(), "address:::1".to_owned()];
        store.record_login(LoginThrottle::Failed { keys }, START).await.unwrap();
        self.patient(&store).await;
        self.practitioner(&store).await;
        store
    }

    /// Adds what no use case writes yet. The store is closed.
    pub(crate) fn add_reactions_and_versions(&self) {
        self.sql(
            "INSERT INTO reactions SELECT id, sender_id, '👍', created_at FROM messages WHERE id % 3 = 0;
             INSERT INTO reactions SELECT id, sender_id, 'é', created_at FROM messages WHERE id % 6 = 0;
             INSERT INTO message_versions SELECT id, rev, 'before', created_at FROM messages WHERE id % 5 = 0;
             UPDATE messages SET edited_at = created_at + 1 WHERE id % 5 = 0;
             INSERT OR IGNORE INTO quick_replies VALUES
               (1, NULL, x'00112233445566778899aabbccddeeff', x'01', 1, 'Clinic''s', 'é', 1, 2, NULL),
               (2, (SELECT id FROM accounts WHERE role = 'practitioner' LIMIT 1),
                x'00112233445566778899aabbccddeeff', x'02', 1, '', '', 1, 2, 3);
             INSERT OR IGNORE INTO drafts
               SELECT account_id, room_id, 2, (SELECT min(id) FROM devices), 'Hal', NULL, 'é', 3, 0, 1, 9
               FROM room_members LIMIT 3;",
        );
    }

    pub(crate) fn sql(&self, script: &str) {
        let source = rusqlite::Connection::open(self.folder.path().join("bedside.sqlite3")).unwrap();
        if let Some(key) = &self.key {
            use secrecy::ExposeSecret as _;
            source.pragma_update(None, "key", key.expose_secret()).unwrap();
        }
        source.execute_batch(script).unwrap();
    }

    /// One value, asked of the target beside any store.
    pub(crate) async fn ask(&self, sql: &str) -> String {
        let (client, connection) = tokio_postgres::connect(&self.database, NoTls).await.unwrap();
        let answers = tokio::select! {
            answers = client.simple_query(sql) => answers.unwrap(),
            _ = connection => panic!("the connection has ended"),
        };
        let row = answers.iter().find_map(|answer| match answer {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        row.unwrap_or_default()
    }

    pub(crate) async fn patient(&self, store: &dyn Store) -> Actor {
        self.sign_in(store, "patient00000", 1).await
    }

    pub(crate) async fn practitioner(&self, store: &dyn Store) -> Actor {
        self.sign_in(store, "practitioner00000", 2).await
    }

    async fn sign_in(&self, store: &dyn Store, username: &str, token: u8) -> Actor {
        let token = TokenHash([token; 32]);
        if let Some(session) = store.peek_session(&token, START).await.unwrap() {
            return session.actor;
        }
        let account_id = store.credentials(username).await.unwrap().unwrap().account_id;
        store.create_session(new_session(account_id, token)).await.unwrap().actor
    }

    pub(crate) async fn seen(&self, store: &dyn Store, actor: Actor) -> Seen {
        let mut list = store.chat_list(actor, None, 100).await.unwrap();
        list.cursor.epoch = Epoch("of either".to_owned());
        let mut pages = Vec::new();
        for room in &list.rooms {
            let request = PageRequest { range: PageRange::Latest, limit: 500 };
            pages.push(store.messages(actor, room.room_id, request).await.unwrap().unwrap());
        }
        Seen { list, pages, unread: store.unread(actor).await.unwrap() }
    }
}

impl Move {
    /// A command under a new client id.
    pub(crate) fn command(&self, room_id: RoomId, text: &str) -> SendCommand {
        SendCommand {
            room_id,
            client_id: self.runtime.client_id(),
            content: text.to_owned(),
            composed_at: None,
            urgent: false,
            reply_to: None,
            now: START,
        }
    }

    /// Sends to the first room of the list.
    pub(crate) async fn say(&self, store: &dyn Store, actor: Actor, text: &str) -> (SendCommand, Message) {
        let room = store.chat_list(actor, None, 1).await.unwrap().rooms[0].room_id;
        let command = self.command(room, text);
        let outcome = store.send_message(actor, command.clone()).await.unwrap();
        let SendOutcome::Stored { message, .. } = outcome else { panic!("{outcome:?}") };
        (command, *message)
    }
}

fn new_session(account_id: AccountId, token: TokenHash) -> NewSession {
    NewSession {
        account_id,
        kind: SessionKind::Bearer,
        token,
        device_name: "desk".to_owned(),
        platform: "linux".to_owned(),
        device_id: None,
        now: START,
        lifetime_ms: 30 * DAY_MS,
    }
}
