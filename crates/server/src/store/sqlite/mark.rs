//! Read marks: the highest place read per account and room, merged by max (rule 11).

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::ReadMark;
use bedside_protocol::{AccountId, Rev, RoomId, RoomSeq};
use rusqlite::{Connection, OptionalExtension, params};

use super::feed::{self, Object};
use super::relation::{self, Member};
use super::writer::Write;
use super::{flags, rooms};
use crate::access::{Action, Decision};
use crate::store::{Actor, Delivery, ReadCommand, ReadOutcome, StoreError};

pub(super) fn mark_read(
    tx: &Write<'_>,
    actor: Actor,
    command: ReadCommand,
) -> Result<ReadOutcome, StoreError> {
    let members = relation::members(tx, command.room_id)?;
    let (Decision::Allow, Some(own)) = relation::decide(actor, Action::MarkRead, &members) else {
        return Ok(ReadOutcome::NotFound);
    };
    let last = rooms::head(tx, command.room_id)?.last_seq;
    let up_to = command.up_to.min(last).min(own.until_seq.unwrap_or(last)).max(RoomSeq(0));
    let mut deliveries = Vec::new();
    if let Some(rev) = advance(tx, command.room_id, actor.account_id, up_to)? {
        deliveries.extend(flags::read(tx, actor, command.room_id, command.now)?);
        deliveries.extend(announce(tx, actor, command, &members, rev)?);
    }
    let read_mark = own_mark(tx, command.room_id, actor.account_id)?;
    let unread_count = rooms::unread(tx, command.room_id, &own)?;
    Ok(ReadOutcome::Marked { read_mark, unread_count, deliveries })
}

/// Moves the mark forward; its new revision, or `None` if it was as far.
fn advance(
    tx: &Write<'_>,
    room: RoomId,
    account: AccountId,
    up_to: RoomSeq,
) -> Result<Option<Rev>, StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE read_marks SET up_to = ?3 WHERE room_id = ?1 AND account_id = ?2 AND up_to < ?3",
        )?
        .execute(params![room.get(), account.get(), up_to.get()])?;
    if changed == 0 {
        return Ok(None);
    }
    let rev = rooms::next_rev(tx, room)?;
    tx.prepare_cached("UPDATE read_marks SET rev = ?3 WHERE room_id = ?1 AND account_id = ?2")?
        .execute(params![room.get(), account.get(), rev.get()])?;
    Ok(Some(rev))
}

fn announce(
    tx: &Write<'_>,
    actor: Actor,
    command: ReadCommand,
    members: &[Member],
    rev: Rev,
) -> Result<Vec<Delivery>, StoreError> {
    let object = Object::read_mark(command.room_id, actor.account_id, rev);
    let mut deliveries = Vec::with_capacity(members.len());
    for member in members {
        let feed_seq = feed::append(tx, member.account_id, &object, command.now)?;
        let mark = of(tx, command.room_id, actor.account_id, member.account_id)?;
        let read_mark = mark.ok_or(StoreError::Corrupt("a member without a read mark"))?;
        let event = FeedEvent { feed_seq, change: Change::ReadMark { read_mark } };
        deliveries.push(Delivery { account_id: member.account_id, event });
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
            "SELECT up_to, marked_unread, rev FROM read_marks WHERE room_id = ?1 AND account_id = ?2",
        )?
        .query_row(params![room.get(), account.get()], |row| {
            Ok(ReadMark {
                room_id: room,
                account_id: account,
                up_to: RoomSeq(row.get(0)?),
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
