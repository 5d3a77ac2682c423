//! Finding messages in one's own rooms, the newest first.

use bedside_protocol::search::Fact;
use bedside_protocol::wire::{Message, SearchAnswer};
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp, limits};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{messages, search_index};
use crate::store::common::search::{
    ASKED_FOR, Candidate, Indexed, Listed, Readable, Rooms, Sought, Walk, Window, Windows, day, oldest_of,
};
use crate::store::{Actor, SearchRequest, StoreError};

/// FTS5 walks a window by itself, newest first; this only bounds what a question without an answer costs.
const WIDTHS: &[u32] = &[18];

/// A message as a candidate; the caller adds where from.
macro_rules! candidate_columns {
    () => {
        "m.id, m.room_id, m.room_seq, m.rev, m.sender_id, m.created_at, m.urgent,
         CASE WHEN m.retracted_at IS NULL THEN m.content END"
    };
}
pub(super) use candidate_columns;

const NAMED: &str = concat!(
    "SELECT ",
    candidate_columns!(),
    " FROM message_grams CROSS JOIN messages m ON m.id = message_grams.rowid
     WHERE message_grams MATCH ?1 AND message_grams.rowid BETWEEN ?2 AND ?3
     ORDER BY message_grams.rowid DESC LIMIT ?4"
);
const BESIDE: &str =
    concat!("SELECT ", candidate_columns!(), " FROM messages m WHERE m.room_id = ?1 AND m.rev > ?2");

/// What matches; `None` if the room asked for may not be read.
pub(super) fn search(
    db: &Connection,
    actor: Actor,
    request: &SearchRequest,
) -> Result<Option<SearchAnswer>, StoreError> {
    let sought = Sought::of(actor, request);
    let rooms = Rooms::of(actor, own_rooms(db, &sought)?);
    if rooms.is_empty() && sought.filter.room_id.is_some() {
        return Ok(None);
    }
    let (behind, all_behind) = rooms.behind();
    let beside = beside(db, &behind, request.before)?;
    let windows = windows(db, &sought, &beside, request.before)?;
    let mut walk = Walk::new(windows, beside, request.limit.clamp(1, limits::PAGE_MAX));
    while let Some(window) = walk.ask() {
        walk.answer(named(db, &sought, window)?, &sought, &rooms);
        if let Some(below) = walk.gap() {
            walk.skip_to(newest_below(db, below)?);
        }
    }
    let (found, next) = walk.end();
    let unfinished = rooms.unfinished();
    let complete = all_behind && unfinished.is_empty();
    let searched_back_to =
        if all_behind && !complete { oldest_of(unfinished.len(), &oldest(db, &unfinished)?) } else { None };
    Ok(Some(SearchAnswer { messages: read(db, &found, actor.account_id)?, next, complete, searched_back_to }))
}

/// The rooms that the actor has to do with, or the one that is asked for.
fn own_rooms(db: &Connection, sought: &Sought) -> Result<Vec<Readable>, StoreError> {
    let current = search_index::is_current(db)?;
    let mut statement = db.prepare_cached(
        "SELECT me.room_id, r.last_seq, r.room_rev, s.rev, s.seq_from, me.until_seq
         FROM room_members me JOIN rooms r ON r.id = me.room_id
         LEFT JOIN search_rooms s ON s.room_id = me.room_id AND ?3
         WHERE me.account_id = ?1 AND me.room_id = coalesce(?2, me.room_id)",
    )?;
    let room = sought.filter.room_id.map(RoomId::get);
    let rows = statement.query_map(params![sought.me.get(), room, current], |row| {
        Ok(Readable { listed: listed_at(row)?, until_seq: row.get::<_, Option<i64>>(5)?.map(RoomSeq) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A room and how far it is indexed, from five columns.
pub(super) fn listed_at(row: &Row<'_>) -> rusqlite::Result<Listed> {
    let (rev, seq_from): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
    Ok(Listed {
        room_id: RoomId(row.get(0)?),
        last_seq: row.get(1)?,
        room_rev: row.get(2)?,
        indexed: rev.zip(seq_from).map(|(rev, seq_from)| Indexed { rev, seq_from }),
    })
}

/// What changed in these rooms after these revisions.
fn beside(
    db: &Connection,
    behind: &[(i64, i64)],
    before: Option<MessageId>,
) -> Result<Vec<Candidate>, StoreError> {
    let mut candidates = Vec::new();
    let mut statement = db.prepare_cached(BESIDE)?;
    for (room, rev) in behind {
        let rows = statement.query_map([room, rev], candidate_at)?;
        for candidate in rows {
            candidates.push(candidate?);
        }
    }
    candidates.retain(|candidate| before.is_none_or(|before| candidate.id < before.get()));
    Ok(candidates)
}

pub(super) fn candidate_at(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        id: row.get(0)?,
        room_id: RoomId(row.get(1)?),
        room_seq: RoomSeq(row.get(2)?),
        rev: row.get(3)?,
        sender: AccountId(row.get(4)?),
        stored_at: Timestamp(row.get(5)?),
        urgent: row.get(6)?,
        content: row.get(7)?,
    })
}

/// From the newest id that may match to the oldest.
fn windows(
    db: &Connection,
    sought: &Sought,
    beside: &[Candidate],
    before: Option<MessageId>,
) -> Result<Windows, StoreError> {
    let (mut first, mut last) = bounds(db, sought)?;
    for candidate in beside {
        (first, last) = (first.min(candidate.id), last.max(candidate.id));
    }
    let newest: i64 =
        db.prepare_cached("SELECT coalesce(max(id), 0) FROM messages")?.query_row([], |row| row.get(0))?;
    let last = last.min(newest).min(before.map_or(i64::MAX, |before| before.get() - 1));
    Ok(Windows::new(first, last, WIDTHS))
}

/// Between which ids the indexed messages of a time lie.
fn bounds(db: &Connection, sought: &Sought) -> Result<(i64, i64), StoreError> {
    let one = |sql: &str, at: Timestamp| {
        let found: Option<Option<i64>> =
            db.prepare_cached(sql)?.query_row([day(at)], |row| row.get(0)).optional()?;
        Ok::<_, StoreError>(found.flatten())
    };
    let first = match sought.filter.since {
        Some(since) => {
            one("SELECT min(first_id) FROM search_days WHERE day >= ?1", since)?.unwrap_or(i64::MAX)
        }
        None => 0,
    };
    let last = match sought.filter.until {
        Some(until) => one("SELECT max(last_id) FROM search_days WHERE day <= ?1", until)?.unwrap_or(-1),
        None => i64::MAX,
    };
    Ok((first, last))
}

/// The newest candidates of a window that the index names.
fn named(db: &Connection, sought: &Sought, window: Window) -> Result<Vec<Candidate>, StoreError> {
    let reader = Fact::Reader(sought.me.get()).term();
    // Every term in quotes, so that nothing a person types means anything to FTS5.
    let terms = sought.looked_up().into_iter().chain([reader]).map(|term| format!("\"{term}\""));
    let expression = terms.collect::<Vec<_>>().join(" AND ");
    let mut statement = db.prepare_cached(NAMED)?;
    let rows =
        statement.query_map(params![expression, window.first, window.last, ASKED_FOR], candidate_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest message in the index below an id.
fn newest_below(db: &Connection, id: i64) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT max(message_id) FROM searchable WHERE message_id < ?1";
    Ok(db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

/// When the oldest indexed message of each of these rooms was stored.
fn oldest(db: &Connection, unfinished: &[(RoomId, i64)]) -> Result<Vec<Timestamp>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT created_at FROM messages WHERE room_id = ?1 AND room_seq = ?2")?;
    let mut found = Vec::with_capacity(unfinished.len());
    for (room, place) in unfinished {
        let at = statement.query_row([room.get(), *place], |row| row.get(0).map(Timestamp)).optional()?;
        found.extend(at);
    }
    Ok(found)
}

fn read(db: &Connection, ids: &[i64], viewer: AccountId) -> Result<Vec<Message>, StoreError> {
    let messages = ids.iter().filter_map(|id| messages::by_id(db, MessageId(*id), viewer).transpose());
    messages.collect()
}
