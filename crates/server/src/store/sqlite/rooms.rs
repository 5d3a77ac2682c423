//! Rooms as their members see them: the chat list, one room, and what is unread.

use bedside_protocol::wire::{ChatList, ReadMark, Role, Room};
use bedside_protocol::{AccountId, Cursor, Epoch, Rev, RoomId, RoomSeq, Timestamp, limits};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::feed;
use super::messages;
use super::people::{PERSON_WIDTH, Sees, person_at, person_columns};
use super::relation::{self, Member};
use super::writer::Write;
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::flags::of_columns;
use crate::store::common::unread::unread_count;
use crate::store::{Actor, StoreError};

/// A room as its member sees it; the caller adds which, in what order.
macro_rules! room_query {
    ($rest:literal) => {
        concat!(
            "SELECT ", person_columns!("o"), ",
               r.id, r.room_rev, min(r.last_seq, coalesce(me.until_seq, r.last_seq)),
               mine.up_to, mine.marked_unread, mine.rev,
               min(theirs.up_to, coalesce(me.until_seq, theirs.up_to)), theirs.rev, ",
            unread_count!(), ", me.until_at IS NULL, r.created_at, r.updated_at,
               mine.pinned, mine.muted_until_at, mine.archived_up_to, mine.flags_rev,
               mine.delivered_to, min(theirs.delivered_to, coalesce(me.until_seq, theirs.delivered_to))
             FROM room_members me
             JOIN rooms r ON r.id = me.room_id
             JOIN read_marks mine ON mine.room_id = me.room_id AND mine.account_id = me.account_id
             JOIN accounts o ON o.id = CASE r.patient_id WHEN me.account_id THEN r.practitioner_id ELSE r.patient_id END
             JOIN read_marks theirs ON theirs.room_id = me.room_id AND theirs.account_id = o.id ",
            $rest
        )
    };
}

const ONE: &str = room_query!("WHERE me.account_id = ?1 AND me.room_id = ?2");
const PAGE: &str = room_query!("WHERE me.account_id = ?1 AND me.room_id > ?2 ORDER BY me.room_id LIMIT ?3");
const UNREAD_IN_ALL: &str = concat!(
    "SELECT coalesce(sum(",
    unread_count!(),
    "), 0)
     FROM room_members me
     JOIN rooms r ON r.id = me.room_id
     JOIN read_marks mine ON mine.room_id = me.room_id AND mine.account_id = me.account_id
     WHERE me.account_id = ?1"
);

/// A page of the chat list and the feed position it was read at.
pub(super) fn list(
    db: &Connection,
    actor: Actor,
    after: Option<RoomId>,
    limit: u32,
    epoch: Epoch,
) -> Result<ChatList, StoreError> {
    let cursor = Cursor { epoch, feed_seq: feed::head(db, actor.account_id)? };
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(ChatList { rooms: Vec::new(), unread: 0, cursor, has_more: false });
    }
    let limit = limit.clamp(1, limits::PAGE_MAX);
    let mut rooms = db
        .prepare_cached(PAGE)?
        .query_map(params![actor.account_id.get(), after.map_or(0, RoomId::get), limit + 1], |row| {
            room_at(row, actor.account_id, actor.role)
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let has_more = rooms.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    rooms.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    for room in &mut rooms {
        add_last_message(db, room, actor.account_id)?;
    }
    Ok(ChatList { rooms, unread: unread_in_all(db, actor)?, cursor, has_more })
}

/// One room, or `None` if the actor may not read it.
pub(super) fn one(db: &Connection, actor: Actor, room: RoomId) -> Result<Option<Room>, StoreError> {
    if relation::readable(db, actor, room)?.is_none() {
        return Ok(None);
    }
    seen_by(db, actor.account_id, actor.role, room)
}

/// A room as a member sees it; the caller knows that it is one.
pub(super) fn seen_by(
    db: &Connection,
    viewer: AccountId,
    role: Role,
    room: RoomId,
) -> Result<Option<Room>, StoreError> {
    let found = db
        .prepare_cached(ONE)?
        .query_row(params![viewer.get(), room.get()], |row| room_at(row, viewer, role))
        .optional()?;
    let Some(mut room) = found else { return Ok(None) };
    add_last_message(db, &mut room, viewer)?;
    Ok(Some(room))
}

fn add_last_message(db: &Connection, room: &mut Room, viewer: AccountId) -> Result<(), StoreError> {
    room.last_message = messages::at_place(db, room.room_id, room.last_seq, viewer)?;
    Ok(())
}

fn room_at(row: &Row<'_>, viewer: AccountId, role: Role) -> rusqlite::Result<Room> {
    const AT: usize = PERSON_WIDTH;
    let other = person_at(row, 0, Sees::of(role))?;
    let room_id = RoomId(row.get(AT)?);
    let (mine, theirs) = (RoomSeq(row.get(AT + 3)?), RoomSeq(row.get(AT + 6)?));
    let my_read = ReadMark {
        room_id,
        account_id: viewer,
        up_to: mine,
        delivered_to: RoomSeq(row.get(AT + 16)?).max(mine),
        marked_unread: row.get(AT + 4)?,
        rev: Rev(row.get(AT + 5)?),
    };
    let other_read = ReadMark {
        room_id,
        account_id: other.account_id,
        up_to: theirs,
        delivered_to: RoomSeq(row.get(AT + 17)?).max(theirs),
        marked_unread: false,
        rev: Rev(row.get(AT + 7)?),
    };
    let flags = of_columns(
        (row.get(AT + 12)?, row.get(AT + 13)?, row.get(AT + 14)?),
        (my_read.marked_unread, row.get(AT + 15)?),
    );
    Ok(Room {
        room_id,
        room_rev: Rev(row.get(AT + 1)?),
        last_seq: RoomSeq(row.get(AT + 2)?),
        other,
        my_read,
        other_read,
        flags,
        unread_count: row.get(AT + 8)?,
        last_message: None,
        writable: row.get(AT + 9)?,
        created_at: Timestamp(row.get(AT + 10)?),
        updated_at: Timestamp(row.get(AT + 11)?),
        url: format!("/chat/room/{room_id}/"),
    })
}

/// Unread messages over all rooms.
pub(super) fn unread_in_all(db: &Connection, actor: Actor) -> Result<i64, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(0);
    }
    let unread = db.prepare_cached(UNREAD_IN_ALL)?.query_row([actor.account_id.get()], |row| row.get(0))?;
    Ok(unread)
}

/// Unread messages of a member in one room.
pub(super) fn unread(db: &Connection, room: RoomId, member: &Member) -> Result<i64, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        unread_count!(),
        "
         FROM room_members me
         JOIN rooms r ON r.id = me.room_id
         JOIN read_marks mine ON mine.room_id = me.room_id AND mine.account_id = me.account_id
         WHERE me.account_id = ?1 AND me.room_id = ?2"
    );
    let unread =
        db.prepare_cached(SQL)?.query_row(params![member.account_id.get(), room.get()], |row| row.get(0))?;
    Ok(unread)
}

/// How far a room has come.
pub(super) struct Head {
    pub(super) last_seq: RoomSeq,
    pub(super) room_rev: Rev,
}

pub(super) fn head(db: &Connection, room: RoomId) -> Result<Head, StoreError> {
    let head = db
        .prepare_cached("SELECT last_seq, room_rev FROM rooms WHERE id = ?1")?
        .query_row([room.get()], |row| {
            Ok(Head { last_seq: RoomSeq(row.get(0)?), room_rev: Rev(row.get(1)?) })
        })?;
    Ok(head)
}

/// The next revision, for a change that is no message: it moves nothing in anybody's list.
pub(super) fn next_rev(tx: &Write<'_>, room: RoomId) -> Result<Rev, StoreError> {
    let rev = Rev(head(tx, room)?.room_rev.get() + 1);
    tx.prepare_cached("UPDATE rooms SET room_rev = ?2 WHERE id = ?1")?.execute([room.get(), rev.get()])?;
    Ok(rev)
}
