//! Finding messages in one's own rooms, the newest first.
//!
//! A GIN index names all rows of a term at once, in no order. So each message has, for each of its readers, terms that
//! say in which windows of ids it lies: a question about a window reads what lies in it, however long the history.

use bedside_protocol::wire::{Message, SearchAnswer};
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp, limits};
use tokio_postgres::Row;

use super::tx::{Tx, at};
use super::{messages, search_index};
use crate::store::common::search::{
    ASKED_FOR, Candidate, Indexed, Listed, Readable, Rooms, Sought, Walk, Window, Windows, day, oldest_of,
};
use crate::store::{Actor, SearchRequest, StoreError};

/// Widths of windows, as powers of two: from fewer messages than a slice to a quarter of a million.
pub(super) const WIDTHS: &[u32] = &[9, 12, 15, 18];

/// A message as a candidate; the caller adds where from.
macro_rules! candidate_columns {
    () => {
        "m.id, m.room_id, m.room_seq, m.rev, m.sender_id, m.created_at, m.urgent,
         CASE WHEN m.retracted_at IS NULL THEN m.content END"
    };
}
pub(super) use candidate_columns;

/// What the index names is gathered before anything is put in order: else the newest messages might be gone through one
/// by one instead. Each message is looked up by itself: for many all messages would be read.
const NAMED: &str = concat!(
    "WITH named AS MATERIALIZED (SELECT message_id FROM searchable WHERE terms @> $1::INTEGER[])
     SELECT ",
    candidate_columns!(),
    " FROM (SELECT message_id FROM named WHERE message_id BETWEEN $2 AND $3
            ORDER BY message_id DESC LIMIT $4) AS newest
     CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = newest.message_id LIMIT 1) AS m
     ORDER BY m.id DESC"
);
const BESIDE: &str = concat!(
    "SELECT ",
    candidate_columns!(),
    " FROM unnest($1::BIGINT[], $2::BIGINT[]) AS behind (room, rev)
     CROSS JOIN LATERAL (SELECT * FROM messages WHERE room_id = behind.room AND rev > behind.rev
                         ORDER BY rev LIMIT 1000) AS m
     WHERE m.id < $3"
);

/// What matches; `None` if the room asked for may not be read.
pub(super) async fn search(
    tx: &Tx<'_>,
    actor: Actor,
    request: &SearchRequest,
) -> Result<Option<SearchAnswer>, StoreError> {
    let sought = Sought::of(actor, request);
    let rooms = Rooms::of(actor, own_rooms(tx, &sought).await?);
    if rooms.is_empty() && sought.filter.room_id.is_some() {
        return Ok(None);
    }
    let (behind, all_behind) = rooms.behind();
    let beside = beside(tx, &behind, request.before).await?;
    let windows = windows(tx, &sought, &beside, request.before).await?;
    let mut walk = Walk::new(windows, beside, request.limit.clamp(1, limits::PAGE_MAX));
    while let Some(window) = walk.ask() {
        walk.answer(named(tx, &sought, window).await?, &sought, &rooms);
        if let Some(below) = walk.gap() {
            walk.skip_to(newest_below(tx, below).await?);
        }
    }
    let (found, next) = walk.end();
    let unfinished = rooms.unfinished();
    let complete = all_behind && unfinished.is_empty();
    let searched_back_to = if all_behind && !complete {
        oldest_of(unfinished.len(), &oldest(tx, &unfinished).await?)
    } else {
        None
    };
    let messages = read(tx, &found, actor.account_id).await?;
    Ok(Some(SearchAnswer { messages, next, complete, searched_back_to }))
}

/// The rooms that the actor has to do with, or the one that is asked for.
async fn own_rooms(tx: &Tx<'_>, sought: &Sought) -> Result<Vec<Readable>, StoreError> {
    let current = search_index::is_current(tx).await?;
    let room = sought.filter.room_id.map(RoomId::get);
    let rows = tx
        .rows(
            "SELECT me.room_id, r.last_seq, r.room_rev, s.rev, s.seq_from, me.until_seq
             FROM room_members me
             CROSS JOIN LATERAL (SELECT last_seq, room_rev FROM rooms WHERE id = me.room_id LIMIT 1) AS r
             LEFT JOIN LATERAL (SELECT rev, seq_from FROM search_rooms WHERE room_id = me.room_id AND $3 LIMIT 1) AS s
               ON TRUE
             WHERE me.account_id = $1 AND me.room_id = coalesce($2::BIGINT, me.room_id)",
            &[&sought.me.get(), &room, &current],
        )
        .await?;
    let readable = |row: &Row| {
        let until_seq = at::<Option<i64>>(row, 5)?.map(RoomSeq);
        Ok(Readable { listed: listed_at(row)?, until_seq })
    };
    rows.iter().map(readable).collect()
}

/// A room and how far it is indexed, from five columns.
pub(super) fn listed_at(row: &Row) -> Result<Listed, StoreError> {
    let (rev, seq_from): (Option<i64>, Option<i64>) = (at(row, 3)?, at(row, 4)?);
    Ok(Listed {
        room_id: RoomId(at(row, 0)?),
        last_seq: at(row, 1)?,
        room_rev: at(row, 2)?,
        indexed: rev.zip(seq_from).map(|(rev, seq_from)| Indexed { rev, seq_from }),
    })
}

/// What changed in these rooms after these revisions.
async fn beside(
    tx: &Tx<'_>,
    behind: &[(i64, i64)],
    before: Option<MessageId>,
) -> Result<Vec<Candidate>, StoreError> {
    if behind.is_empty() {
        return Ok(Vec::new());
    }
    let (rooms, revs): (Vec<i64>, Vec<i64>) = behind.iter().copied().unzip();
    let before = before.map_or(i64::MAX, MessageId::get);
    let rows = tx.rows(BESIDE, &[&rooms, &revs, &before]).await?;
    rows.iter().map(candidate_at).collect()
}

pub(super) fn candidate_at(row: &Row) -> Result<Candidate, StoreError> {
    Ok(Candidate {
        id: at(row, 0)?,
        room_id: RoomId(at(row, 1)?),
        room_seq: RoomSeq(at(row, 2)?),
        rev: at(row, 3)?,
        sender: AccountId(at(row, 4)?),
        stored_at: Timestamp(at(row, 5)?),
        urgent: at(row, 6)?,
        content: at(row, 7)?,
    })
}

/// From the newest id that may match to the oldest.
async fn windows(
    tx: &Tx<'_>,
    sought: &Sought,
    beside: &[Candidate],
    before: Option<MessageId>,
) -> Result<Windows, StoreError> {
    let (since, until) = (sought.filter.since.map(day), sought.filter.until.map(day));
    let row = tx
        .one(
            "SELECT (SELECT min(first_id) FROM search_days WHERE day >= $1::BIGINT),
                    (SELECT max(last_id) FROM search_days WHERE day <= $2::BIGINT),
                    (SELECT coalesce(max(id), 0) FROM messages)",
            &[&since, &until],
        )
        .await?;
    let (first, last): (Option<i64>, Option<i64>) = (at(&row, 0)?, at(&row, 1)?);
    let (mut first, mut last) = (
        if since.is_some() { first.unwrap_or(i64::MAX) } else { 0 },
        if until.is_some() { last.unwrap_or(-1) } else { i64::MAX },
    );
    for candidate in beside {
        (first, last) = (first.min(candidate.id), last.max(candidate.id));
    }
    let last = last.min(at(&row, 2)?).min(before.map_or(i64::MAX, |before| before.get() - 1));
    Ok(Windows::new(first, last, WIDTHS))
}

/// The newest candidates of a window that the index names.
async fn named(tx: &Tx<'_>, sought: &Sought, window: Window) -> Result<Vec<Candidate>, StoreError> {
    let mut terms: Vec<i32> = sought.looked_up().iter().map(|term| search_index::number(term)).collect();
    terms.push(search_index::within(sought.me, window.bits, window.number));
    let rows = tx.rows(NAMED, &[&terms, &window.first, &window.last, &ASKED_FOR]).await?;
    rows.iter().map(candidate_at).collect()
}

/// The newest message in the index below an id.
async fn newest_below(tx: &Tx<'_>, id: i64) -> Result<Option<i64>, StoreError> {
    at(&tx.one("SELECT max(message_id) FROM searchable WHERE message_id < $1", &[&id]).await?, 0)
}

/// When the oldest indexed message of each of these rooms was stored.
async fn oldest(tx: &Tx<'_>, unfinished: &[(RoomId, i64)]) -> Result<Vec<Timestamp>, StoreError> {
    let (rooms, places): (Vec<i64>, Vec<i64>) =
        unfinished.iter().map(|(room, place)| (room.get(), *place)).unzip();
    let rows = tx
        .rows(
            "SELECT m.created_at FROM unnest($1::BIGINT[], $2::BIGINT[]) AS wanted (room, place)
             CROSS JOIN LATERAL (SELECT created_at FROM messages
                                 WHERE room_id = wanted.room AND room_seq = wanted.place LIMIT 1) AS m",
            &[&rooms, &places],
        )
        .await?;
    rows.iter().map(|row| at(row, 0).map(Timestamp)).collect()
}

async fn read(tx: &Tx<'_>, ids: &[i64], viewer: AccountId) -> Result<Vec<Message>, StoreError> {
    let mut messages = messages::by_ids(tx, ids, viewer).await?;
    messages.sort_by_key(|message| std::cmp::Reverse(message.id));
    Ok(messages)
}
