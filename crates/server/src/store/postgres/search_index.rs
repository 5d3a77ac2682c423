//! Keeps what finds messages up to date, behind those who send them, a slice of a room at a time.
//!
//! Of several servers any may do it: a room's row is locked for one of them, and others pass it over. A term is kept as 32
//! bits of its hash: what is named is looked at anyway. Never runs in the transaction of somebody who waits.

use std::collections::BTreeMap;

use bedside_protocol::{AccountId, RoomId};

use super::relation::{self, Member};
use super::rooms;
use super::search::{WIDTHS, candidate_at, candidate_columns, listed_at};
use super::tx::{Params, Tx, at};
use crate::store::StoreError;
use crate::store::common::search::{
    Candidate, INDEX_FORM, Indexed, Listed, ROOMS_AT_ONCE, SLICE, days, due as first_due,
};
use crate::store::model::IndexStep;

const CHANGED: &str = concat!(
    "SELECT ",
    candidate_columns!(),
    " FROM messages m WHERE m.room_id = $1 AND m.rev > $2 ORDER BY m.rev LIMIT $3"
);
const BETWEEN: &str = concat!(
    "SELECT ",
    candidate_columns!(),
    " FROM messages m WHERE m.room_id = $1 AND m.room_seq >= $2 AND m.room_seq < $3 ORDER BY m.room_seq"
);

/// The next rooms behind this one with something to index.
pub(super) async fn due(tx: &Tx<'_>, after: RoomId) -> Result<(Vec<RoomId>, IndexStep), StoreError> {
    let rows = tx
        .rows(
            "SELECT r.id, r.last_seq, r.room_rev, s.rev, s.seq_from
             FROM (SELECT id, last_seq, room_rev FROM rooms WHERE id > $1 ORDER BY id LIMIT $2) AS r
             LEFT JOIN LATERAL (SELECT rev, seq_from FROM search_rooms WHERE room_id = r.id
                                  AND (SELECT form = $3 FROM search_form WHERE only_row = 1) LIMIT 1) AS s ON TRUE
             ORDER BY r.id",
            &[&after.get(), &ROOMS_AT_ONCE, &INDEX_FORM],
        )
        .await?;
    let rooms: Vec<Listed> = rows.iter().map(listed_at).collect::<Result<_, _>>()?;
    Ok(first_due(&rooms))
}

/// Whether the index is of this build's form.
pub(super) async fn is_current(tx: &Tx<'_>) -> Result<bool, StoreError> {
    at(&tx.one("SELECT form = $1 FROM search_form WHERE only_row = 1", &[&INDEX_FORM]).await?, 0)
}

/// A term as the index keeps it: FNV-1a.
pub(super) fn number(term: &str) -> i32 {
    let hash =
        term.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash.cast_signed()
}

/// The term of a reader's messages in a window.
pub(super) fn within(reader: AccountId, bits: u32, window: i64) -> i32 {
    number(&format!("\u{F8FF}w{reader}:{bits}:{window}"))
}

/// Indexes a slice of each of these rooms; whether any has more.
pub(super) async fn index(tx: &Tx<'_>, rooms: &[RoomId]) -> Result<bool, StoreError> {
    let mut more = false;
    if begin(tx).await? {
        for room in rooms {
            more |= index_room(tx, *room).await?;
        }
    }
    Ok(more)
}

/// What has changed, and once that is all, what was there before; whether there is more.
async fn index_room(tx: &Tx<'_>, room: RoomId) -> Result<bool, StoreError> {
    // Read before what has changed: whatever is committed up to it is seen below.
    let head = rooms::head(tx, room).await?;
    let start = Indexed { rev: head.room_rev.get(), seq_from: head.last_seq.get() + 1 };
    let Some(mut indexed) = claim(tx, room, start).await? else { return Ok(false) };
    let changed = rows(tx, CHANGED, &[&room.get(), &indexed.rev, &SLICE]).await?;
    let full = i64::try_from(changed.len()).is_ok_and(|count| count >= SLICE);
    let head_rev = head.room_rev.get().max(indexed.rev);
    indexed.rev = changed.last().filter(|_| full).map_or(head_rev, |last| last.rev);
    let from = indexed.seq_from;
    let mut slice: Vec<Candidate> =
        changed.into_iter().filter(|candidate| candidate.room_seq.get() >= from).collect();
    if !full {
        indexed.seq_from = (from - SLICE).max(1);
        slice.extend(rows(tx, BETWEEN, &[&room.get(), &indexed.seq_from, &from]).await?);
    }
    put(tx, slice, &relation::members(tx, room).await?).await?;
    let state = (indexed.rev, indexed.seq_from);
    tx.run(
        "UPDATE search_rooms SET rev = $2, seq_from = $3 WHERE room_id = $1",
        &[&room.get(), &state.0, &state.1],
    )
    .await?;
    Ok(full || indexed.seq_from > 1)
}

/// Begins anew if the index is of an older build's terms. False while a newer build's server is at it.
async fn begin(tx: &Tx<'_>) -> Result<bool, StoreError> {
    let held: i64 = at(&tx.one("SELECT form FROM search_form WHERE only_row = 1 FOR SHARE", &[]).await?, 0)?;
    if held < INDEX_FORM {
        let begun = tx
            .run("UPDATE search_form SET form = $1 WHERE only_row = 1 AND form < $1", &[&INDEX_FORM])
            .await?;
        if begun == 1 {
            tx.script("TRUNCATE searchable, search_rooms, search_days").await?;
        }
    }
    Ok(held <= INDEX_FORM)
}

/// How far a room is indexed, for this transaction alone; nothing while another server is at it.
async fn claim(tx: &Tx<'_>, room: RoomId, start: Indexed) -> Result<Option<Indexed>, StoreError> {
    tx.run(
        "INSERT INTO search_rooms (room_id, rev, seq_from) VALUES ($1, $2, $3) ON CONFLICT (room_id) DO NOTHING",
        &[&room.get(), &start.rev, &start.seq_from],
    )
    .await?;
    let row = tx
        .maybe(
            "SELECT rev, seq_from FROM search_rooms WHERE room_id = $1 FOR UPDATE SKIP LOCKED",
            &[&room.get()],
        )
        .await?;
    row.map(|row| Ok(Indexed { rev: at(&row, 0)?, seq_from: at(&row, 1)? })).transpose()
}

async fn rows(tx: &Tx<'_>, sql: &str, with: Params<'_>) -> Result<Vec<Candidate>, StoreError> {
    tx.rows(sql, with).await?.iter().map(candidate_at).collect()
}

/// As they are now, whatever was there of them.
async fn put(tx: &Tx<'_>, slice: Vec<Candidate>, members: &[Member]) -> Result<(), StoreError> {
    let slice: BTreeMap<i64, Candidate> = slice.into_iter().map(|one| (one.id, one)).collect();
    let gone: Vec<i64> = slice.values().filter(|one| one.content.is_none()).map(|one| one.id).collect();
    tx.run("DELETE FROM searchable WHERE message_id = ANY($1)", &[&gone]).await?;
    let (ids, terms): (Vec<i64>, Vec<String>) = slice
        .values()
        .filter_map(|one| one.content.as_deref().map(|content| (one.id, numbers(one, content, members))))
        .unzip();
    tx.run(
        "INSERT INTO searchable (message_id, terms)
         SELECT one.id, one.terms::INTEGER[] FROM unnest($1::BIGINT[], $2::TEXT[]) AS one (id, terms)
         ON CONFLICT (message_id) DO UPDATE SET terms = EXCLUDED.terms WHERE searchable.terms <> EXCLUDED.terms",
        &[&ids, &terms],
    )
    .await?;
    let (days, ids): (Vec<i64>, Vec<(i64, i64)>) = days(slice.values()).into_iter().unzip();
    let (first, last): (Vec<i64>, Vec<i64>) = ids.into_iter().unzip();
    tx.run(
        "INSERT INTO search_days AS held (day, first_id, last_id)
         SELECT * FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[])
         ON CONFLICT (day) DO UPDATE SET first_id = least(held.first_id, EXCLUDED.first_id),
           last_id = greatest(held.last_id, EXCLUDED.last_id)",
        &[&days, &first, &last],
    )
    .await?;
    Ok(())
}

/// A message's terms, as PostgreSQL writes an array.
fn numbers(candidate: &Candidate, content: &str, members: &[Member]) -> String {
    let windows = members
        .iter()
        .flat_map(|member| WIDTHS.iter().map(|bits| within(member.account_id, *bits, candidate.id >> bits)));
    let terms = candidate.terms(content, members);
    let mut numbers: Vec<i32> = terms.iter().map(|term| number(term)).chain(windows).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(i32::to_string).collect();
    format!("{{{}}}", numbers.join(","))
}
