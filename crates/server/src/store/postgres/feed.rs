//! The account-wide feed: dense per account, written with the change, bodies built when delivered (rules 8–10).
//!
//! An account's place is a row that stays locked until the change is committed: a reader that sees a place sees every
//! earlier one. A sequence would hand places out before they are committed, and a reader would pass over the slow one.

use std::collections::{BTreeSet, HashMap};

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::{Message, ReadMark};
use bedside_protocol::{AccountId, Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId, Timestamp, limits};
use futures_util::future::{try_join, try_join3};
use tokio_postgres::Row;

use super::tx::{Tx, at};
use super::{drafts, mark, messages, people, relation, rooms};
use crate::access::{Action, Decision, Relation, can};
pub(super) use crate::store::common::feed::Object;
use crate::store::common::feed::{Kind, goes_on};
use crate::store::common::membership::{Member, cap};
use crate::store::common::quick_reply::uses_any;
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
    let row = tx.maybe("SELECT head FROM feed_heads WHERE account_id = $1", &[&account.get()]).await?;
    Ok(FeedSeq(row.as_ref().map_or(Ok(0), |row| at(row, 0))?))
}

/// What came after a cursor, or that the account must take a snapshot.
pub(super) async fn slice(
    tx: &Tx<'_>,
    actor: Actor,
    epoch: &Epoch,
    after: &Cursor,
    limit: u32,
) -> Result<FeedSlice, StoreError> {
    let limit = i64::from(limit.clamp(1, limits::FEED_PAGE_MAX));
    let rows = tx.rows(SLICE, &[&actor.account_id.get(), &after.feed_seq.get(), &limit]).await?;
    told(tx, actor, epoch, after, Stretch::of(&rows, 0)?).await
}

/// The newest place of a feed, with the alias `h`, and the columns of [`later_rows`].
macro_rules! head_and_later {
    () => {
        "coalesce(h.head, 0), later.feed_seq, later.kind, later.room_id, later.object_id, later.rev"
    };
}
pub(super) use head_and_later;

/// What an account's feed has after place $2, up to $3 rows, joined.
macro_rules! later_rows {
    ($account:literal) => {
        concat!(
            " LEFT JOIN LATERAL (SELECT feed_seq, kind, room_id, object_id, rev FROM feed WHERE account_id = ",
            $account,
            " AND feed_seq > $2 ORDER BY feed_seq LIMIT $3) AS later ON TRUE "
        )
    };
}
pub(super) use later_rows;

/// A row for each event, or one without. One statement, because all of it must be seen at one moment.
const SLICE: &str = concat!(
    "SELECT ",
    head_and_later!(),
    " FROM feed_heads h ",
    later_rows!("h.account_id"),
    "WHERE h.account_id = $1 ORDER BY later.feed_seq"
);

/// A stretch of a feed as it is kept, and how far the feed had come when it was read.
pub(super) struct Stretch {
    pub(super) head: FeedSeq,
    rows: Vec<(FeedSeq, Object)>,
}

impl Stretch {
    /// Of rows with the columns of [`head_and_later`] from `first` on.
    pub(super) fn of(rows: &[Row], first: usize) -> Result<Self, StoreError> {
        let head = FeedSeq(rows.first().map_or(Ok(0), |row| at(row, first))?);
        let objects = rows.iter().filter_map(|row| object_at(row, first + 1).transpose());
        Ok(Self { head, rows: objects.collect::<Result<_, StoreError>>()? })
    }
}

fn object_at(row: &Row, first: usize) -> Result<Option<(FeedSeq, Object)>, StoreError> {
    let Some(place) = at(row, first)? else { return Ok(None) };
    let kind =
        Kind::parse(at(row, first + 1)?).ok_or(StoreError::Corrupt("a feed row of an unknown kind"))?;
    let room: Option<i64> = at(row, first + 2)?;
    let object =
        Object { kind, room: room.map(RoomId), id: at(row, first + 3)?, rev: Rev(at(row, first + 4)?) };
    Ok(Some((FeedSeq(place), object)))
}

/// A stretch as events, or that the account must take a snapshot. Bodies are those of the delivery: newer than the stretch,
/// if something has changed since it was read.
pub(super) async fn told(
    tx: &Tx<'_>,
    actor: Actor,
    epoch: &Epoch,
    after: &Cursor,
    Stretch { head, rows }: Stretch,
) -> Result<FeedSlice, StoreError> {
    if !goes_on(epoch, after, head, rows.first().map(|(place, _)| *place)) {
        return Ok(FeedSlice::ResyncRequired { head });
    }
    let bodies = Bodies::of(tx, actor, &rows).await?;
    let mut events = Vec::with_capacity(rows.len());
    for (feed_seq, object) in rows {
        events.push(FeedEvent { feed_seq, change: bodies.build(&object).await? });
    }
    Ok(FeedSlice::Events { events, head })
}

/// Builds the bodies of one slice, each only if the account may see it now. What most slices are made of is read at
/// once: asked for one by one, a slice would wait for the network hundreds of times.
struct Bodies<'t, 'c> {
    tx: &'t Tx<'c>,
    actor: Actor,
    members: HashMap<RoomId, Vec<Member>>,
    messages: HashMap<MessageId, Message>,
    marks: HashMap<(RoomId, AccountId), ReadMark>,
}

impl<'t, 'c> Bodies<'t, 'c> {
    async fn of(tx: &'t Tx<'c>, actor: Actor, rows: &[(FeedSeq, Object)]) -> Result<Self, StoreError> {
        let of_kind = |kind| rows.iter().map(|(_, object)| object).filter(move |object| object.kind == kind);
        let ids: Vec<i64> = of_kind(Kind::Message).map(|object| object.id).collect();
        let rooms: BTreeSet<RoomId> = rows.iter().filter_map(|(_, object)| object.room).collect();
        let marks: BTreeSet<_> = of_kind(Kind::ReadMark)
            .filter_map(|object| object.room.map(|room| (room, AccountId(object.id))))
            .collect();
        let (messages, members, marks) = try_join3(
            messages::by_ids(tx, &ids, actor.account_id),
            relation::of_rooms(tx, &rooms),
            mark::of_all(tx, &marks, actor.account_id),
        )
        .await?;
        let messages = messages.into_iter().map(|message| (message.id, message)).collect();
        let marks = marks.into_iter().map(|mark| ((mark.room_id, mark.account_id), mark)).collect();
        Ok(Self { tx, actor, members, messages, marks })
    }

    async fn build(&self, object: &Object) -> Result<Change, StoreError> {
        let change = match (object.kind, object.room) {
            (Kind::Person, _) => self.person(AccountId(object.id)).await?,
            (Kind::QuickReplies, _) => uses_any(self.actor).then_some(Change::QuickReplies),
            (_, None) => return Err(StoreError::Corrupt("a feed row without its room")),
            (kind, Some(room)) => match self.membership(room) {
                None => None,
                Some(member) => self.in_room(kind, room, object.id, &member).await?,
            },
        };
        Ok(change.unwrap_or(Change::Gone))
    }

    fn membership(&self, room: RoomId) -> Option<Member> {
        let members = self.members.get(&room).map(Vec::as_slice).unwrap_or_default();
        relation::allowed(self.actor, Action::ReadRoom, members)
    }

    async fn in_room(
        &self,
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
                .marks
                .get(&(room, AccountId(id)))
                .cloned()
                .map(|read_mark| Change::ReadMark { read_mark: cap(read_mark, member) }),
            Kind::Room => {
                let room = rooms::seen_by(self.tx, self.actor.account_id, self.actor.role, room).await?;
                room.map(|room| Change::Room { room: Box::new(room) })
            }
            Kind::Draft => drafts::of(self.tx, room, self.actor.account_id)
                .await?
                .filter(|_| member.until_seq.is_none())
                .map(|draft| Change::Draft { draft: Box::new(draft) }),
            Kind::Person | Kind::QuickReplies => None,
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
