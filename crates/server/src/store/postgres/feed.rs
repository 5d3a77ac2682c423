//! The account-wide feed: dense per account, written with the change, bodies built when delivered (rules 8–10).
//!
//! An account's place is a row that stays locked until the change is committed: a reader that sees a place sees every
//! earlier one. A sequence would hand places out before they are committed, and a reader would pass over the slow one.

use std::collections::HashMap;

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::{Message, ReadMark};
use bedside_protocol::{AccountId, Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId, Timestamp, limits};
use futures_util::future::try_join;
use tokio_postgres::Row;

use super::tx::{Tx, at};
use super::{mark, messages, people, relation, rooms};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::feed::Kind;
pub(super) use crate::store::common::feed::Object;
use crate::store::common::membership::{Member, cap};
use crate::store::{Actor, FeedSlice, StoreError};

/// Gives the next place of each account's feed to a change. Accounts are locked in order of their ids, whatever the
/// order they are named in: two changes never wait for each other.
pub(super) async fn append(
    tx: &Tx<'_>,
    accounts: &[AccountId],
    object: &Object,
    now: Timestamp,
) -> Result<Vec<(AccountId, FeedSeq)>, StoreError> {
    let ids: Vec<i64> = accounts.iter().map(|account| account.get()).collect();
    let [lock, append] = tx.prepared([LOCK_HEADS, APPEND]).await?;
    let (kind, room, rev) = (object.kind.word(), object.room.map(RoomId::get), object.rev.get());
    let (_, rows) = try_join(
        tx.ask(&lock, &[&ids]),
        tx.ask(&append, &[&ids, &kind, &room, &object.id, &rev, &now.millis()]),
    )
    .await?;
    places(&rows, ids.len())
}

/// Where a change stands that was [appended](APPEND) to so many feeds, in order of their accounts.
pub(super) fn places(rows: &[Row], accounts: usize) -> Result<Vec<(AccountId, FeedSeq)>, StoreError> {
    let mut places = rows
        .iter()
        .map(|row| Ok((AccountId(at(row, 0)?), FeedSeq(at(row, 1)?))))
        .collect::<Result<Vec<_>, StoreError>>()?;
    places.sort_unstable();
    if places.len() == accounts { Ok(places) } else { Err(StoreError::Corrupt("an account without a feed")) }
}

/// Locks feeds, in order of their accounts.
pub(super) const LOCK_HEADS: &str =
    "SELECT account_id FROM feed_heads WHERE account_id = ANY($1) ORDER BY account_id FOR NO KEY UPDATE";

/// Moves feeds on by one and puts a change there; asked after the [lock](LOCK_HEADS).
pub(super) const APPEND: &str = "WITH moved AS (
      UPDATE feed_heads SET head = head + 1 WHERE account_id = ANY($1) RETURNING account_id, head)
    INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
    SELECT account_id, head, $2, $3, $4, $5, $6 FROM moved
    RETURNING account_id, feed_seq";

/// Begins the feed of a new account.
pub(super) async fn begin(tx: &Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    tx.run("INSERT INTO feed_heads (account_id, head) VALUES ($1, 0)", &[&account.get()]).await?;
    Ok(())
}

/// The newest place of an account's feed; 0 before the first.
pub(super) async fn head(tx: &Tx<'_>, account: AccountId) -> Result<FeedSeq, StoreError> {
    head_at(tx.maybe(HEAD, &[&account.get()]).await?.as_ref())
}

const HEAD: &str = "SELECT head FROM feed_heads WHERE account_id = $1";

fn head_at(row: Option<&Row>) -> Result<FeedSeq, StoreError> {
    Ok(FeedSeq(row.map_or(Ok(0), |row| at(row, 0))?))
}

/// What came after a cursor, or that the account must take a snapshot.
pub(super) async fn slice(
    tx: &Tx<'_>,
    actor: Actor,
    epoch: &Epoch,
    after: &Cursor,
    limit: u32,
) -> Result<FeedSlice, StoreError> {
    let limit = limit.clamp(1, limits::FEED_PAGE_MAX);
    let [head, rows] = tx.prepared([HEAD, ROWS_AFTER]).await?;
    let (account, after_seq) = (actor.account_id.get(), after.feed_seq.get());
    let (head, rows) =
        try_join(tx.ask(&head, &[&account]), tx.ask(&rows, &[&account, &after_seq, &i64::from(limit)]))
            .await?;
    let head = head_at(head.first())?;
    let behind = head.get().saturating_sub(after.feed_seq.get()); // A cursor may hold any number.
    if after.epoch != *epoch || after.feed_seq.get() < 0 || !(0..=limits::FEED_REPLAY_MAX).contains(&behind) {
        return Ok(FeedSlice::ResyncRequired { head });
    }
    let rows = rows.iter().map(feed_row).collect::<Result<Vec<_>, StoreError>>()?;
    if behind > 0 && rows.first().is_none_or(|(place, _)| *place != after.feed_seq.next()) {
        return Ok(FeedSlice::ResyncRequired { head }); // What came next is no longer kept.
    }
    let mut bodies = Bodies::of(tx, actor, &rows).await?;
    let mut events = Vec::with_capacity(rows.len());
    for (feed_seq, object) in rows {
        events.push(FeedEvent { feed_seq, change: bodies.build(&object).await? });
    }
    Ok(FeedSlice::Events { events, head })
}

const ROWS_AFTER: &str = "SELECT feed_seq, kind, room_id, object_id, rev FROM feed
    WHERE account_id = $1 AND feed_seq > $2 ORDER BY feed_seq LIMIT $3";

fn feed_row(row: &Row) -> Result<(FeedSeq, Object), StoreError> {
    let kind = Kind::parse(at(row, 1)?).ok_or(StoreError::Corrupt("a feed row of an unknown kind"))?;
    let room: Option<i64> = at(row, 2)?;
    let object = Object { kind, room: room.map(RoomId), id: at(row, 3)?, rev: Rev(at(row, 4)?) };
    Ok((FeedSeq(at(row, 0)?), object))
}

/// Builds the bodies of one slice, each only if the account may see it now. What most slices are made of is read at
/// once: asked for one by one, a slice would wait for the network hundreds of times.
struct Bodies<'t, 'c> {
    tx: &'t Tx<'c>,
    actor: Actor,
    memberships: HashMap<RoomId, Option<Member>>,
    messages: HashMap<MessageId, Message>,
    marks: HashMap<(RoomId, AccountId), Option<ReadMark>>,
}

impl<'t, 'c> Bodies<'t, 'c> {
    async fn of(tx: &'t Tx<'c>, actor: Actor, rows: &[(FeedSeq, Object)]) -> Result<Self, StoreError> {
        let named = rows.iter().filter(|(_, object)| object.kind == Kind::Message);
        let ids: Vec<i64> = named.map(|(_, object)| object.id).collect();
        let messages = messages::by_ids(tx, &ids, actor.account_id).await?;
        let messages = messages.into_iter().map(|message| (message.id, message)).collect();
        Ok(Self { tx, actor, memberships: HashMap::new(), messages, marks: HashMap::new() })
    }

    async fn build(&mut self, object: &Object) -> Result<Change, StoreError> {
        let change = match (object.kind, object.room) {
            (Kind::Person, _) => self.person(AccountId(object.id)).await?,
            (_, None) => return Err(StoreError::Corrupt("a feed row without its room")),
            (kind, Some(room)) => match self.membership(room).await? {
                None => None,
                Some(member) => self.in_room(kind, room, object.id, &member).await?,
            },
        };
        Ok(change.unwrap_or(Change::Gone))
    }

    async fn membership(&mut self, room: RoomId) -> Result<Option<Member>, StoreError> {
        if let Some(known) = self.memberships.get(&room) {
            return Ok(*known);
        }
        let member = relation::readable(self.tx, self.actor, room).await?;
        self.memberships.insert(room, member);
        Ok(member)
    }

    async fn mark(&mut self, room: RoomId, account: AccountId) -> Result<Option<ReadMark>, StoreError> {
        if let Some(known) = self.marks.get(&(room, account)) {
            return Ok(known.clone());
        }
        let mark = mark::of(self.tx, room, account, self.actor.account_id).await?;
        self.marks.insert((room, account), mark.clone());
        Ok(mark)
    }

    async fn in_room(
        &mut self,
        kind: Kind,
        room: RoomId,
        id: i64,
        member: &Member,
    ) -> Result<Option<Change>, StoreError> {
        Ok(match kind {
            Kind::Message => self
                .messages
                .get(&MessageId(id))
                .cloned()
                .filter(|message| member.sees(message.room_seq))
                .map(|message| Change::Message { message: Box::new(message) }),
            Kind::ReadMark => self
                .mark(room, AccountId(id))
                .await?
                .map(|read_mark| Change::ReadMark { read_mark: cap(read_mark, member) }),
            Kind::Room => {
                let room = rooms::one(self.tx, self.actor, room).await?;
                room.map(|room| Change::Room { room: Box::new(room) })
            }
            Kind::Person => None,
        })
    }

    async fn person(&self, account: AccountId) -> Result<Option<Change>, StoreError> {
        let decision = can(self.actor.role, Action::SeeOwnLists, Relation::Oneself);
        if decision != Decision::Allow || !people::are_linked(self.tx, self.actor, account).await? {
            return Ok(None);
        }
        let person = people::person(self.tx, account, self.actor.role).await?;
        Ok(person.map(|person| Change::Person { person }))
    }
}
