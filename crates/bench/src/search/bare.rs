//! The same texts and the same terms in bare FTS5.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_protocol::search::{Terms, fold, grams, grams_of_part};
use hdrhistogram::Histogram;
use rusqlite::Connection;

use super::{GROUP, Options, PAGE, texts};
use crate::engine::words::Order;

/// A table of texts and an index of them.
pub(super) struct Index {
    db: Connection,
    /// What storing the texts took.
    pub(super) texts: Duration,
    /// What indexing them took.
    pub(super) indexed: Duration,
    /// Bytes that the index added to the file.
    pub(super) index_bytes: u64,
}

impl Index {
    pub(super) fn fill(file: &Path, options: &Options) -> Result<Self> {
        let db = Connection::open(file)?;
        db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "5a".repeat(32)))?;
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;
             CREATE TABLE texts (id INTEGER NOT NULL PRIMARY KEY, content TEXT NOT NULL) STRICT;
             CREATE VIRTUAL TABLE terms USING fts5
               (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');",
        )?;
        let order = Order { rooms: options.rooms, turn: 8 };
        let text = |n| texts::message(n, order).content;
        let texts = insert(&db, options, "INSERT INTO texts (id, content) VALUES (?1, ?2)", text)?;
        let before = checkpointed(&db, file)?;
        let terms = |n| grams(&fold(&text(n)));
        let indexed = insert(&db, options, "INSERT INTO terms (rowid, grams) VALUES (?1, ?2)", terms)?;
        let index_bytes = checkpointed(&db, file)?.saturating_sub(before);
        Ok(Index { db, texts, indexed, index_bytes })
    }

    /// Microseconds to the newest messages that may match, with their texts.
    pub(super) fn asked(&self, text: &str, times: u32) -> Result<Histogram<u64>> {
        let terms = Terms::of(text);
        let terms = terms.parts().iter().flat_map(|part| grams_of_part(part));
        let expression = terms.map(|term| format!("\"{term}\"")).collect::<Vec<_>>().join(" AND ");
        let mut taken = Histogram::new(3)?;
        for _ in 0..times {
            let begun = Instant::now();
            let mut statement = self.db.prepare_cached(
                "SELECT content FROM terms CROSS JOIN texts ON texts.id = terms.rowid
                 WHERE terms MATCH ?1 ORDER BY terms.rowid DESC LIMIT ?2",
            )?;
            let rows = statement.query_map((&expression, PAGE + 1), |row| row.get::<_, String>(0))?;
            let _texts = rows.collect::<Result<Vec<_>, _>>()?;
            taken.record(u64::try_from(begun.elapsed().as_micros())?)?;
        }
        Ok(taken)
    }
}

/// What is made of a number is not counted.
fn insert(db: &Connection, options: &Options, sql: &str, text: impl Fn(i64) -> String) -> Result<Duration> {
    let mut taken = Duration::ZERO;
    let mut next = 0;
    while next < options.messages {
        let end = (next + GROUP).min(options.messages);
        let group: Vec<(i64, String)> = (next..end).map(|n| (n + 1, text(n))).collect();
        let begun = Instant::now();
        let tx = db.unchecked_transaction()?;
        {
            let mut statement = tx.prepare_cached(sql)?;
            for (id, text) in &group {
                statement.execute((id, text))?;
            }
        }
        tx.commit()?;
        taken += begun.elapsed();
        next = end;
    }
    Ok(taken)
}

fn checkpointed(db: &Connection, file: &Path) -> Result<u64> {
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(std::fs::metadata(file)?.len())
}
