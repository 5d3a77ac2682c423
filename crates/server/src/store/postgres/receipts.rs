//! When a message was delivered to those it was written to, and when they read it; for its author alone.

use std::collections::BTreeSet;

use bedside_protocol::wire::Receipt;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp};

use super::tx::{Tx, at};
use super::{mark, messages, relation};
use crate::store::common::change::is_seen;
use crate::store::common::mark::{Mark, receipt};
use crate::store::common::membership::cap;
use crate::store::{Actor, StoreError};

/// One for each other member, none of somebody else's message; `None` if the actor may not see the message.
pub(super) async fn receipts(
    tx: &Tx<'_>,
    actor: Actor,
    room: RoomId,
    id: MessageId,
) -> Result<Option<Vec<Receipt>>, StoreError> {
    let Some(own) = relation::readable(tx, actor, room).await? else { return Ok(None) };
    let message = messages::by_id(tx, id, actor.account_id).await?;
    let Some(message) = message.filter(|message| is_seen(message, room, &own)) else { return Ok(None) };
    let mut receipts = Vec::new();
    if message.sender_account != actor.account_id {
        return Ok(Some(receipts));
    }
    let seq = message.room_seq;
    for other in relation::members(tx, room).await? {
        if other.account_id == actor.account_id {
            continue;
        }
        let wanted = BTreeSet::from([(room, other.account_id)]);
        let mark = mark::of_all(tx, &wanted, actor.account_id).await?.pop();
        let mark = mark.ok_or(StoreError::Corrupt("a member without a read mark"))?;
        let delivered = reached(tx, room, other.account_id, Mark::Delivered, seq).await?;
        let read = reached(tx, room, other.account_id, Mark::Read, seq).await?;
        receipts.push(receipt(&cap(mark, &own), seq, delivered, read));
    }
    Ok(Some(receipts))
}

/// When a mark first covered a place.
async fn reached(
    tx: &Tx<'_>,
    room: RoomId,
    account: AccountId,
    mark: Mark,
    seq: RoomSeq,
) -> Result<Option<Timestamp>, StoreError> {
    let row = tx
        .maybe(
            "SELECT reached_at FROM mark_history
             WHERE room_id = $1 AND account_id = $2 AND kind = $3 AND up_to >= $4 ORDER BY up_to LIMIT 1",
            &[&room.get(), &account.get(), &mark.word(), &seq.get()],
        )
        .await?;
    row.map(|row| at(&row, 0).map(Timestamp)).transpose()
}
