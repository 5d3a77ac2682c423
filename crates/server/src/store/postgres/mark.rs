//! Read marks: the highest places read and stored per account and room, each merged by max (rule 11).

use std::collections::BTreeSet;

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::ReadMark;
use bedside_protocol::{AccountId, FeedSeq, Rev, RoomId, RoomSeq, Timestamp};
use futures_util::future::{try_join, try_join4, try_join5};
use tokio_postgres::Row;

use super::relation::{self, Member};
use super::rooms::{self, LOCK_OF_MEMBERS};
use super::tx::{Tx, at};
use super::{feed, flags, notifications};
use crate::access::{Action, Decision};
use crate::store::common::feed::Kind;
use crate::store::common::mark::{Mark, advanced, moved};
use crate::store::common::membership::cap;
use crate::store::{Actor, Delivery, ReadCommand, ReadOutcome, StoreError};

pub(super) async fn move_mark(
    tx: &Tx<'_>,
    actor: Actor,
    which: Mark,
    command: ReadCommand,
) -> Result<ReadOutcome, StoreError> {
    let (room, account) = (command.room_id.get(), actor.account_id.get());
    let [lock, head, mark, members] =
        tx.prepared([LOCK_OF_MEMBERS, rooms::HEAD, MARK, relation::MEMBERS_OF_ROOMS]).await?;
    let (_, head, mark, members) = try_join4(
        tx.ask(&lock, &[&[room].as_slice(), &[account].as_slice()]),
        tx.ask(&head, &[&room]),
        tx.ask(&mark, &[&room, &account]),
        tx.ask(&members, &[&[room].as_slice()]),
    )
    .await?;
    let members = relation::by_room(&members)?.remove(&command.room_id).unwrap_or_default();
    let (Decision::Allow, Some(own)) = relation::decide(actor, Action::MarkRead, &members) else {
        return Ok(ReadOutcome::NotFound);
    };
    let head = head.first().map(rooms::head_at).transpose()?;
    let head = head.ok_or(StoreError::Corrupt("members without a room"))?;
    let before = mark.first().map(|row| mark_at(row, command.room_id, actor.account_id)).transpose()?;
    let before = before.ok_or(StoreError::Corrupt("a member without a read mark"))?;
    let after =
        advanced(&before, which, command.up_to, own.until_seq.unwrap_or(head.last_seq).min(head.last_seq));
    if after == before {
        let unread_count = rooms::unread(tx, command.room_id, &own).await?;
        return Ok(ReadOutcome::Marked { read_mark: before, unread_count, deliveries: Vec::new() });
    }
    let read_mark = ReadMark { rev: Rev(head.room_rev.get() + 1), ..after };
    let (places, unread_count) = write(tx, &before, &read_mark, &members, command.now).await?;
    let deliveries = places.into_iter().zip(&members).map(|((account_id, feed_seq), member)| {
        let change = Change::ReadMark { read_mark: cap(read_mark.clone(), member) };
        Delivery { account_id, event: FeedEvent { feed_seq, change } }
    });
    let mut deliveries: Vec<_> = deliveries.collect();
    if read_mark.marked_unread != before.marked_unread {
        deliveries.extend(flags::read(tx, actor, command.room_id, command.now).await?);
    }
    Ok(ReadOutcome::Marked { unread_count, deliveries, read_mark })
}

/// Everything that a mark that has moved changes, and the unread count after it. The members are in account order.
async fn write(
    tx: &Tx<'_>,
    before: &ReadMark,
    mark: &ReadMark,
    members: &[Member],
    now: Timestamp,
) -> Result<(Vec<(AccountId, FeedSeq)>, i64), StoreError> {
    let (room, account, rev) = (mark.room_id.get(), mark.account_id.get(), mark.rev.get());
    let moved = moved(before, mark);
    let word = moved.map(|moved| moved.mark.word());
    let (from, reached) = moved.map(|moved| (moved.from.get(), moved.to.get())).unzip();
    let accounts: Vec<i64> = members.iter().map(|member| member.account_id.get()).collect();
    let read = moved.filter(|moved| moved.mark == Mark::Read).map(|moved| moved.to.get());
    let [move_room, move_mark, clear, lock, append, unread] = tx
        .prepared([
            MOVE_ROOM,
            MOVE_MARK,
            notifications::READ_UP_TO,
            feed::LOCK_HEADS,
            feed::APPEND,
            rooms::UNREAD,
        ])
        .await?;
    let millis = now.millis();
    let (_, _, _, appended, unread) = try_join5(
        try_join(tx.ask(&move_room, &[&room, &rev]), tx.ask(&clear, &[&account, &room, &read, &millis])),
        tx.ask(
            &move_mark,
            &[
                &room,
                &account,
                &mark.up_to.get(),
                &mark.delivered_to.get(),
                &rev,
                &word,
                &reached,
                &now.millis(),
                &from,
            ],
        ),
        tx.ask(&lock, &[&accounts]),
        tx.ask(&append, &[&accounts, &Kind::ReadMark.word(), &Some(room), &account, &rev, &now.millis()]),
        tx.ask(&unread, &[&account, &room]),
    )
    .await?;
    let unread = unread.first().map_or(Ok(0), |row| at(row, 0))?;
    Ok((feed::places(&appended, accounts.len())?, unread))
}

const MARK: &str = "SELECT up_to, marked_unread, rev, greatest(delivered_to, up_to) FROM read_marks
    WHERE room_id = $1 AND account_id = $2";
const MOVE_ROOM: &str = "UPDATE rooms SET room_rev = $2 WHERE id = $1";
/// In one statement with what is remembered of the move, if a place moved. The "unread" flag is another's affair.
const MOVE_MARK: &str = "WITH moved AS (
        UPDATE read_marks SET up_to = $3, delivered_to = $4, rev = $5
        WHERE room_id = $1 AND account_id = $2
    )
    INSERT INTO mark_history (room_id, account_id, kind, up_to, reached_at)
    SELECT $1::BIGINT, $2::BIGINT, $6::TEXT, $7::BIGINT, $8::BIGINT
    WHERE $6::TEXT IS NOT NULL AND EXISTS (
        SELECT FROM messages m
        WHERE m.room_id = $1 AND m.room_seq > $9::BIGINT AND m.room_seq <= $7::BIGINT AND m.sender_id <> $2)
    ON CONFLICT DO NOTHING";

/// Marks as a viewer sees them: the "unread" flag is its owner's affair.
pub(super) async fn of_all(
    tx: &Tx<'_>,
    marks: &BTreeSet<(RoomId, AccountId)>,
    viewer: AccountId,
) -> Result<Vec<ReadMark>, StoreError> {
    if marks.is_empty() {
        return Ok(Vec::new());
    }
    let (rooms, accounts): (Vec<i64>, Vec<i64>) =
        marks.iter().map(|(room, account)| (room.get(), account.get())).unzip();
    let rows = tx.rows(MARKS, &[&rooms, &accounts]).await?;
    rows.iter()
        .map(|row| {
            let mark = mark_at(row, RoomId(at(row, 4)?), AccountId(at(row, 5)?))?;
            Ok(ReadMark { marked_unread: mark.marked_unread && mark.account_id == viewer, ..mark })
        })
        .collect()
}

const MARKS: &str =
    "SELECT k.up_to, k.marked_unread, k.rev, greatest(k.delivered_to, k.up_to), k.room_id, k.account_id
    FROM unnest($1::BIGINT[], $2::BIGINT[]) AS asked (room, account)
    JOIN read_marks k ON k.room_id = asked.room AND k.account_id = asked.account";

fn mark_at(row: &Row, room_id: RoomId, account_id: AccountId) -> Result<ReadMark, StoreError> {
    Ok(ReadMark {
        room_id,
        account_id,
        up_to: RoomSeq(at(row, 0)?),
        delivered_to: RoomSeq(at(row, 3)?),
        marked_unread: at(row, 1)?,
        rev: Rev(at(row, 2)?),
    })
}

/// How far a member has read, and how far the others have.
pub(super) struct Places {
    pub(super) own: RoomSeq,
    pub(super) others: RoomSeq,
}

pub(super) async fn places(tx: &Tx<'_>, room: RoomId, account: AccountId) -> Result<Places, StoreError> {
    let row = tx
        .one(
            "SELECT coalesce(max(up_to) FILTER (WHERE account_id = $2), 0),
                    coalesce(max(up_to) FILTER (WHERE account_id <> $2), 0)
             FROM read_marks WHERE room_id = $1",
            &[&room.get(), &account.get()],
        )
        .await?;
    Ok(Places { own: RoomSeq(at(&row, 0)?), others: RoomSeq(at(&row, 1)?) })
}

/// The mark every member begins with.
pub(super) async fn insert(
    tx: &Tx<'_>,
    room: RoomId,
    account: AccountId,
    rev: Rev,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO read_marks (room_id, account_id, up_to, marked_unread, rev) VALUES ($1, $2, 0, FALSE, $3)",
        &[&room.get(), &account.get(), &rev.get()],
    )
    .await?;
    Ok(())
}
