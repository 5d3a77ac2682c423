//! Making a room, ending its membership with the link, and reopening it.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Rev, RoomId, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::links;
use super::writer::Write;
use super::{drafts, mark, relation, rooms};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::pair::{FIRST_REV, Pair};
use crate::store::{Actor, Delivery, OpenRoomOutcome, StoreError};

/// Gets or makes the room with a linked person.
pub(super) fn open(
    tx: &Write<'_>,
    actor: Actor,
    other: AccountId,
    now: Timestamp,
) -> Result<OpenRoomOutcome, StoreError> {
    let pair = Pair::of(actor, other);
    let relation = if links::holds(tx, pair)? { Relation::Linked } else { Relation::Stranger };
    if can(actor.role, Action::OpenRoom, relation) != Decision::Allow {
        return Ok(OpenRoomOutcome::NotFound);
    }
    let (room_id, deliveries) = match of_pair(tx, pair)? {
        Some(room) => (room, Vec::new()),
        None => {
            let room = insert(tx, pair, now)?;
            audit(tx, Entry::new(Event::RoomOpened, Some(actor)).in_room(room), now)?;
            (room, announce(tx, room, FIRST_REV, now)?)
        }
    };
    let room =
        rooms::one(tx, actor, room_id)?.ok_or(StoreError::Corrupt("a linked pair outside its room"))?;
    Ok(OpenRoomOutcome::Room { room: Box::new(room), deliveries })
}

/// The room of a pair.
pub(super) fn of_pair(tx: &Write<'_>, pair: Pair) -> Result<Option<RoomId>, StoreError> {
    let found = tx
        .prepare_cached("SELECT id FROM rooms WHERE patient_id = ?1 AND practitioner_id = ?2")?
        .query_row(params![pair.patient.get(), pair.practitioner.get()], |row| row.get(0))
        .optional()?;
    Ok(found.map(RoomId))
}

/// Makes a pair's room with its two members and their marks.
pub(super) fn insert(tx: &Write<'_>, pair: Pair, now: Timestamp) -> Result<RoomId, StoreError> {
    tx.prepare_cached(
        "INSERT INTO rooms (patient_id, practitioner_id, last_seq, room_rev, created_at, updated_at)
         VALUES (?1, ?2, 0, ?3, ?4, ?4)",
    )?
    .execute(params![pair.patient.get(), pair.practitioner.get(), FIRST_REV.get(), now.millis()])?;
    let room = RoomId(tx.last_insert_rowid());
    for (account, role) in [(pair.patient, Role::Patient), (pair.practitioner, Role::Practitioner)] {
        tx.prepare_cached(
            "INSERT INTO room_members (room_id, account_id, role, from_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![room.get(), account.get(), role.as_str(), now.millis()])?;
        mark::insert(tx, room, account, FIRST_REV)?;
    }
    Ok(room)
}

/// The link has ended: both may read what there is, and nothing new.
pub(super) fn end_membership(tx: &Write<'_>, pair: Pair, now: Timestamp) -> Result<(), StoreError> {
    let Some(room) = of_pair(tx, pair)? else { return Ok(()) };
    tx.prepare_cached(
        "UPDATE room_members
         SET until_at = ?2, until_seq = (SELECT last_seq FROM rooms WHERE id = ?1)
         WHERE room_id = ?1 AND until_at IS NULL",
    )?
    .execute(params![room.get(), now.millis()])?;
    drafts::erase(tx, room)?;
    changed(tx, room, now)
}

/// The link is back: the room, if there was one, goes on.
pub(super) fn reopen(tx: &Write<'_>, pair: Pair, now: Timestamp) -> Result<(), StoreError> {
    let Some(room) = of_pair(tx, pair)? else { return Ok(()) };
    tx.prepare_cached("UPDATE room_members SET until_at = NULL, until_seq = NULL WHERE room_id = ?1")?
        .execute([room.get()])?;
    changed(tx, room, now)
}

fn changed(tx: &Write<'_>, room: RoomId, now: Timestamp) -> Result<(), StoreError> {
    let rev = rooms::next_rev(tx, room)?;
    tx.prepare_cached("UPDATE rooms SET updated_at = ?2 WHERE id = ?1")?
        .execute(params![room.get(), now.millis()])?;
    announce(tx, room, rev, now)?;
    Ok(())
}

/// A room event for each member, as that member sees the room now.
fn announce(tx: &Write<'_>, room: RoomId, rev: Rev, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
    let members = relation::members(tx, room)?;
    let mut deliveries = Vec::with_capacity(members.len());
    for member in members {
        let feed_seq = feed::append(tx, member.account_id, &Object::room(room, rev), now)?;
        let seen = rooms::seen_by(tx, member.account_id, member.role, room)?
            .ok_or(StoreError::Corrupt("a member outside its room"))?;
        let event = FeedEvent { feed_seq, change: Change::Room { room: Box::new(seen) } };
        deliveries.push(Delivery { account_id: member.account_id, event });
    }
    Ok(deliveries)
}
