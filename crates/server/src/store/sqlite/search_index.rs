//! Keeps what finds messages up to date, behind those who send them, a slice of a room at a time.
//!
//! FTS5 keeps no text: to take a message out it is told its terms again. `searchable.rev` says as of which revision a message
//! is in, and `message_versions` what it said then. Never runs in the transaction of somebody who waits.

use std::collections::BTreeMap;

use bedside_protocol::RoomId;
use rusqlite::{Connection, OptionalExtension, params};

use super::relation::{self, Member};
use super::rooms;
use super::search::{candidate_at, candidate_columns, listed_at};
use super::writer::Write;
use crate::store::StoreError;
use crate::store::common::search::{
    Candidate, INDEX_FORM, Indexed, Listed, ROOMS_AT_ONCE, SLICE, days, due as first_due,
};
use crate::store::model::IndexStep;

const CHANGED: &str = concat!(
    "SELECT ",
    candidate_columns!(),
    " FROM messages m WHERE m.room_id = ?1 AND m.rev > ?2 ORDER BY m.rev LIMIT ?3"
);
const BETWEEN: &str = concat!(
    "SELECT ",
    candidate_columns!(),
    " FROM messages m WHERE m.room_id = ?1 AND m.room_seq >= ?2 AND m.room_seq < ?3"
);

/// The next rooms behind this one with something to index.
pub(super) fn due(db: &Connection, after: RoomId) -> Result<(Vec<RoomId>, IndexStep), StoreError> {
    let current = is_current(db)?;
    let mut statement = db.prepare_cached(
        "SELECT r.id, r.last_seq, r.room_rev, s.rev, s.seq_from
         FROM rooms r LEFT JOIN search_rooms s ON s.room_id = r.id AND ?3
         WHERE r.id > ?1 ORDER BY r.id LIMIT ?2",
    )?;
    let rows = statement.query_map(params![after.get(), ROOMS_AT_ONCE, current], listed_at)?;
    let rooms: Vec<Listed> = rows.collect::<Result<_, _>>()?;
    Ok(first_due(&rooms))
}

/// Whether the index is of this build's form.
pub(super) fn is_current(db: &Connection) -> Result<bool, StoreError> {
    Ok(form(db)? == INDEX_FORM)
}

fn form(db: &Connection) -> Result<i64, StoreError> {
    let mut statement = db.prepare_cached("SELECT form FROM search_form WHERE only_row = 1")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Indexes a slice of each of these rooms; whether any has more.
pub(super) fn index(tx: &Write<'_>, rooms: &[RoomId]) -> Result<bool, StoreError> {
    if form(tx)? != INDEX_FORM {
        begin(tx)?;
    }
    let mut more = false;
    for room in rooms {
        more |= index_room(tx, *room)?;
    }
    Ok(more)
}

/// What has changed, and once that is all, what was there before; whether there is more.
fn index_room(tx: &Write<'_>, room: RoomId) -> Result<bool, StoreError> {
    let head = rooms::head(tx, room)?;
    let start = Indexed { rev: head.room_rev.get(), seq_from: head.last_seq.get() + 1 };
    let mut indexed = state(tx, room)?.unwrap_or(start);
    let changed = rows(tx, CHANGED, [room.get(), indexed.rev, SLICE])?;
    let full = i64::try_from(changed.len()).is_ok_and(|count| count >= SLICE);
    indexed.rev = changed.last().filter(|_| full).map_or(head.room_rev.get(), |last| last.rev);
    let from = indexed.seq_from;
    let mut slice: Vec<Candidate> =
        changed.into_iter().filter(|candidate| candidate.room_seq.get() >= from).collect();
    if !full {
        indexed.seq_from = (from - SLICE).max(1);
        slice.extend(rows(tx, BETWEEN, [room.get(), indexed.seq_from, from])?);
    }
    put(tx, slice, &relation::members(tx, room)?)?;
    keep_state(tx, room, indexed)?;
    Ok(full || indexed.seq_from > 1)
}

/// Begins anew, with the terms of this build.
fn begin(tx: &Write<'_>) -> Result<(), StoreError> {
    for sql in [
        "INSERT INTO message_grams (message_grams) VALUES ('delete-all')",
        "DELETE FROM searchable",
        "DELETE FROM search_rooms",
        "DELETE FROM search_days",
    ] {
        tx.prepare_cached(sql)?.execute([])?;
    }
    tx.prepare_cached("UPDATE search_form SET form = ?1 WHERE only_row = 1")?.execute([INDEX_FORM])?;
    Ok(())
}

fn state(db: &Connection, room: RoomId) -> Result<Option<Indexed>, StoreError> {
    let mut statement = db.prepare_cached("SELECT rev, seq_from FROM search_rooms WHERE room_id = ?1")?;
    let found = statement
        .query_row([room.get()], |row| Ok(Indexed { rev: row.get(0)?, seq_from: row.get(1)? }))
        .optional()?;
    Ok(found)
}

fn keep_state(tx: &Write<'_>, room: RoomId, indexed: Indexed) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO search_rooms (room_id, rev, seq_from) VALUES (?1, ?2, ?3)
         ON CONFLICT (room_id) DO UPDATE SET rev = ?2, seq_from = ?3",
    )?
    .execute([room.get(), indexed.rev, indexed.seq_from])?;
    Ok(())
}

fn rows(db: &Connection, sql: &str, with: [i64; 3]) -> Result<Vec<Candidate>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(with, candidate_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// In order of ids: FTS5 writes out what it holds whenever one is lower than the one before.
fn put(tx: &Write<'_>, slice: Vec<Candidate>, members: &[Member]) -> Result<(), StoreError> {
    let slice: BTreeMap<i64, Candidate> = slice.into_iter().map(|one| (one.id, one)).collect();
    for candidate in slice.values() {
        put_one(tx, candidate, members)?;
    }
    for (day, (first, last)) in days(slice.values()) {
        tx.prepare_cached(
            "INSERT INTO search_days (day, first_id, last_id) VALUES (?1, ?2, ?3)
             ON CONFLICT (day) DO UPDATE SET first_id = min(first_id, ?2), last_id = max(last_id, ?3)",
        )?
        .execute([day, first, last])?;
    }
    Ok(())
}

fn put_one(tx: &Write<'_>, candidate: &Candidate, members: &[Member]) -> Result<(), StoreError> {
    let was = as_indexed(tx, candidate)?;
    if was == candidate.content {
        return Ok(()); // Nothing but a reaction, or nothing at all.
    }
    if let Some(was) = was {
        let terms = candidate.terms(&was, members).join(" ");
        tx.prepare_cached(
            "INSERT INTO message_grams (message_grams, rowid, grams) VALUES ('delete', ?1, ?2)",
        )?
        .execute(params![candidate.id, terms])?;
        tx.prepare_cached("DELETE FROM searchable WHERE message_id = ?1")?.execute([candidate.id])?;
    }
    if let Some(is) = &candidate.content {
        let terms = candidate.terms(is, members).join(" ");
        tx.prepare_cached("INSERT INTO message_grams (rowid, grams) VALUES (?1, ?2)")?
            .execute(params![candidate.id, terms])?;
        tx.prepare_cached("INSERT INTO searchable (message_id, rev) VALUES (?1, ?2)")?
            .execute([candidate.id, candidate.rev])?;
    }
    Ok(())
}

/// What a message said when it was indexed; nothing of one that is not.
fn as_indexed(db: &Connection, candidate: &Candidate) -> Result<Option<String>, StoreError> {
    let rev: Option<i64> = db
        .prepare_cached("SELECT rev FROM searchable WHERE message_id = ?1")?
        .query_row([candidate.id], |row| row.get(0))
        .optional()?;
    let Some(rev) = rev else { return Ok(None) };
    let before = db
        .prepare_cached(
            "SELECT content FROM message_versions WHERE message_id = ?1 AND rev >= ?2 ORDER BY rev LIMIT 1",
        )?
        .query_row([candidate.id, rev], |row| row.get(0))
        .optional()?;
    Ok(before.or_else(|| candidate.content.clone()))
}
