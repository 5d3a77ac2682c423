//! Read marks: the highest places read and stored per account and room, each merged by max (rule 11).

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::ReadMark;
use bedside_protocol::{AccountId, Rev, RoomId, RoomSeq, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::feed::{self, Object};
use super::relation::{self, Member};
use super::writer::Write;
use super::{flags, notifications, rooms};
use crate::access::{Action, Decision};
use crate::store::common::mark::{Mark, Moved, advanced, moved};
use crate::store::common::membership::cap;
use crate::store::{Actor, Delivery, ReadCommand, ReadOutcome, StoreError};

pub(super) fn move_mark(
    tx: &Write<'_>,
    actor: Actor,
    mark: Mark,
    command: ReadCommand,
) -> Result<ReadOutcome, StoreError> {
    let members = relation::members(tx, command.room_id)?;
    let (Decision::Allow, Some(own)) = relation::decide(actor, Action::MarkRead, &members) else {
        return Ok(ReadOutcome::NotFound);
    };
    let last = rooms::head(tx, command.room_id)?.last_seq;
    let before = own_mark(tx, command.room_id, actor.account_id)?;
    let mut read_mark = advanced(&before, mark, command.up_to, own.until_seq.unwrap_or(last).min(last));
    let mut deliveries = Vec::new();
    if read_mark != before {
        read_mark.rev = rooms::next_rev(tx, command.room_id)?;
        write(tx, &before, &read_mark, command.now)?;
        if read_mark.marked_unread != before.marked_unread {
            deliveries.extend(flags::read(tx, actor, command.room_id, command.now)?);
        }
        deliveries.extend(announce(tx, &read_mark, &members, command.now)?);
    }
    let unread_count = rooms::unread(tx, command.room_id, &own)?;
    Ok(ReadOutcome::Marked { read_mark, unread_count, deliveries })
}

/// The places as they stand now, and that one has moved. The "unread" flag is another's affair.
fn write(tx: &Write<'_>, before: &ReadMark, after: &ReadMark, now: Timestamp) -> Result<(), StoreError> {
    let (room, account) = (after.room_id.get(), after.account_id.get());
    tx.prepare_cached(
        "UPDATE read_marks SET up_to = ?3, delivered_to = ?4, rev = ?5 WHERE room_id = ?1 AND account_id = ?2",
    )?
    .execute(params![room, account, after.up_to.get(), after.delivered_to.get(), after.rev.get()])?;
    if let Some(Moved { mark, from, to }) = moved(before, after) {
        tx.prepare_cached(
            "INSERT INTO mark_history (room_id, account_id, kind, up_to, reached_at)
             SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (
               SELECT 1 FROM messages
               WHERE room_id = ?1 AND room_seq > ?6 AND room_seq <= ?4 AND sender_id <> ?2)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![room, account, mark.word(), to.get(), now.millis(), from.get()])?;
        if mark == Mark::Read {
            notifications::read_up_to(tx, (after.room_id, after.account_id), to, now)?;
        }
    }
    Ok(())
}

fn announce(
    tx: &Write<'_>,
    mark: &ReadMark,
    members: &[Member],
    now: Timestamp,
) -> Result<Vec<Delivery>, StoreError> {
    let object = Object::read_mark(mark.room_id, mark.account_id, mark.rev);
    let mut deliveries = Vec::with_capacity(members.len());
    for member in members {
        let feed_seq = feed::append(tx, member.account_id, &object, now)?;
        let change = Change::ReadMark { read_mark: cap(mark.clone(), member) };
        deliveries.push(Delivery { account_id: member.account_id, event: FeedEvent { feed_seq, change } });
    }
    Ok(deliveries)
}

fn own_mark(tx: &Write<'_>, room: RoomId, account: AccountId) -> Result<ReadMark, StoreError> {
    of(tx, room, account, account)?.ok_or(StoreError::Corrupt("a member without a read mark"))
}

/// An account's mark in a room as a viewer sees it: the "unread" flag is the account's own affair.
pub(super) fn of(
    db: &Connection,
    room: RoomId,
    account: AccountId,
    viewer: AccountId,
) -> Result<Option<ReadMark>, StoreError> {
    let mark = db
        .prepare_cached(
            "SELECT up_to, marked_unread, rev, max(delivered_to, up_to) FROM read_marks
             WHERE room_id = ?1 AND account_id = ?2",
        )?
        .query_row(params![room.get(), account.get()], |row| {
            Ok(ReadMark {
                room_id: room,
                account_id: account,
                up_to: RoomSeq(row.get(0)?),
                delivered_to: RoomSeq(row.get(3)?),
                marked_unread: row.get::<_, bool>(1)? && account == viewer,
                rev: Rev(row.get(2)?),
            })
        })
        .optional()?;
    Ok(mark)
}

/// How far a member has read, and how far the others have.
pub(super) struct Places {
    pub(super) own: RoomSeq,
    pub(super) others: RoomSeq,
}

pub(super) fn places(db: &Connection, room: RoomId, account: AccountId) -> Result<Places, StoreError> {
    let places = db
        .prepare_cached(
            "SELECT coalesce(max(up_to) FILTER (WHERE account_id = ?2), 0),
                    coalesce(max(up_to) FILTER (WHERE account_id <> ?2), 0)
             FROM read_marks WHERE room_id = ?1",
        )?
        .query_row(params![room.get(), account.get()], |row| {
            Ok(Places { own: RoomSeq(row.get(0)?), others: RoomSeq(row.get(1)?) })
        })?;
    Ok(places)
}

/// The mark every member begins with.
pub(super) fn insert(tx: &Write<'_>, room: RoomId, account: AccountId, rev: Rev) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO read_marks (room_id, account_id, up_to, marked_unread, rev) VALUES (?1, ?2, 0, 0, ?3)",
    )?
    .execute(params![room.get(), account.get(), rev.get()])?;
    Ok(())
}
