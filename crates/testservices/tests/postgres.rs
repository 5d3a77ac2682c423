//! PostgreSQL of a test's own: what survives a kill, what is separate, what a standby has.

#![cfg(target_os = "linux")]

use anyhow::Result;
use bedside_testservices::{Options, Postgres, shared};
use tokio_postgres::{Client, NoTls};

/// A connection, driven until its client is dropped.
async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::task::spawn_local(connection);
    Ok(client)
}

async fn locally<T>(test: impl Future<Output = T>) -> T {
    tokio::task::LocalSet::new().run_until(test).await
}

async fn rows(client: &Client) -> Result<i64> {
    Ok(client.query_one("SELECT count(*) FROM kept", &[]).await?.get(0))
}

#[tokio::test]
async fn a_session_keeps_its_state_and_is_one_of_the_processes() {
    let postgres = shared().await.unwrap();
    let mut session = postgres.session(&postgres.fresh_database().await.unwrap()).await.unwrap();
    session.ask("CREATE TEMPORARY TABLE kept (id bigint); INSERT INTO kept VALUES (7)").await.unwrap();
    assert_eq!(session.ask("SELECT id FROM kept").await.unwrap().as_deref(), Some("7"));
    let backend = session.ask("SELECT pg_backend_pid()").await.unwrap().unwrap().parse().unwrap();
    let processes = postgres.processes();
    assert!(processes.contains(&backend) && processes.first() != Some(&backend));
    assert!(session.ask("SELECT nothing").await.is_err());
}

#[tokio::test]
async fn what_was_committed_survives_a_kill() {
    let mut postgres = Postgres::start(Options::durable()).await.unwrap();
    let test = async {
        let url = postgres.fresh_database().await.unwrap();
        let client = connect(&url).await.unwrap();
        client.batch_execute("CREATE TABLE kept (id bigint PRIMARY KEY)").await.unwrap();
        for id in 0..20_i64 {
            client.execute("INSERT INTO kept VALUES ($1)", &[&id]).await.unwrap();
        }
        postgres.kill().await.unwrap();
        assert!(client.query_one("SELECT 1", &[]).await.is_err(), "its processes are gone");
        assert!(connect(&url).await.is_err(), "and so is its port");
        postgres.start_again().await.unwrap();
        let client = connect(&url).await.unwrap();
        assert_eq!(rows(&client).await.unwrap(), 20);
        assert!(postgres.log().contains("database system was not properly shut down"));

        postgres.restart().await.unwrap();
        assert!(rows(&client).await.is_err(), "a restart ends sessions");
        assert_eq!(rows(&connect(&url).await.unwrap()).await.unwrap(), 20);
    };
    locally(test).await;
}

#[tokio::test]
async fn fresh_databases_are_separate() {
    locally(async {
        let postgres = shared().await.unwrap();
        let (one, two) = tokio::join!(postgres.fresh_database(), postgres.fresh_database());
        let (one, two) = (connect(&one.unwrap()).await.unwrap(), connect(&two.unwrap()).await.unwrap());
        one.batch_execute("CREATE TABLE kept (id bigint)").await.unwrap();
        assert_eq!(rows(&one).await.unwrap(), 0);
        let unknown = two.query_one("SELECT count(*) FROM kept", &[]).await.unwrap_err();
        assert_eq!(unknown.code().unwrap().code(), "42P01", "no such table there");
    })
    .await;
}

#[tokio::test]
async fn a_promoted_standby_has_every_committed_row() {
    let (mut primary, standby) = Postgres::start_with_standby(Options::durable()).await.unwrap();
    let test = async {
        let url = primary.fresh_database().await.unwrap();
        let database = url.rsplit_once('/').unwrap().1;
        let client = connect(&url).await.unwrap();
        client.batch_execute("CREATE TABLE kept (id bigint PRIMARY KEY)").await.unwrap();
        let mut acknowledged = 0;
        for id in 0..100_i64 {
            acknowledged += client.execute("INSERT INTO kept VALUES ($1)", &[&id]).await.unwrap();
        }
        primary.kill().await.unwrap();
        standby.promote().await.unwrap();
        let client = connect(&standby.url_of(database)).await.unwrap();
        assert_eq!(u64::try_from(rows(&client).await.unwrap()).unwrap(), acknowledged);
        client.execute("INSERT INTO kept VALUES (1000)", &[]).await.unwrap();
    };
    locally(test).await;
}

#[tokio::test]
async fn a_primary_answers_no_commit_without_its_standby() {
    let (primary, mut standby) = Postgres::start_with_standby(Options::durable()).await.unwrap();
    let test = async {
        let client = connect(&primary.url()).await.unwrap();
        client.batch_execute("CREATE TABLE kept (id bigint PRIMARY KEY)").await.unwrap();
        standby.kill().await.unwrap();
        let watcher = connect(&primary.url()).await.unwrap();
        let waiting = async {
            let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
            while watcher.query_one(waits, &[]).await.unwrap().get::<_, i64>(0) == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            _ = client.batch_execute("INSERT INTO kept VALUES (1)") => panic!("answered without the standby"),
            () = waiting => {}
        }
        standby.start_again().await.unwrap();
        client.batch_execute("INSERT INTO kept VALUES (2)").await.unwrap();
    };
    locally(test).await;
}
