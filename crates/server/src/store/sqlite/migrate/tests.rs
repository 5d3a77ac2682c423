use std::path::Path;

use super::*;

const NOW: Timestamp = Timestamp(1_795_363_200_000);

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations")
}

fn migrated() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection, NOW).unwrap();
    connection
}

/// Every table, index and trigger, its SQL without comments and layout.
fn schema(connection: &Connection) -> Vec<(String, String)> {
    connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, plain(&row.get::<_, String>(1)?))))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn plain(sql: &str) -> String {
    let code = sql.lines().map(|line| line.split("--").next().unwrap_or("")).collect::<Vec<_>>().join(" ");
    code.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("( ", "(")
        .replace(" )", ")")
        .replace(" ,", ",")
}

#[test]
fn the_commented_schema_is_what_the_migrations_make() {
    let commented = Connection::open_in_memory().unwrap();
    let text = std::fs::read_to_string(folder().join("schema/server-sqlite.sql")).unwrap();
    commented.execute_batch(&text).unwrap();
    assert_eq!(schema(&commented), schema(&migrated()));
}

#[test]
fn every_file_of_the_folder_is_applied_in_the_order_of_its_id() {
    let mut files: Vec<String> = std::fs::read_dir(folder().join("server-sqlite"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let listed: Vec<String> = MIGRATIONS.iter().map(|one| format!("{}_{}.sql", one.id, one.name)).collect();
    assert_eq!(listed, files);
}

#[test]
fn migrating_twice_changes_nothing() {
    let mut connection = migrated();
    let before = schema(&connection);
    migrate(&mut connection, NOW).unwrap();
    assert_eq!(schema(&connection), before);
}

#[test]
fn a_database_used_by_a_newer_server_is_refused() {
    let mut connection = migrated();
    connection
        .execute(
            "INSERT INTO migrations (id, name, checksum, applied_at) VALUES (99990101000000, 'x', x'', 0)",
            [],
        )
        .unwrap();
    assert!(matches!(
        migrate(&mut connection, NOW),
        Err(MigrateError::Unfit(Unfit::Newer(99_990_101_000_000)))
    ));
}

#[test]
fn an_applied_migration_that_was_edited_is_refused() {
    let mut connection = migrated();
    connection.execute("UPDATE migrations SET checksum = x'00'", []).unwrap();
    assert!(matches!(migrate(&mut connection, NOW), Err(MigrateError::Unfit(Unfit::Changed(_)))));
}

#[test]
fn a_migration_that_fails_leaves_neither_its_half_nor_its_mark() {
    let mut connection = Connection::open_in_memory().unwrap();
    let broken = [Migration { id: 1, name: "broken", sql: "CREATE TABLE a (x INTEGER) STRICT; nonsense;" }];
    assert!(matches!(apply(&mut connection, &broken, NOW), Err(MigrateError::Failed { id: 1, .. })));
    assert_eq!(applied(&connection).unwrap(), []);
    assert!(!schema(&connection).iter().any(|(name, _)| name == "a"));
}

#[test]
fn every_table_is_strict() {
    let lax: Vec<String> = migrated()
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(lax.is_empty(), "{lax:?}");
}

#[test]
fn audit_rows_and_seals_can_be_neither_changed_nor_deleted() {
    let connection = migrated();
    connection
        .execute_batch(
            "INSERT INTO audit (happened_at, event) VALUES (1, 'signed_in');
             INSERT INTO audit_seals (last_audit_id, hash, sealed_at) VALUES (1, x'00', 1);",
        )
        .unwrap();
    for sql in [
        "UPDATE audit SET event = 'x'",
        "DELETE FROM audit",
        "UPDATE audit_seals SET sealed_at = 2",
        "DELETE FROM audit_seals",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn messages_stored_before_they_were_numbered_get_their_numbers() {
    let mut connection = Connection::open_in_memory().unwrap();
    apply(&mut connection, &MIGRATIONS[..1], NOW).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for (place, sender) in [(1, 10), (2, 20), (3, 10), (4, 10), (5, 20)] {
        connection
            .execute(
                "INSERT INTO messages (room_id, room_seq, sender_id, rev, content, urgent, created_at)
                 VALUES (1, ?1, ?2, 1, 'a', 0, 0)",
                [place, sender],
            )
            .unwrap();
    }
    migrate(&mut connection, NOW).unwrap();
    let numbers: Vec<i64> = connection
        .prepare("SELECT sender_no FROM messages ORDER BY room_seq")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(numbers, [1, 1, 2, 3, 2]);
}

#[test]
fn a_feed_keeps_its_rows_when_its_table_is_made_anew() {
    let mut connection = Connection::open_in_memory().unwrap();
    apply(&mut connection, &MIGRATIONS[..2], NOW).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO feed VALUES (1, 1, 'message', 5, 7, 3, 11), (1, 2, 'person', NULL, 2, 0, 12);",
        )
        .unwrap();
    migrate(&mut connection, NOW).unwrap();
    let rows: Vec<(i64, String, Option<i64>, i64, i64, i64)> = connection
        .prepare("SELECT feed_seq, kind, room_id, object_id, rev, created_at FROM feed WHERE account_id = 1")
        .unwrap()
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(rows, [(1, "message".into(), Some(5), 7, 3, 11), (2, "person".into(), None, 2, 0, 12)]);
}
