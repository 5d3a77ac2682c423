//! The same rows inserted bare: same encryption, same pragmas, same types and key, and nothing derived.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_protocol::wire::Message;
use rusqlite::{Connection, params};

use super::{Bench, words};

/// What can be found again by its place, as in the cache.
const KEYED: &str = "CREATE TABLE rows (
    arrival INTEGER NOT NULL PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL, d INTEGER NOT NULL,
    e INTEGER NOT NULL, f TEXT NOT NULL, g INTEGER NOT NULL, h INTEGER, i INTEGER, j INTEGER, k INTEGER NOT NULL, l TEXT,
    m BLOB, UNIQUE (a, b)) STRICT;";
/// What cannot be found again: the least an insert can cost.
const HEAP: &str = "CREATE TABLE rows (a, b, c, d, e, f, g, h, i, j, k, l, m);";

/// What the bare insert took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bare {
    /// In the same groups, each a transaction.
    pub(super) grouped: Duration,
    /// All in one transaction.
    pub(super) at_once: Duration,
    /// In the same groups, into a table without types, key or index.
    pub(super) heap: Duration,
}

/// Inserts the messages of these numbers.
pub(super) fn run(bench: &Bench, folder: &Path, groups: &[Vec<i64>]) -> Result<Bare> {
    let order = bench.options.order();
    let row = |n: &i64| words::message(*n, order);
    let groups: Vec<Vec<Message>> = groups.iter().map(|group| group.iter().map(row).collect()).collect();
    let at_once = [groups.concat()];
    let folder = tempfile::tempdir_in(folder)?;
    Ok(Bare {
        grouped: insert(&folder.path().join("grouped.db"), KEYED, &groups)?,
        at_once: insert(&folder.path().join("at-once.db"), KEYED, &at_once)?,
        heap: insert(&folder.path().join("heap.db"), HEAP, &groups)?,
    })
}

/// A row there already is passed over: pages overlap.
fn insert(file: &Path, table: &str, groups: &[Vec<Message>]) -> Result<Duration> {
    let mut db = open(file, table)?;
    let begun = Instant::now();
    for group in groups {
        let tx = db.transaction()?;
        {
            let mut insert = tx.prepare_cached(
                "INSERT INTO rows (a, b, c, d, e, f, g, h, i, j, k, l, m)
                     VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13) ON CONFLICT DO NOTHING",
            )?;
            for row in group {
                insert.execute(params![
                    row.room_id.get(),
                    row.room_seq.get(),
                    row.id.get(),
                    row.rev.get(),
                    row.sender_account.get(),
                    row.content,
                    row.timestamp.millis(),
                    row.composed_at.map(|at| at.millis()),
                    None::<i64>,
                    None::<i64>,
                    row.urgent,
                    None::<String>,
                    row.client_id.map(|id| id.0.into_bytes()),
                ])?;
            }
        }
        tx.commit()?;
    }
    Ok(begun.elapsed())
}

fn open(file: &Path, table: &str) -> Result<Connection> {
    let db = Connection::open(file)?;
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "5a".repeat(32)))?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;",
    )?;
    db.execute_batch(table)?;
    Ok(db)
}
