//! Writing audit rows.

use bedside_protocol::{RoomId, Timestamp};
use rusqlite::params;

use super::writer::Write;
use crate::store::StoreError;
pub(super) use crate::store::common::audit::{Entry, Event};

pub(super) fn audit(tx: &Write<'_>, entry: Entry, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO audit (happened_at, event, actor_id, device_id, room_id, object_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        now.millis(),
        entry.event.word(),
        entry.actor.map(|(account, _)| account.get()),
        entry.actor.map(|(_, device)| device.get()),
        entry.room.map(RoomId::get),
        entry.object,
    ])?;
    Ok(())
}
