//! Brings the schema up to date: each migration in one transaction with its mark, applied files never change.

use bedside_protocol::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::error::OpenError;

/// One file of `migrations/client`.
struct Migration {
    id: i64,
    name: &'static str,
    sql: &'static str,
}

macro_rules! migration {
    ($id:literal, $name:literal) => {
        Migration {
            id: $id,
            name: $name,
            sql: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../migrations/client/",
                $id,
                "_",
                $name,
                ".sql"
            )),
        }
    };
}

const MIGRATIONS: &[Migration] = &[
    migration!(20261122164500, "first"),
    migration!(20261122203000, "other_lives"),
    migration!(20261122233000, "messages_by_arrival"),
    migration!(20261123040000, "changes"),
    migration!(20261130210200, "delivered_marks"),
    migration!(20261130210300, "room_flags"),
    migration!(20261130210400, "replies"),
    migration!(20261130210500, "clinic"),
    migration!(20261130210501, "person_facts"),
    migration!(20261130210600, "quick_replies"),
    migration!(20261130210800, "asked_at"),
    migration!(20261201001000, "search"),
    migration!(20261201003000, "shared_drafts"),
    migration!(20261201040000, "search_due"),
    migration!(20261201042000, "export_notes"),
    migration!(20261201043100, "reply_waits"),
    migration!(20261201044500, "flag_order"),
];

/// Applies what is missing; refuses a cache from a newer build before touching it.
pub(super) fn migrate(db: &mut Connection, now: Timestamp) -> Result<(), OpenError> {
    run(db, now, MIGRATIONS)
}

fn run(db: &mut Connection, now: Timestamp, known: &[Migration]) -> Result<(), OpenError> {
    refuse_newer(db, known)?;
    for migration in known {
        match applied_checksum(db, migration.id)? {
            None => apply(db, migration, now)?,
            Some(checksum) if checksum == checksum_of(migration) => {}
            Some(_) => return Err(OpenError::MigrationChanged { id: migration.id }),
        }
    }
    Ok(())
}

fn refuse_newer(db: &Connection, known: &[Migration]) -> Result<(), OpenError> {
    if !has_marks(db)? {
        return Ok(());
    }
    let newest: Option<i64> = db.query_row("SELECT max(id) FROM migrations", [], |row| row.get(0))?;
    match (newest, known.last()) {
        (Some(newest), Some(last)) if newest > last.id => Err(OpenError::Newer),
        _ => Ok(()),
    }
}

fn has_marks(db: &Connection) -> Result<bool, OpenError> {
    let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'";
    Ok(db.query_row(sql, [], |_| Ok(())).optional()?.is_some())
}

fn applied_checksum(db: &Connection, id: i64) -> Result<Option<Vec<u8>>, OpenError> {
    if !has_marks(db)? {
        return Ok(None);
    }
    let sql = "SELECT checksum FROM migrations WHERE id = ?1";
    Ok(db.query_row(sql, [id], |row| row.get(0)).optional()?)
}

fn apply(db: &mut Connection, migration: &Migration, now: Timestamp) -> Result<(), OpenError> {
    let tx = db.transaction()?;
    tx.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (
            id INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            checksum BLOB NOT NULL,
            applied_at INTEGER NOT NULL
        ) STRICT;",
    )?;
    tx.execute_batch(migration.sql)?;
    tx.execute(
        "INSERT INTO migrations (id, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        params![migration.id, migration.name, checksum_of(migration), now.millis()],
    )?;
    tx.commit()?;
    Ok(())
}

fn checksum_of(migration: &Migration) -> Vec<u8> {
    Sha256::digest(migration.sql.as_bytes()).to_vec()
}

/// A migrated database in memory, for looking at schema and query plans.
#[cfg(test)]
pub(super) fn migrated() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db, Timestamp(0)).unwrap();
    db
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPLAINED: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/schema/client.sql"));

    const NOW: Timestamp = Timestamp(1_795_363_200_000);
    const ONE: Migration = Migration { id: 1, name: "one", sql: "CREATE TABLE a (x INTEGER) STRICT;" };
    const TWO: Migration = Migration { id: 2, name: "two", sql: "CREATE TABLE b (x INTEGER) STRICT;" };

    fn tables(db: &Connection) -> i64 {
        db.query_row("SELECT count(*) FROM sqlite_master WHERE name IN ('a', 'b', 'c')", [], |r| r.get(0))
            .unwrap()
    }

    #[test]
    fn migrating_twice_applies_each_file_once() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db, NOW, &[ONE]).unwrap();
        run(&mut db, NOW, &[ONE, TWO]).unwrap();
        run(&mut db, NOW, &[ONE, TWO]).unwrap();
        assert_eq!(tables(&db), 2);
    }

    #[test]
    fn a_cache_from_a_newer_build_is_refused() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db, NOW, &[ONE, TWO]).unwrap();
        assert!(matches!(run(&mut db, NOW, &[ONE]), Err(OpenError::Newer)));
    }

    #[test]
    fn an_applied_file_that_changed_is_refused() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db, NOW, &[ONE]).unwrap();
        let changed = Migration { sql: "CREATE TABLE a (y INTEGER) STRICT;", ..ONE };
        assert!(matches!(run(&mut db, NOW, &[changed]), Err(OpenError::MigrationChanged { id: 1 })));
    }

    #[test]
    fn a_migration_that_fails_leaves_nothing_behind() {
        let mut db = Connection::open_in_memory().unwrap();
        let broken = Migration { id: 2, name: "two", sql: "CREATE TABLE c (x INTEGER) STRICT; nonsense;" };
        assert!(run(&mut db, NOW, &[ONE, broken]).is_err());
        assert_eq!(tables(&db), 1);
        run(&mut db, NOW, &[ONE, TWO]).unwrap();
    }

    #[test]
    fn every_migration_file_is_in_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/client");
        let files = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        let listed = MIGRATIONS.iter().map(|migration| format!("{}_{}.sql", migration.id, migration.name));
        assert_eq!(names, listed.collect::<Vec<_>>());
    }

    /// Name and definition of everything, without comments and layout.
    fn schema(db: &Connection) -> Vec<(String, String)> {
        let sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let mut statement = db.prepare(sql).unwrap();
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, plain(&row.get::<_, String>(1)?)))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    fn plain(sql: &str) -> String {
        let code = sql.lines().map(|line| line.split("--").next().unwrap());
        let words = code.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        words
            .replace("IF NOT EXISTS ", "")
            .replace("( ", "(")
            .replace(" )", ")")
            .replace(" ,", ",")
            .replace('"', "")
    }

    #[test]
    fn messages_and_what_was_acknowledged_survive_the_move_to_another_order() {
        let mut db = Connection::open_in_memory().unwrap();
        run(&mut db, NOW, &MIGRATIONS[..2]).unwrap();
        db.execute_batch(
            "INSERT INTO rooms VALUES (7,NULL,1,1,2,0,0,0,0,0,1,0,0,2,12,1,'',0,0,0,0,0,0,0,0);
             INSERT INTO messages VALUES (12,7,2,1,1,'second',5,NULL,NULL,NULL,0,NULL,x'01');
             INSERT INTO messages VALUES (11,7,1,1,2,'first',4,3,NULL,NULL,1,'[]',NULL);
             INSERT INTO outbox VALUES
                (1,x'00112233445566778899aabbccddeeff',7,'second',0,5,NULL,'acked',1,NULL,NULL,6,12);",
        )
        .unwrap();
        run(&mut db, NOW, MIGRATIONS).unwrap();
        let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        let held = "SELECT group_concat(room_seq || content || message_id || urgent, ' ') FROM messages";
        assert_eq!(one(held), "1first111 2second120");
        assert_eq!(one("SELECT message_id || ':' || room_seq FROM outbox"), "12:2");
    }

    #[test]
    fn the_explained_schema_is_the_migrated_one() {
        let explained = Connection::open_in_memory().unwrap();
        explained.execute_batch(EXPLAINED).unwrap();
        assert_eq!(schema(&migrated()), schema(&explained));
    }
}
