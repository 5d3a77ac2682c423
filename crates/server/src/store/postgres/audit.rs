//! Writing audit rows.

use bedside_protocol::{RoomId, Timestamp};

use super::tx::Tx;
use crate::store::StoreError;
pub(super) use crate::store::common::audit::{Entry, Event};

pub(super) async fn audit(tx: &Tx<'_>, entry: Entry, now: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO audit (happened_at, event, actor_id, device_id, room_id, object_id)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            &now.millis(),
            &entry.event.word(),
            &entry.actor.map(|(account, _)| account.get()),
            &entry.actor.map(|(_, device)| device.get()),
            &entry.room.map(RoomId::get),
            &entry.object,
        ],
    )
    .await?;
    Ok(())
}
