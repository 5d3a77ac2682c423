//! How a member has set a room up for itself: pinned, muted, archived, marked unread. Told to its own feed only; no
//! revision of the room moves, so that nothing of it shows to the other. What a device wishes is numbered: what comes after
//! a later wish, or again, changes nothing.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::{Room, RoomFlags};
use bedside_protocol::{AccountId, RoomId, Timestamp, WishNumber};

use super::feed::{self, Object};
use super::rooms::LOCK_OF_MEMBERS;
use super::tx::{Tx, at};
use super::{relation, rooms};
use crate::access::{Action, Decision};
use crate::store::common::flags::{of_columns, read_on, wished};
use crate::store::{Actor, Delivery, FlagsCommand, FlagsOutcome, StoreError};

pub(super) async fn set(
    tx: &Tx<'_>,
    actor: Actor,
    command: FlagsCommand,
) -> Result<FlagsOutcome, StoreError> {
    let (room, account) = (command.room_id, actor.account_id);
    // What is decided is read under the room's lock.
    tx.rows(LOCK_OF_MEMBERS, &[&[room.get()].as_slice(), &[account.get()].as_slice()]).await?;
    let members = relation::members(tx, room).await?;
    let (Decision::Allow, Some(own)) = relation::decide(actor, Action::SetFlags, &members) else {
        return Ok(FlagsOutcome::NotFound);
    };
    let last = rooms::head(tx, room).await?.last_seq;
    let before = of(tx, room, account).await?;
    let after = match command.wish.number {
        Some(number) if !is_next(tx, actor, room, number).await? => None,
        _ => wished(before, &command.wish.set, own.until_seq.unwrap_or(last).min(last)),
    };
    let delivery = keep(tx, actor, (room, after), command.now).await?;
    let room = Box::new(seen(tx, actor, room).await?);
    Ok(FlagsOutcome::Set { room, deliveries: delivery.into_iter().collect() })
}

/// Whether the device has wished nothing later for the room, nor this before; from now on it has.
async fn is_next(tx: &Tx<'_>, actor: Actor, room: RoomId, number: WishNumber) -> Result<bool, StoreError> {
    let counted = tx
        .run(
            "INSERT INTO flag_wishes (device_id, room_id, number) VALUES ($1, $2, $3)
             ON CONFLICT (device_id, room_id) DO UPDATE SET number = excluded.number WHERE excluded.number > flag_wishes.number",
            &[&actor.device_id.get(), &room.get(), &number.get()],
        )
        .await?;
    Ok(counted == 1)
}

/// The actor has read on: a room that it had marked unread is no longer. The room is locked, and so are its feeds.
pub(super) async fn read(
    tx: &Tx<'_>,
    actor: Actor,
    room: RoomId,
    now: Timestamp,
) -> Result<Option<Delivery>, StoreError> {
    let after = read_on(of(tx, room, actor.account_id).await?);
    keep(tx, actor, (room, after), now).await
}

async fn keep(
    tx: &Tx<'_>,
    actor: Actor,
    (room, after): (RoomId, Option<RoomFlags>),
    now: Timestamp,
) -> Result<Option<Delivery>, StoreError> {
    let Some(flags) = after else { return Ok(None) };
    let (muted, archived, rev) = (flags.muted.millis(), flags.archived.place(), flags.rev.get());
    tx.run(
        "UPDATE read_marks SET pinned = $3, muted_until_at = $4, archived_up_to = $5, marked_unread = $6, flags_rev = $7
         WHERE room_id = $1 AND account_id = $2",
        &[
            &room.get(),
            &actor.account_id.get(),
            &flags.pinned,
            &muted,
            &archived,
            &flags.marked_unread,
            &rev,
        ],
    )
    .await?;
    let places = feed::append(tx, &[actor.account_id], &Object::room(room, flags.rev), now).await?;
    let (account_id, feed_seq) =
        places.first().copied().ok_or(StoreError::Corrupt("an account without a feed"))?;
    let change = Change::Room { room: Box::new(seen(tx, actor, room).await?) };
    Ok(Some(Delivery { account_id, event: FeedEvent { feed_seq, change } }))
}

async fn seen(tx: &Tx<'_>, actor: Actor, room: RoomId) -> Result<Room, StoreError> {
    let seen = rooms::seen_by(tx, actor.account_id, actor.role, room).await?;
    seen.ok_or(StoreError::Corrupt("a member without its room"))
}

async fn of(tx: &Tx<'_>, room: RoomId, account: AccountId) -> Result<RoomFlags, StoreError> {
    let row = tx
        .one(
            "SELECT pinned, muted_until_at, archived_up_to, marked_unread, flags_rev FROM read_marks
             WHERE room_id = $1 AND account_id = $2",
            &[&room.get(), &account.get()],
        )
        .await?;
    Ok(of_columns((at(&row, 0)?, at(&row, 1)?, at(&row, 2)?), (at(&row, 3)?, at(&row, 4)?)))
}
