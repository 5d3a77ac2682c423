//! What is derived of a room's messages: unread counts and the newest message. Each query is a range of the index
//! on (room_id, room_seq) that begins at a mark, so it costs what it counts.

use bedside_protocol::{AccountId, RoomId, RoomSeq};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Held, Newest, Room};
use crate::cache::error::CacheError;
use crate::cache::preview::one_line;

/// Their messages held after a mark.
pub(super) fn held(
    db: &Connection,
    id: RoomId,
    mark: i64,
    me: Option<AccountId>,
) -> Result<Held, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*), coalesce(sum(urgent), 0) FROM messages
         WHERE room_id = ?1 AND room_seq > ?2 AND sender_account IS NOT ?3",
    )?;
    let read = |row: &rusqlite::Row<'_>| Ok(Held { unread: row.get(0)?, urgent: row.get(1)? });
    Ok(statement.query_row(params![id.get(), mark, me.map(AccountId::get)], read)?)
}

/// Their messages after one's own mark. While a gap hides some, the server's last word is carried forward.
pub(super) fn unread(db: &Connection, room: &Room, me: Option<AccountId>) -> Result<i64, CacheError> {
    let (fields, told) = (&room.fields, room.fields.told);
    let hidden = room.gaps.count(RoomSeq(fields.my_read + 1), RoomSeq(told.up_to));
    if hidden == 0 || fields.my_read < told.read {
        return Ok(fields.held.unread);
    }
    let since = held(db, room.id, told.up_to, me)?.unread;
    let read_here = held(db, room.id, told.read, me)?.unread - held(db, room.id, fields.my_read, me)?.unread;
    // Whose those are that a gap hides is not known: what the mark has passed of them counts as theirs.
    let passed = room.gaps.count(RoomSeq(told.read + 1), RoomSeq(fields.my_read));
    let (least, most) = (fields.held.unread, fields.held.unread.saturating_add(hidden));
    Ok((told.unread + since - read_here - passed).clamp(least, most))
}

/// The newest message held.
pub(super) fn newest(db: &Connection, id: RoomId) -> Result<Newest, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT room_seq, message_id, sender_account, content, stored_at, retracted_at IS NOT NULL
         FROM messages WHERE room_id = ?1 ORDER BY room_seq DESC LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Newest {
            seq: row.get(0)?,
            message_id: row.get(1)?,
            sender: row.get(2)?,
            text: one_line(&row.get::<_, String>(3)?),
            at: row.get(4)?,
            retracted: row.get(5)?,
        })
    };
    Ok(statement.query_row([id.get()], read).optional()?.unwrap_or_default())
}
