//! Indexes behind the messages what many of them at once brought, and what was there before there was an index: newest
//! arrivals first, in slices between which others write. Never indexes anything twice.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::Timestamp;
use bedside_protocol::search::FORM;
use bedside_runtime::{Runtime, Task};
use rusqlite::{Connection, OptionalExtension};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::{Doc, Docs, Step};
use crate::cache::changes::{Changes, Part};
use crate::cache::error::CacheError;
use crate::cache::group::Group;
use crate::cache::writer::WriterHandle;

/// Messages indexed in one transaction: some tens of milliseconds, for which a message that is sent would wait.
const SLICE: i64 = 1_000;
/// How long others may write between two slices.
const BETWEEN_SLICES: Duration = Duration::from_millis(20);
/// Messages that come in this time after others are waited for, too.
const QUIET: Duration = Duration::from_millis(100);
/// For no longer than this.
const LATEST: Duration = Duration::from_secs(5);

/// How far what is held is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Behind {
    /// How many messages are still to be, at most; nothing if all are.
    pub(crate) due: i64,
    /// Of how many.
    of: i64,
}

impl Behind {
    /// How much is indexed, of 100.
    pub(crate) fn percent(&self) -> u8 {
        let done = self.of.saturating_sub(self.due).saturating_mul(100) / self.of.max(1);
        u8::try_from(done.clamp(0, 99)).unwrap_or_default()
    }
}

/// How far what is held is indexed. An index of another form holds nothing.
pub(crate) fn behind(db: &Connection) -> Result<Behind, CacheError> {
    let of = db
        .prepare_cached("SELECT coalesce(max(arrival) + 1, 0) FROM messages")?
        .query_row([], |row| row.get(0))?;
    if form(db)? != FORM {
        return Ok(Behind { due: of, of });
    }
    let due = db
        .prepare_cached("SELECT coalesce(sum(to_arrival - from_arrival), 0) FROM search_due")?
        .query_row([], |row| row.get(0))?;
    Ok(Behind { due, of })
}

/// When the newest of the messages still to be indexed was stored.
pub(crate) fn newest_due(db: &Connection) -> Result<Option<Timestamp>, CacheError> {
    let sql = "SELECT max(stored_at) FROM search_due JOIN messages
                   ON arrival >= from_arrival AND arrival < to_arrival";
    let at: Option<i64> = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(at.map(Timestamp))
}

/// The form of the index's terms.
pub(super) fn form(db: &Connection) -> Result<i64, CacheError> {
    let sql = "SELECT form FROM search_fill WHERE only_row = 1";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

impl Group<'_> {
    /// Messages with these arrivals are to be indexed behind this transaction.
    pub(super) fn index_later(&mut self, arrivals: &Range<i64>) -> Result<(), CacheError> {
        self.changed(Part::Search);
        let range = [arrivals.start, arrivals.end];
        let grown = self
            .db
            .prepare_cached(
                "UPDATE search_due SET to_arrival = max(to_arrival, ?2)
                 WHERE from_arrival = (SELECT max(from_arrival) FROM search_due WHERE from_arrival <= ?1)
                   AND to_arrival >= ?1",
            )?
            .execute(range)?;
        if grown == 0 {
            self.db
                .prepare_cached("INSERT INTO search_due (from_arrival, to_arrival) VALUES (?1, ?2)")?
                .execute(range)?;
        }
        Ok(())
    }

    /// Indexes some of what is due; whether more is.
    pub(super) fn index_slice(&mut self) -> Result<bool, CacheError> {
        if form(self.db)? != FORM {
            self.changed(Part::Search);
            return self.begin_index().map(|()| true);
        }
        let Some(due) = newest_range(self.db)? else { return Ok(false) };
        self.changed(Part::Search);
        let (docs, reached) = unindexed(self.db, &due)?;
        for (id, doc) in docs {
            self.index.steps.entry(id).or_insert(Step { is: Some(doc), ..Step::default() });
        }
        if reached > due.start {
            self.db
                .prepare_cached("UPDATE search_due SET to_arrival = ?2 WHERE from_arrival = ?1")?
                .execute([due.start, reached])?;
            return Ok(true);
        }
        self.db.prepare_cached("DELETE FROM search_due WHERE from_arrival = ?1")?.execute([due.start])?;
        Ok(newest_range(self.db)?.is_some())
    }

    /// Begins anew, with the terms of this build.
    fn begin_index(&self) -> Result<(), CacheError> {
        self.db.execute_batch(
            "INSERT INTO message_grams (message_grams) VALUES ('delete-all');
             DELETE FROM searchable;
             DELETE FROM search_days;
             DELETE FROM search_due;
             INSERT INTO search_due (from_arrival, to_arrival)
                 SELECT 0, max(arrival) + 1 FROM messages HAVING max(arrival) >= 0;",
        )?;
        self.db.execute("UPDATE search_fill SET form = ?1 WHERE only_row = 1", [FORM])?;
        Ok(())
    }
}

/// The newest arrivals that are still to be indexed.
fn newest_range(db: &Connection) -> Result<Option<Range<i64>>, CacheError> {
    let sql = "SELECT from_arrival, to_arrival FROM search_due ORDER BY from_arrival DESC LIMIT 1";
    let range = db.prepare_cached(sql)?.query_row([], |row| Ok(row.get(0)?..row.get(1)?));
    Ok(range.optional()?)
}

/// The messages that arrived last of a range, but for those that are indexed; and down to which arrival.
fn unindexed(db: &Connection, due: &Range<i64>) -> Result<(Docs, i64), CacheError> {
    let lowest: Option<i64> = db
        .prepare_cached(
            "SELECT arrival FROM messages WHERE arrival < ?1 AND arrival >= ?2
             ORDER BY arrival DESC LIMIT 1 OFFSET ?3",
        )?
        .query_row([due.end, due.start, SLICE - 1], |row| row.get(0))
        .optional()?;
    let reached = lowest.unwrap_or(due.start);
    let mut statement = db.prepare_cached(
        "SELECT message_id, arrival, room_id, sender_account, content, urgent, stored_at
         FROM messages WHERE arrival < ?1 AND arrival >= ?2 AND retracted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM searchable WHERE searchable.message_id = messages.message_id)",
    )?;
    let rows = statement.query_map([due.end, reached], |row| Ok((row.get(0)?, Doc::read(row, 1)?)))?;
    Ok((rows.collect::<Result<_, _>>()?, reached))
}

/// Keeps up until the last clone is gone or it is stopped.
#[derive(Clone)]
pub(in crate::cache) struct Indexer(Arc<Ending>);

struct Ending(Task);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Indexer {
    pub(in crate::cache) fn start(runtime: &Runtime, writer: WriterHandle) -> Self {
        let (stopping, changes) = (runtime.stopping(), writer.changes());
        let keeping = keep_up(runtime.clone(), writer, changes);
        let until_stopped = async move {
            let _stopped = stopping.run_until_cancelled(keeping).await;
        };
        Indexer(Arc::new(Ending(runtime.spawn("cache.index", until_stopped))))
    }

    /// Ends it; what is left is done when the cache is opened again.
    pub(in crate::cache) fn stop(&self) {
        self.0.0.abort();
    }
}

/// Indexes what is due, now and whenever more is, until the cache is closed.
async fn keep_up(runtime: Runtime, writer: WriterHandle, mut changes: Receiver<Arc<Changes>>) {
    loop {
        match writer.write(|group| group.index_slice()).await {
            Ok(true) => runtime.sleep(BETWEEN_SLICES).await,
            Ok(false) => {
                if !more_is_due(&runtime, &mut changes).await {
                    return;
                }
            }
            Err(CacheError::Closed) => return,
            Err(error) => {
                return tracing::error!(error = %error, "what came cannot be searched before the next start");
            }
        }
    }
}

/// Waits until more is due and messages have stopped coming in numbers; not for ever.
async fn more_is_due(runtime: &Runtime, changes: &mut Receiver<Arc<Changes>>) -> bool {
    if !touched(changes).await {
        return false;
    }
    let quiet = async {
        while let Some(open) = runtime.timeout(QUIET, touched(changes)).await {
            if !open {
                return;
            }
        }
    };
    let _latest = runtime.timeout(LATEST, quiet).await;
    true
}

/// Waits until what can be searched changed; whether it still may.
async fn touched(changes: &mut Receiver<Arc<Changes>>) -> bool {
    loop {
        match changes.recv().await {
            Ok(changed) if changed.touch(Part::Search) => return true,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return true,
            Err(RecvError::Closed) => return false,
        }
    }
}
