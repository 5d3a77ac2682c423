//! How a member has set a room up for itself: pinned, muted, archived, marked unread. Told to its own feed only; no
//! revision of the room moves, so that nothing of it shows to the other. What a device wishes is numbered: what comes after
//! a later wish, or again, changes nothing.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::{Room, RoomFlags};
use bedside_protocol::{AccountId, RoomId, Timestamp, WishNumber};
use rusqlite::{Connection, params};

use super::feed::{self, Object};
use super::writer::Write;
use super::{relation, rooms};
use crate::access::{Action, Decision};
use crate::store::common::flags::{of_columns, read_on, wished};
use crate::store::{Actor, Delivery, FlagsCommand, FlagsOutcome, StoreError};

pub(super) fn set(tx: &Write<'_>, actor: Actor, command: FlagsCommand) -> Result<FlagsOutcome, StoreError> {
    let members = relation::members(tx, command.room_id)?;
    let (Decision::Allow, Some(own)) = relation::decide(actor, Action::SetFlags, &members) else {
        return Ok(FlagsOutcome::NotFound);
    };
    let last = rooms::head(tx, command.room_id)?.last_seq;
    let before = of(tx, command.room_id, actor.account_id)?;
    let after = match command.wish.number {
        Some(number) if !is_next(tx, actor, command.room_id, number)? => None,
        _ => wished(before, &command.wish.set, own.until_seq.unwrap_or(last).min(last)),
    };
    let delivery = keep(tx, actor, (command.room_id, after), command.now)?;
    let room = Box::new(seen(tx, actor, command.room_id)?);
    Ok(FlagsOutcome::Set { room, deliveries: delivery.into_iter().collect() })
}

/// Whether the device has wished nothing later for the room, nor this before; from now on it has.
fn is_next(tx: &Write<'_>, actor: Actor, room: RoomId, number: WishNumber) -> Result<bool, StoreError> {
    let counted = tx
        .prepare_cached(
            "INSERT INTO flag_wishes (device_id, room_id, number) VALUES (?1, ?2, ?3)
             ON CONFLICT (device_id, room_id) DO UPDATE SET number = excluded.number WHERE excluded.number > flag_wishes.number",
        )?
        .execute([actor.device_id.get(), room.get(), number.get()])?;
    Ok(counted == 1)
}

/// The actor has read on: a room that it had marked unread is no longer.
pub(super) fn read(
    tx: &Write<'_>,
    actor: Actor,
    room: RoomId,
    now: Timestamp,
) -> Result<Option<Delivery>, StoreError> {
    let after = read_on(of(tx, room, actor.account_id)?);
    keep(tx, actor, (room, after), now)
}

fn keep(
    tx: &Write<'_>,
    actor: Actor,
    (room, after): (RoomId, Option<RoomFlags>),
    now: Timestamp,
) -> Result<Option<Delivery>, StoreError> {
    let Some(flags) = after else { return Ok(None) };
    tx.prepare_cached(
        "UPDATE read_marks SET pinned = ?3, muted_until_at = ?4, archived_up_to = ?5, marked_unread = ?6, flags_rev = ?7
         WHERE room_id = ?1 AND account_id = ?2",
    )?
    .execute(params![
        room.get(),
        actor.account_id.get(),
        flags.pinned,
        flags.muted.millis(),
        flags.archived.place(),
        flags.marked_unread,
        flags.rev.get(),
    ])?;
    let account_id = actor.account_id;
    let feed_seq = feed::append(tx, account_id, &Object::room(room, flags.rev), now)?;
    let change = Change::Room { room: Box::new(seen(tx, actor, room)?) };
    Ok(Some(Delivery { account_id, event: FeedEvent { feed_seq, change } }))
}

fn seen(tx: &Write<'_>, actor: Actor, room: RoomId) -> Result<Room, StoreError> {
    let seen = rooms::seen_by(tx, actor.account_id, actor.role, room)?;
    seen.ok_or(StoreError::Corrupt("a member without its room"))
}

fn of(db: &Connection, room: RoomId, account: AccountId) -> Result<RoomFlags, StoreError> {
    let flags = db
        .prepare_cached(
            "SELECT pinned, muted_until_at, archived_up_to, marked_unread, flags_rev FROM read_marks
             WHERE room_id = ?1 AND account_id = ?2",
        )?
        .query_row(params![room.get(), account.get()], |row| {
            Ok(of_columns((row.get(0)?, row.get(1)?, row.get(2)?), (row.get(3)?, row.get(4)?)))
        })?;
    Ok(flags)
}
