//! A database that the next version has migrated, while servers of this one still run on it.

use bedside_protocol::RoomSeq;
use bedside_protocol::wire::Role;
use bedside_runtime::Runtime;
use bedside_server::store::model::PageRange;
use bedside_server::store::postgres::{MigrateError, PgStore};
use bedside_server::store::{
    AccountChange, AccountOutcome, LinkOutcome, LoginThrottle, OpenRoomOutcome, PageRequest, ReadCommand,
    ReadOutcome, Store as _, Unfit,
};
use bedside_testservices::{Options, Postgres};
use futures_util::future::try_join_all;
use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use crate::support::{Clinic, Database, hire, number, options};

/// What a migration may do: add columns that need no value, tables, indexes; to every table that there is, and more at once
/// than any real one.
const ADDS: &str = "
  BEGIN;
  DO $$ DECLARE one TEXT; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('ALTER TABLE %I ADD COLUMN later BIGINT NOT NULL DEFAULT 7', one);
      EXECUTE format('CREATE INDEX ON %I (later)', one);
    END LOOP;
  END $$;
  CREATE TABLE later (id BIGINT PRIMARY KEY, message_id BIGINT NOT NULL REFERENCES messages (id));
  INSERT INTO migrations (id, name, checksum, applied_at) VALUES (29991231235959, 'later', '\\x00', 0);
  COMMIT";

/// Messages that are sent while the migration is applied.
const MEANWHILE: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn servers_of_this_version_go_on_after_the_next_one_has_added_to_the_schema() {
    // A cluster of its own: elsewhere no deadlock is forgiven.
    let postgres = Postgres::start(Options::default()).await.unwrap();
    let database = Database { runtime: Runtime::system(), url: postgres.fresh_database().await.unwrap() };
    let clinic = Clinic::in_database(database, 3).await;
    let raw = clinic.database.raw().await;
    for (round, store) in clinic.stores.iter().enumerate() {
        everything_is_asked_of(&clinic, store, &format!("before {round}")).await; // Its statements are prepared now.
    }
    let sent = try_join_all((0..MEANWHILE).map(|no| {
        let (patient, room) = clinic.patients[no % 3];
        clinic.say(&clinic.stores[no % 2], patient, room)
    }));
    let (sent, ()) = tokio::join!(sent, migrate(&raw));
    sent.unwrap();
    for (round, store) in clinic.stores.iter().enumerate() {
        everything_is_asked_of(&clinic, store, &format!("after {round}")).await;
    }
    let stored = i64::try_from(MEANWHILE + 4).unwrap();
    assert_eq!(number(&raw, "SELECT count(*) FROM messages WHERE later = 7").await, stored);
    let places = "SELECT count(*) FROM (SELECT FROM messages m JOIN rooms r ON r.id = m.room_id
                  GROUP BY r.id HAVING max(m.room_seq) <> count(*) OR r.last_seq <> count(*)) dense";
    assert_eq!(number(&raw, places).await, 0, "a place was given twice or left out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_this_version_that_is_started_then_is_refused() {
    let clinic = Clinic::with_patients(0).await;
    migrate(&clinic.database.raw().await).await;
    let opened = PgStore::open(clinic.database.runtime.clone(), &options(&clinic.database.url)).await;
    let newer = MigrateError::Unfit(Unfit::Newer(29_991_231_235_959)).to_string();
    assert_eq!(opened.err().map(|error| error.to_string()), Some(newer));
}

/// Again if servers were in its way, as the product does.
async fn migrate(raw: &Client) {
    while let Err(error) = raw.batch_execute(ADDS).await {
        assert_eq!(error.code(), Some(&SqlState::T_R_DEADLOCK_DETECTED), "{error}");
        raw.batch_execute("ROLLBACK").await.unwrap();
    }
}

/// Every kind of thing that a server asks of the database, once.
async fn everything_is_asked_of(clinic: &Clinic, store: &PgStore, name: &str) {
    let (runtime, (ana, room)) = (&clinic.database.runtime, clinic.patients[0]);
    let now = runtime.now();
    clinic.say(store, ana, room).await.unwrap();
    let page = PageRequest { range: PageRange::After(RoomSeq(0)), limit: 500 };
    let page = store.messages(clinic.drew, room, page).await.unwrap().unwrap();
    let up_to = page.messages.last().unwrap().message.room_seq;
    let marked = store.mark_read(clinic.drew, ReadCommand { room_id: room, up_to, now }).await.unwrap();
    assert!(matches!(marked, ReadOutcome::Marked { .. }), "{marked:?}");
    assert_eq!(clinic.places(store, ana, clinic.head(ana).await - 2).await.len(), 2);
    assert!(store.chat_list(ana, None, 50).await.unwrap().rooms.iter().any(|listed| listed.room_id == room));
    assert!(store.room(ana, room).await.unwrap().is_some());
    assert_eq!(store.unread(ana).await.unwrap(), 0);
    let newcomer = hire(runtime, store, Role::Patient, name).await;
    assert_eq!(store.link(None, name, "drew").await.unwrap(), LinkOutcome::Linked);
    assert_eq!(store.people(newcomer).await.unwrap().len(), 1);
    let opened = store.open_room(newcomer, clinic.drew.account_id, now).await.unwrap();
    assert!(matches!(opened, OpenRoomOutcome::Room { .. }), "{opened:?}");
    assert!(store.credentials(name).await.unwrap().unwrap().enabled);
    assert!(store.account(newcomer).await.unwrap().is_some());
    let failed = LoginThrottle::Failed { keys: vec![name.to_owned()] };
    store.record_login(failed, now).await.unwrap();
    store.login_wait(&[name.to_owned()], now).await.unwrap();
    let disabled = store.change_account(None, name, AccountChange::Disable).await.unwrap();
    assert_eq!(disabled, AccountOutcome::Done);
    store.end_session(newcomer, now).await.unwrap();
    store.prune(now).await.unwrap();
    assert!(store.seal_audit(now).await.unwrap() > 0);
    assert!(store.audit_chain_holds().await.unwrap());
    store.ping().await.unwrap();
}
