//! The account-wide feed: dense per account, written with the change, bodies built when delivered (rules 8–10).

use std::collections::HashMap;

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::{AccountId, Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId, Timestamp, limits};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::relation;
use super::writer::Write;
use super::{drafts, mark, messages, people, rooms};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::feed::Kind;
pub(super) use crate::store::common::feed::Object;
use crate::store::common::feed::goes_on;
use crate::store::common::membership::{Member, cap};
use crate::store::common::quick_reply::uses_any;
use crate::store::{Actor, FeedSlice, StoreError};

/// Gives the next place of an account's feed to a change. Callers go through accounts in order of their ids.
pub(super) fn append(
    tx: &Write<'_>,
    account: AccountId,
    object: &Object,
    now: Timestamp,
) -> Result<FeedSeq, StoreError> {
    // Read, then written: RETURNING would build a temporary table for its one row.
    let place = head(tx, account)?.next();
    tx.prepare_cached(
        "INSERT INTO feed_heads (account_id, head) VALUES (?1, ?2)
         ON CONFLICT (account_id) DO UPDATE SET head = excluded.head",
    )?
    .execute([account.get(), place.get()])?;
    tx.prepare_cached(
        "INSERT INTO feed (account_id, feed_seq, kind, room_id, object_id, rev, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        account.get(),
        place.get(),
        object.kind.word(),
        object.room.map(RoomId::get),
        object.id,
        object.rev.get(),
        now.millis(),
    ])?;
    Ok(place)
}

/// The newest place of an account's feed; 0 before the first.
pub(super) fn head(db: &Connection, account: AccountId) -> Result<FeedSeq, StoreError> {
    let head = db
        .prepare_cached("SELECT head FROM feed_heads WHERE account_id = ?1")?
        .query_row([account.get()], |row| row.get(0))
        .optional()?;
    Ok(FeedSeq(head.unwrap_or(0)))
}

/// What came after a cursor, or that the account must take a snapshot.
pub(super) fn slice(
    db: &Connection,
    actor: Actor,
    epoch: &Epoch,
    after: &Cursor,
    limit: u32,
) -> Result<FeedSlice, StoreError> {
    let head = head(db, actor.account_id)?;
    let rows = rows_after(db, actor.account_id, after.feed_seq, limit.clamp(1, limits::FEED_PAGE_MAX))?;
    if !goes_on(epoch, after, head, rows.first().map(|(place, _)| *place)) {
        return Ok(FeedSlice::ResyncRequired { head });
    }
    let mut bodies = Bodies { db, actor, memberships: HashMap::new() };
    let events = rows
        .into_iter()
        .map(|(feed_seq, object)| Ok(FeedEvent { feed_seq, change: bodies.build(&object)? }))
        .collect::<Result<_, StoreError>>()?;
    Ok(FeedSlice::Events { events, head })
}

fn rows_after(
    db: &Connection,
    account: AccountId,
    after: FeedSeq,
    limit: u32,
) -> Result<Vec<(FeedSeq, Object)>, StoreError> {
    let rows = db
        .prepare_cached(
            "SELECT feed_seq, kind, room_id, object_id, rev FROM feed
             WHERE account_id = ?1 AND feed_seq > ?2 ORDER BY feed_seq LIMIT ?3",
        )?
        .query_map(params![account.get(), after.get(), limit], feed_row)?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().map(|row| row.ok_or(StoreError::Corrupt("a feed row of an unknown kind"))).collect()
}

fn feed_row(row: &Row<'_>) -> rusqlite::Result<Option<(FeedSeq, Object)>> {
    let Some(kind) = Kind::parse(row.get_ref(1)?.as_str()?) else { return Ok(None) };
    let room: Option<i64> = row.get(2)?;
    let object = Object { kind, room: room.map(RoomId), id: row.get(3)?, rev: Rev(row.get(4)?) };
    Ok(Some((FeedSeq(row.get(0)?), object)))
}

/// Builds the bodies of one slice, each only if the account may see it now.
struct Bodies<'c> {
    db: &'c Connection,
    actor: Actor,
    memberships: HashMap<RoomId, Option<Member>>,
}

impl Bodies<'_> {
    fn build(&mut self, object: &Object) -> Result<Change, StoreError> {
        let change = match (object.kind, object.room) {
            (Kind::Person, _) => self.person(AccountId(object.id))?,
            (Kind::QuickReplies, _) => uses_any(self.actor).then_some(Change::QuickReplies),
            (_, None) => return Err(StoreError::Corrupt("a feed row without its room")),
            (kind, Some(room)) => match self.membership(room)? {
                None => None,
                Some(member) => self.in_room(kind, room, object.id, &member)?,
            },
        };
        Ok(change.unwrap_or(Change::Gone))
    }

    fn membership(&mut self, room: RoomId) -> Result<Option<Member>, StoreError> {
        if let Some(known) = self.memberships.get(&room) {
            return Ok(*known);
        }
        let member = relation::readable(self.db, self.actor, room)?;
        self.memberships.insert(room, member);
        Ok(member)
    }

    fn in_room(
        &self,
        kind: Kind,
        room: RoomId,
        id: i64,
        member: &Member,
    ) -> Result<Option<Change>, StoreError> {
        Ok(match kind {
            Kind::Message => messages::by_id(self.db, MessageId(id), self.actor.account_id)?
                .filter(|message| member.sees(message.room_seq))
                .map(|message| Change::Message { message: Box::new(message) }),
            Kind::ReadMark => mark::of(self.db, room, AccountId(id), self.actor.account_id)?
                .map(|read_mark| Change::ReadMark { read_mark: cap(read_mark, member) }),
            Kind::Room => {
                rooms::one(self.db, self.actor, room)?.map(|room| Change::Room { room: Box::new(room) })
            }
            Kind::Draft => drafts::of(self.db, room, self.actor.account_id)?
                .filter(|_| member.until_seq.is_none())
                .map(|draft| Change::Draft { draft: Box::new(draft) }),
            Kind::Person | Kind::QuickReplies => None,
        })
    }

    fn person(&self, account: AccountId) -> Result<Option<Change>, StoreError> {
        let decision = can(self.actor.role, Action::SeeOwnLists, Relation::Oneself);
        if decision != Decision::Allow || !people::are_linked(self.db, self.actor, account)? {
            return Ok(None);
        }
        let person = people::person(self.db, account, self.actor.role)?;
        Ok(person.map(|person| Change::Person { person }))
    }
}
