//! The list of migrations, and migrations among servers that go on.

use bedside_runtime::Runtime;
use bedside_testservices::shared_database;
use deadpool_postgres::Client;

use super::super::open::pool;
use super::*;
use crate::store::postgres::{Durability, PgOptions};
use crate::store::sqlite::migrate::MIGRATIONS as EMBEDDED;

#[test]
fn both_databases_have_the_same_migrations_and_none_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/server-postgres");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let listed: Vec<String> =
        MIGRATIONS.iter().map(|migration| format!("{}_{}.sql", migration.id, migration.name)).collect();
    assert_eq!(files, listed);
    let embedded = EMBEDDED.iter().map(|migration| format!("{}_{}.sql", migration.id, migration.name));
    assert_eq!(listed, embedded.collect::<Vec<_>>());
}

const TWO_TABLES: Migration = Migration {
    id: 1,
    name: "two_tables",
    sql: "CREATE TABLE one (id BIGINT); CREATE TABLE two (id BIGINT)",
};
const ADDS: Migration = Migration {
    id: 2,
    name: "adds",
    sql: "ALTER TABLE one ADD COLUMN later BIGINT; ALTER TABLE two ADD COLUMN later BIGINT",
};
const NOW: Timestamp = Timestamp(0);

/// One that migrates and two that are servers.
async fn three_on_two_tables() -> [Client; 3] {
    let address = shared_database().unwrap().into();
    let options = PgOptions { durability: Durability::Whatever, ..PgOptions::new(address) };
    let pool = pool(&options).unwrap();
    let mut clients = [pool.get().await.unwrap(), pool.get().await.unwrap(), pool.get().await.unwrap()];
    apply(&mut clients[0], &[TWO_TABLES], NOW).await.unwrap();
    clients
}

async fn until_somebody_waits(watcher: &Client) {
    let waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (
                   SELECT oid FROM pg_database WHERE datname = current_database())";
    while watcher.query_one(waits, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_migration_that_meets_a_server_crosswise_is_done_again() {
    let [mut migrating, server, watcher] = three_on_two_tables().await;
    server.batch_execute("SET deadlock_timeout = '10min'; BEGIN; SELECT FROM two").await.unwrap();
    let serving = async {
        until_somebody_waits(&watcher).await;
        server.batch_execute("SELECT FROM one; COMMIT").await.unwrap();
    };
    let (applied, ()) = tokio::join!(apply(&mut migrating, &[TWO_TABLES, ADDS], NOW), serving);
    assert_eq!(applied.unwrap(), 1);
}

#[tokio::test]
async fn a_migration_that_waits_for_a_long_reader_lets_servers_go_first() {
    let [mut migrating, reader, server] = three_on_two_tables().await;
    reader.batch_execute("BEGIN; SELECT FROM two").await.unwrap(); // As a backup does, for an hour.
    let serving = async {
        until_somebody_waits(&server).await;
        for _ in 0..2 {
            server.batch_execute("INSERT INTO two VALUES (1)").await.unwrap();
        }
        reader.batch_execute("COMMIT").await.unwrap();
    };
    let both = async { tokio::join!(apply(&mut migrating, &[TWO_TABLES, ADDS], NOW), serving) };
    let in_time = Runtime::system().timeout(std::time::Duration::from_secs(15), both).await;
    let (applied, ()) = in_time.expect("servers wait for the reader too");
    assert_eq!(applied.unwrap(), 1);
}

/// Every table there is, and every mark.
async fn found(client: &Client) -> (Vec<String>, Vec<i64>) {
    let tables = "SELECT tablename::TEXT FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
    let tables = client.query(tables, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    let marks = client.query("SELECT id FROM migrations ORDER BY id", &[]).await.unwrap();
    (tables, marks.iter().map(|row| row.get(0)).collect())
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let [_, mut client, _] = three_on_two_tables().await;
    client.batch_execute("DROP TABLE one, two, migrations").await.unwrap();
    assert_eq!(migrate(&mut client, NOW).await.unwrap(), MIGRATIONS.len());
    let before = found(&client).await;
    assert_eq!(migrate(&mut client, NOW).await.unwrap(), 0);
    assert_eq!(found(&client).await, before);
}

#[tokio::test]
async fn an_applied_migration_that_was_edited_is_refused() {
    let [mut client, ..] = three_on_two_tables().await;
    let before = found(&client).await;
    let edited = Migration { sql: "CREATE TABLE one (id BIGINT)", ..TWO_TABLES };
    let refused = apply(&mut client, &[edited, ADDS], NOW).await;
    assert!(matches!(refused, Err(MigrateError::Unfit(Unfit::Changed(1)))), "{refused:?}");
    assert_eq!(found(&client).await, before);
}

#[tokio::test]
async fn a_migration_that_fails_leaves_neither_its_half_nor_its_mark() {
    let [mut client, ..] = three_on_two_tables().await;
    let before = found(&client).await;
    let broken = Migration { id: 2, name: "broken", sql: "CREATE TABLE half (id BIGINT); nonsense" };
    let failed = apply(&mut client, &[TWO_TABLES, broken], NOW).await;
    assert!(matches!(failed, Err(MigrateError::Failed { id: 2, .. })), "{failed:?}");
    assert_eq!(found(&client).await, before);
}
