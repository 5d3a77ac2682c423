//! When a message was delivered to those it was written to, and when they read it; for its author alone.

use bedside_protocol::wire::Receipt;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::{mark, messages, relation};
use crate::store::common::change::is_seen;
use crate::store::common::mark::{Mark, receipt};
use crate::store::common::membership::cap;
use crate::store::{Actor, StoreError};

/// One for each other member, none of somebody else's message; `None` if the actor may not see the message.
pub(super) fn receipts(
    db: &Connection,
    actor: Actor,
    room: RoomId,
    id: MessageId,
) -> Result<Option<Vec<Receipt>>, StoreError> {
    let Some(own) = relation::readable(db, actor, room)? else { return Ok(None) };
    let message = messages::by_id(db, id, actor.account_id)?;
    let Some(message) = message.filter(|message| is_seen(message, room, &own)) else { return Ok(None) };
    if message.sender_account != actor.account_id {
        return Ok(Some(Vec::new()));
    }
    let (seq, members) = (message.room_seq, relation::members(db, room)?);
    let others = members.iter().filter(|member| member.account_id != actor.account_id);
    let receipts = others.map(|other| {
        let mark = mark::of(db, room, other.account_id, actor.account_id)?;
        let mark = mark.ok_or(StoreError::Corrupt("a member without a read mark"))?;
        let delivered = reached(db, room, other.account_id, Mark::Delivered, seq)?;
        let read = reached(db, room, other.account_id, Mark::Read, seq)?;
        Ok(receipt(&cap(mark, &own), seq, delivered, read))
    });
    receipts.collect::<Result<_, StoreError>>().map(Some)
}

/// When a mark first covered a place.
fn reached(
    db: &Connection,
    room: RoomId,
    account: AccountId,
    mark: Mark,
    seq: RoomSeq,
) -> Result<Option<Timestamp>, StoreError> {
    let moment = db
        .prepare_cached(
            "SELECT reached_at FROM mark_history
             WHERE room_id = ?1 AND account_id = ?2 AND kind = ?3 AND up_to >= ?4 ORDER BY up_to LIMIT 1",
        )?
        .query_row(params![room.get(), account.get(), mark.word(), seq.get()], |row| row.get(0))
        .optional()?;
    Ok(moment.map(Timestamp))
}
