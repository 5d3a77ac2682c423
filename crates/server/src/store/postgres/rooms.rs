//! Rooms as their members see them, and what is unread in them.

use std::collections::HashMap;

use bedside_protocol::wire::{ChatList, ReadMark, Role, Room};
use bedside_protocol::{AccountId, Cursor, Epoch, Rev, RoomId, RoomSeq, Timestamp, limits};
use tokio_postgres::Row;

use super::people::{PERSON_WIDTH, Sees, person_at, person_columns};
use super::relation::{self, Member};
use super::tx::{Tx, at};
use super::{feed, messages};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::flags::of_columns;
use crate::store::common::unread::unread_count;
use crate::store::{Actor, StoreError};

/// A room as its member sees it; the caller adds which, in what order.
macro_rules! room_query {
    ($rest:literal) => {
        concat!(
            "SELECT ", person_columns!("o"), ",
               r.id, r.room_rev, least(r.last_seq, coalesce(me.until_seq, r.last_seq)),
               mine.up_to, mine.marked_unread, mine.rev,
               least(theirs.up_to, coalesce(me.until_seq, theirs.up_to)), theirs.rev, ",
            unread_count!(), ", me.until_at IS NULL, r.created_at, r.updated_at,
               mine.pinned, mine.muted_until_at, mine.archived_up_to, mine.flags_rev,
               mine.delivered_to, least(theirs.delivered_to, coalesce(me.until_seq, theirs.delivered_to))
             FROM room_members me
             JOIN rooms r ON r.id = me.room_id
             JOIN read_marks mine ON mine.room_id = me.room_id AND mine.account_id = me.account_id
             JOIN accounts o ON o.id = CASE r.patient_id WHEN me.account_id THEN r.practitioner_id ELSE r.patient_id END
             JOIN read_marks theirs ON theirs.room_id = me.room_id AND theirs.account_id = o.id ",
            $rest
        )
    };
}

pub(super) const ONE: &str = room_query!("WHERE me.account_id = $1 AND me.room_id = $2");
pub(super) const PAGE: &str =
    room_query!("WHERE me.account_id = $1 AND me.room_id > $2 ORDER BY me.room_id LIMIT $3");
pub(super) const UNREAD_IN_ALL: &str = concat!(
    "SELECT coalesce(sum(",
    unread_count!(),
    "), 0)::BIGINT
     FROM room_members me
     JOIN rooms r ON r.id = me.room_id
     JOIN read_marks mine ON mine.room_id = me.room_id AND mine.account_id = me.account_id
     WHERE me.account_id = $1"
);
pub(super) const UNREAD: &str = concat!(
    "SELECT ",
    unread_count!(),
    "
     FROM room_members me
     JOIN rooms r ON r.id = me.room_id
     JOIN read_marks mine ON mine.room_id = me.room_id AND mine.account_id = me.account_id
     WHERE me.account_id = $1 AND me.room_id = $2"
);

/// A page of the chat list and the feed position it was read at.
pub(super) async fn list(
    tx: &Tx<'_>,
    actor: Actor,
    after: Option<RoomId>,
    limit: u32,
    epoch: Epoch,
) -> Result<ChatList, StoreError> {
    let cursor = Cursor { epoch, feed_seq: feed::head(tx, actor.account_id).await? };
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(ChatList { rooms: Vec::new(), unread: 0, cursor, has_more: false });
    }
    let limit = limit.clamp(1, limits::PAGE_MAX);
    let after = after.map_or(0, RoomId::get);
    let rows = tx.rows(PAGE, &[&actor.account_id.get(), &after, &i64::from(limit + 1)]).await?;
    let mut rooms = rows
        .iter()
        .map(|row| room_at(row, actor.account_id, actor.role))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let has_more = rooms.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    rooms.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    add_last_messages(tx, &mut rooms, actor.account_id).await?;
    Ok(ChatList { rooms, unread: unread_in_all(tx, actor).await?, cursor, has_more })
}

/// One room, or `None` if the actor may not read it.
pub(super) async fn one(tx: &Tx<'_>, actor: Actor, room: RoomId) -> Result<Option<Room>, StoreError> {
    if relation::readable(tx, actor, room).await?.is_none() {
        return Ok(None);
    }
    seen_by(tx, actor.account_id, actor.role, room).await
}

/// A room as a member sees it; the caller knows that it is one.
pub(super) async fn seen_by(
    tx: &Tx<'_>,
    viewer: AccountId,
    role: Role,
    room: RoomId,
) -> Result<Option<Room>, StoreError> {
    let Some(row) = tx.maybe(ONE, &[&viewer.get(), &room.get()]).await? else { return Ok(None) };
    let mut rooms = [room_at(&row, viewer, role)?];
    add_last_messages(tx, &mut rooms, viewer).await?;
    let [room] = rooms;
    Ok(Some(room))
}

async fn add_last_messages(tx: &Tx<'_>, rooms: &mut [Room], viewer: AccountId) -> Result<(), StoreError> {
    let places: Vec<_> = rooms.iter().map(|room| (room.room_id, room.last_seq)).collect();
    let found = messages::at_places(tx, &places, viewer).await?;
    let mut last: HashMap<_, _> = found.into_iter().map(|message| (message.room_id, message)).collect();
    for room in rooms {
        room.last_message = last.remove(&room.room_id);
    }
    Ok(())
}

fn room_at(row: &Row, viewer: AccountId, role: Role) -> Result<Room, StoreError> {
    const AT: usize = PERSON_WIDTH;
    let other = person_at(row, 0, Sees::of(role))?;
    let room_id = RoomId(at(row, AT)?);
    let (mine, theirs) = (RoomSeq(at(row, AT + 3)?), RoomSeq(at(row, AT + 6)?));
    let my_read = ReadMark {
        room_id,
        account_id: viewer,
        up_to: mine,
        delivered_to: RoomSeq(at(row, AT + 16)?).max(mine),
        marked_unread: at(row, AT + 4)?,
        rev: Rev(at(row, AT + 5)?),
    };
    let other_read = ReadMark {
        room_id,
        account_id: other.account_id,
        up_to: theirs,
        delivered_to: RoomSeq(at(row, AT + 17)?).max(theirs),
        marked_unread: false,
        rev: Rev(at(row, AT + 7)?),
    };
    let flags = of_columns(
        (at(row, AT + 12)?, at(row, AT + 13)?, at(row, AT + 14)?),
        (my_read.marked_unread, at(row, AT + 15)?),
    );
    Ok(Room {
        room_id,
        room_rev: Rev(at(row, AT + 1)?),
        last_seq: RoomSeq(at(row, AT + 2)?),
        other,
        my_read,
        other_read,
        flags,
        unread_count: at(row, AT + 8)?,
        last_message: None,
        writable: at(row, AT + 9)?,
        created_at: Timestamp(at(row, AT + 10)?),
        updated_at: Timestamp(at(row, AT + 11)?),
        url: format!("/chat/room/{room_id}/"),
    })
}

/// Unread messages over all rooms.
pub(super) async fn unread_in_all(tx: &Tx<'_>, actor: Actor) -> Result<i64, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(0);
    }
    at(&tx.one(UNREAD_IN_ALL, &[&actor.account_id.get()]).await?, 0)
}

/// Unread messages of a member in one room.
pub(super) async fn unread(tx: &Tx<'_>, room: RoomId, member: &Member) -> Result<i64, StoreError> {
    at(&tx.one(UNREAD, &[&member.account_id.get(), &room.get()]).await?, 0)
}

/// How far a room has come.
pub(super) struct Head {
    pub(super) last_seq: RoomSeq,
    pub(super) room_rev: Rev,
}

pub(super) const HEAD: &str = "SELECT last_seq, room_rev FROM rooms WHERE id = $1";

pub(super) async fn head(tx: &Tx<'_>, room: RoomId) -> Result<Head, StoreError> {
    head_at(&tx.one(HEAD, &[&room.get()]).await?)
}

/// How far a room has come, and nobody else changes anything in it until this transaction ends; `None` if there is none.
///
/// Always taken before any feed's place: two changes never wait for each other.
pub(super) async fn lock(tx: &Tx<'_>, room: RoomId) -> Result<Option<Head>, StoreError> {
    let row = tx
        .maybe("SELECT last_seq, room_rev FROM rooms WHERE id = $1 FOR NO KEY UPDATE", &[&room.get()])
        .await?;
    row.map(|row| head_at(&row)).transpose()
}

/// Locks rooms, of those that the account beside each is or was in: nobody holds up a room that is not
/// theirs. In order of their ids, whatever the order they are named in.
pub(super) const LOCK_OF_MEMBERS: &str = "SELECT r.id FROM rooms r
    WHERE r.id IN (SELECT m.room_id FROM unnest($1::BIGINT[], $2::BIGINT[]) AS asked (room, account)
                   JOIN room_members m ON m.room_id = asked.room AND m.account_id = asked.account)
    ORDER BY r.id FOR NO KEY UPDATE OF r";

pub(super) fn head_at(row: &Row) -> Result<Head, StoreError> {
    Ok(Head { last_seq: RoomSeq(at(row, 0)?), room_rev: Rev(at(row, 1)?) })
}

/// The next revision, for a change that is no message: it moves nothing in anybody's list. The room is locked.
pub(super) async fn next_rev(tx: &Tx<'_>, room: RoomId) -> Result<Rev, StoreError> {
    let sql = "UPDATE rooms SET room_rev = room_rev + 1 WHERE id = $1 RETURNING room_rev";
    Ok(Rev(at(&tx.one(sql, &[&room.get()]).await?, 0)?))
}
