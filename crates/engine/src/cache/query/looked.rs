//! How much of what was written this device can look through.

use bedside_protocol::ipc::Looked;
use bedside_protocol::{RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::cache::error::CacheError;
use crate::cache::search_index::behind;

/// So few messages that are not indexed yet are looked at each by itself.
const FEW: i64 = 2_000;

/// Of one conversation, or of all.
pub(crate) fn looked(db: &Connection, room_id: Option<RoomId>, now: Timestamp) -> Result<Looked, CacheError> {
    let behind = behind::behind(db)?;
    if behind.due > FEW {
        return Ok(Looked::Preparing { percent: behind.percent() });
    }
    if room_id.is_none() && !is_listed(db)? {
        return Ok(Looked::Since { since: now });
    }
    let since = incomplete(db, room_id)?.into_iter().map(|(room, to)| held_since(db, room, to));
    // Of a conversation whose newest messages are missing nothing is known.
    let since = since.collect::<Result<Vec<_>, _>>()?.into_iter().map(|since| since.unwrap_or(now)).max();
    let due = if behind.due > 0 { behind::newest_due(db)? } else { None };
    Ok(match (since, due) {
        (None, Some(_)) => Looked::Preparing { percent: behind.percent() },
        (None, None) => Looked::Everything,
        (Some(since), due) => Looked::Since { since: due.map_or(since, |due| due.max(since)) },
    })
}

/// Whether the server's list of conversations has been taken in.
fn is_listed(db: &Connection) -> Result<bool, CacheError> {
    let sql = "SELECT epoch IS NOT NULL FROM profile WHERE only_row = 1";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The last place missing of each room that lacks any.
fn incomplete(db: &Connection, room_id: Option<RoomId>) -> Result<Vec<(i64, i64)>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT room_id, max(to_seq) FROM gaps WHERE room_id = coalesce(?1, room_id) GROUP BY room_id",
    )?;
    let rows = statement.query_map([room_id.map(RoomId::get)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When the first message after a place was stored; nothing if none is held there.
fn held_since(db: &Connection, room: i64, place: i64) -> Result<Option<Timestamp>, CacheError> {
    let at: Option<i64> = db
        .prepare_cached(
            "SELECT stored_at FROM messages WHERE room_id = ?1 AND room_seq > ?2 ORDER BY room_seq LIMIT 1",
        )?
        .query_row(params![room, place], |row| row.get(0))
        .optional()?;
    Ok(at.map(Timestamp))
}
