//! Making a room, ending its membership with the link, and reopening it.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, Rev, RoomId, Timestamp};

use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::tx::{Tx, at};
use super::{drafts, links, mark, relation, rooms};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::pair::{FIRST_REV, Pair};
use crate::store::{Actor, Delivery, OpenRoomOutcome, StoreError};

/// Gets or makes the room with a linked person. Two servers that make it at once: one begins again and finds it.
pub(super) async fn open(
    tx: &Tx<'_>,
    actor: Actor,
    other: AccountId,
    now: Timestamp,
) -> Result<OpenRoomOutcome, StoreError> {
    let pair = Pair::of(actor, other);
    let relation = if links::holds(tx, pair).await? { Relation::Linked } else { Relation::Stranger };
    if can(actor.role, Action::OpenRoom, relation) != Decision::Allow {
        return Ok(OpenRoomOutcome::NotFound);
    }
    let (room_id, deliveries) = match of_pair(tx, pair).await? {
        Some(room) => (room, Vec::new()),
        None => {
            let room = insert(tx, pair, now).await?;
            audit(tx, Entry::new(Event::RoomOpened, Some(actor)).in_room(room), now).await?;
            (room, announce(tx, room, FIRST_REV, now).await?)
        }
    };
    let room = rooms::one(tx, actor, room_id).await?;
    let room = room.ok_or(StoreError::Corrupt("a linked pair outside its room"))?;
    Ok(OpenRoomOutcome::Room { room: Box::new(room), deliveries })
}

/// The room of a pair.
pub(super) async fn of_pair(tx: &Tx<'_>, pair: Pair) -> Result<Option<RoomId>, StoreError> {
    let row = tx
        .maybe(
            "SELECT id FROM rooms WHERE patient_id = $1 AND practitioner_id = $2",
            &[&pair.patient.get(), &pair.practitioner.get()],
        )
        .await?;
    row.map(|row| Ok(RoomId(at(&row, 0)?))).transpose()
}

/// Makes a pair's room with its two members and their marks.
pub(super) async fn insert(tx: &Tx<'_>, pair: Pair, now: Timestamp) -> Result<RoomId, StoreError> {
    let row = tx
        .one(
            "INSERT INTO rooms (patient_id, practitioner_id, last_seq, room_rev, created_at, updated_at)
             VALUES ($1, $2, 0, $3, $4, $4) RETURNING id",
            &[&pair.patient.get(), &pair.practitioner.get(), &FIRST_REV.get(), &now.millis()],
        )
        .await?;
    let room = RoomId(at(&row, 0)?);
    for (account, role) in [(pair.patient, Role::Patient), (pair.practitioner, Role::Practitioner)] {
        tx.run(
            "INSERT INTO room_members (room_id, account_id, role, from_at) VALUES ($1, $2, $3, $4)",
            &[&room.get(), &account.get(), &role.as_str(), &now.millis()],
        )
        .await?;
        mark::insert(tx, room, account, FIRST_REV).await?;
    }
    Ok(room)
}

/// The link has ended: both may read what there is, and nothing new. The room is locked.
pub(super) async fn end_membership(tx: &Tx<'_>, pair: Pair, now: Timestamp) -> Result<(), StoreError> {
    let Some(room) = of_pair(tx, pair).await? else { return Ok(()) };
    tx.run(
        "UPDATE room_members
         SET until_at = $2, until_seq = (SELECT last_seq FROM rooms WHERE id = $1)
         WHERE room_id = $1 AND until_at IS NULL",
        &[&room.get(), &now.millis()],
    )
    .await?;
    drafts::erase(tx, room).await?;
    changed(tx, room, now).await
}

/// The link is back: the room, if there was one, goes on. The room is locked.
pub(super) async fn reopen(tx: &Tx<'_>, pair: Pair, now: Timestamp) -> Result<(), StoreError> {
    let Some(room) = of_pair(tx, pair).await? else { return Ok(()) };
    tx.run("UPDATE room_members SET until_at = NULL, until_seq = NULL WHERE room_id = $1", &[&room.get()])
        .await?;
    changed(tx, room, now).await
}

async fn changed(tx: &Tx<'_>, room: RoomId, now: Timestamp) -> Result<(), StoreError> {
    let rev = rooms::next_rev(tx, room).await?;
    tx.run("UPDATE rooms SET updated_at = $2 WHERE id = $1", &[&room.get(), &now.millis()]).await?;
    announce(tx, room, rev, now).await?;
    Ok(())
}

/// A room event for each member, as that member sees the room now.
async fn announce(tx: &Tx<'_>, room: RoomId, rev: Rev, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
    let members = relation::members(tx, room).await?;
    let accounts: Vec<_> = members.iter().map(|member| member.account_id).collect();
    let places = feed::append(tx, &accounts, &Object::room(room, rev), now).await?;
    let mut deliveries = Vec::with_capacity(members.len());
    for (member, (account_id, feed_seq)) in members.iter().zip(places) {
        let seen = rooms::seen_by(tx, account_id, member.role, room).await?;
        let seen = seen.ok_or(StoreError::Corrupt("a member outside its room"))?;
        let event = FeedEvent { feed_seq, change: Change::Room { room: Box::new(seen) } };
        deliveries.push(Delivery { account_id, event });
    }
    Ok(deliveries)
}
