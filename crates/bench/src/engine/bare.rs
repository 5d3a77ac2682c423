//! The same rows into a table without types, keys or indices, with the same encryption, pragmas and groups.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_protocol::wire::Message;
use rusqlite::{Connection, params};

use super::{Bench, words};

/// What the bare insert took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bare {
    /// In the feed's groups, each a transaction.
    pub(super) grouped: Duration,
    /// All in one transaction.
    pub(super) at_once: Duration,
}

pub(super) fn run(bench: &Bench, folder: &Path) -> Result<Bare> {
    let options = &bench.options;
    let end = options.messages + options.missed;
    let rows: Vec<_> = (options.messages..end).map(|n| words::message(n, options.order())).collect();
    let group = usize::try_from(options.group)?;
    Ok(Bare {
        grouped: insert(&folder.join("grouped.db"), &rows, group)?,
        at_once: insert(&folder.join("at-once.db"), &rows, rows.len())?,
    })
}

fn insert(file: &Path, rows: &[Message], group: usize) -> Result<Duration> {
    let mut db = open(file)?;
    let begun = Instant::now();
    for group in rows.chunks(group.max(1)) {
        let tx = db.transaction()?;
        {
            let mut insert =
                tx.prepare_cached("INSERT INTO rows VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)")?;
            for row in group {
                insert.execute(params![
                    row.id.get(),
                    row.room_id.get(),
                    row.room_seq.get(),
                    row.rev.get(),
                    row.sender_account.get(),
                    row.content,
                    row.timestamp.millis(),
                    row.composed_at.map(|at| at.millis()),
                    None::<i64>,
                    None::<i64>,
                    row.urgent,
                    None::<String>,
                    None::<Vec<u8>>,
                ])?;
            }
        }
        tx.commit()?;
    }
    Ok(begun.elapsed())
}

fn open(file: &Path) -> Result<Connection> {
    let db = Connection::open(file)?;
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "5a".repeat(32)))?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;
         CREATE TABLE rows (a, b, c, d, e, f, g, h, i, j, k, l, m);",
    )?;
    Ok(db)
}
