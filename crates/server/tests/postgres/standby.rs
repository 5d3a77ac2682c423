//! A primary with a synchronous standby that is away, one that would not wait for it, and one that has gone silent.

use std::pin::pin;
use std::time::Duration;

use bedside_protocol::Timestamp;
use bedside_protocol::wire::Role;
use bedside_runtime::Runtime;
use bedside_server::store::Store as _;
use bedside_server::store::postgres::{PgOpenError, PgOptions, PgStore, connector};
use bedside_testservices::{Options, Postgres};
use tokio::net::{TcpSocket, TcpStream};

use crate::support::{Database, signed_in};

/// Within which a connection that listens has to be made.
const LISTENING_WITHIN: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn reading_keeps_a_session_alive_while_the_standby_is_away() {
    let (primary, mut standby) = Postgres::start_with_standby(Options::durable()).await.unwrap();
    let database = Database { runtime: Runtime::system(), url: primary.fresh_database().await.unwrap() };
    let (runtime, store) = (&database.runtime, database.store().await);
    let (token, session) = signed_in(runtime, &store, Role::Patient, "ana").await;
    standby.kill().await.unwrap();
    let in_two_minutes = Timestamp(runtime.now().millis() + 120_000);
    let used = runtime.timeout(Duration::from_secs(10), store.session(&token, in_two_minutes)).await;
    let used = used.expect("waits for the standby").unwrap().unwrap();
    assert!(used.expires_at > session.expires_at);
}

#[tokio::test(flavor = "multi_thread")]
async fn using_a_session_does_not_wait_for_whoever_is_ending_it() {
    let database = Database::fresh().await;
    let (runtime, store) = (&database.runtime, database.store().await);
    let (token, session) = signed_in(runtime, &store, Role::Patient, "ana").await;
    let ending = database.raw().await;
    let end = format!("BEGIN; UPDATE sessions SET ended_at = 1 WHERE id = {}", session.actor.session_id);
    ending.batch_execute(&end).await.unwrap(); // As long as a standby is away.
    let in_two_minutes = Timestamp(runtime.now().millis() + 120_000);
    let used = runtime.timeout(Duration::from_secs(10), store.session(&token, in_two_minutes)).await;
    assert_eq!(used.expect("waits for the end").unwrap(), Some(session), "it has not ended, nor is it moved");
    ending.batch_execute("COMMIT").await.unwrap();
    assert_eq!(store.session(&token, in_two_minutes).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_waits_for_a_standby_is_not_taken_for_one() {
    let (primary, mut standby) = Postgres::start_with_standby(Options::durable()).await.unwrap();
    let database = Database { runtime: Runtime::system(), url: primary.fresh_database().await.unwrap() };
    let (runtime, store) = (&database.runtime, database.store().await);
    store.ping_writes().await.unwrap();
    standby.kill().await.unwrap();
    let mut commit = pin!(store.ping_writes());
    let committed = runtime.timeout(Duration::from_secs(3), &mut commit).await;
    assert!(committed.is_none(), "it is committed on one machine: {committed:?}");
    let read = runtime.timeout(Duration::from_secs(10), store.ping()).await;
    read.expect("reading waits for the standby").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_while_a_standby_is_away_leaves_no_connection_to_wait_at() {
    let (primary, mut standby) = Postgres::start_with_standby(Options::durable()).await.unwrap();
    let database = Database { runtime: Runtime::system(), url: primary.fresh_database().await.unwrap() };
    let (runtime, store) = (&database.runtime, database.store().await);
    let lent = || store.gauges().pools.iter().map(|pool| pool.in_use).collect::<Vec<_>>();
    store.ping_writes().await.unwrap();
    standby.kill().await.unwrap();
    for _ in 0..2 {
        let left = runtime.timeout(Duration::from_secs(1), store.ping_writes()).await;
        assert!(left.is_none(), "it is committed on one machine: {left:?}");
    }
    assert_eq!(lent(), [2, 0], "what waits for the standby is not lent to the next one");
    standby.start_again().await.unwrap();
    store.ping_writes().await.unwrap();
    let all_back = async {
        while lent() != [0, 0] {
            tokio::task::yield_now().await;
        }
    };
    runtime.timeout(Duration::from_secs(30), all_back).await.expect("they are lent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_would_not_wait_for_its_standby_is_refused() {
    let postgres = Postgres::start(Options::durable()).await.unwrap();
    let database = Database { runtime: Runtime::system(), url: postgres.fresh_database().await.unwrap() };
    let options = PgOptions::new(database.url.clone().into());
    let raw = database.raw().await;
    for (chosen, refused) in
        [("on", false), ("remote_apply", false), ("remote_write", true), ("local", true), ("off", true)]
    {
        let set = format!(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = {chosen}', current_database()); END $$"
        );
        raw.batch_execute(&set).await.unwrap();
        let opened = PgStore::open(database.runtime.clone(), &options).await;
        let unsafe_setting = matches!(opened, Err(PgOpenError::Unsafe { setting: "synchronous_commit", .. }));
        assert_eq!((opened.is_err(), unsafe_setting), (refused, refused), "{chosen}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_has_gone_silent_is_passed_over_in_time() {
    let (runtime, database) = (Runtime::system(), Database::fresh().await);
    let silent = TcpSocket::new_v4().unwrap();
    silent.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let silent = silent.listen(1).unwrap();
    let address = silent.local_addr().unwrap();
    let mut unanswered = Vec::new(); // Who comes after as many as may wait hears nothing.
    while let Some(connected) = runtime.timeout(Duration::from_millis(500), TcpStream::connect(address)).await
    {
        unanswered.push(connected.unwrap());
    }
    let both = database.url.replacen("127.0.0.1", &format!("{address},127.0.0.1"), 1);
    let connect = connector(&both.into()).unwrap();
    let connected = runtime.timeout(LISTENING_WITHIN, connect()).await;
    assert!(connected.expect("waits for the silent host").is_ok());
}
