//! A message by the server's id. No index serves that: within a room ids ascend with places, so it is halved for.

use bedside_protocol::{MessageId, RoomId, RoomSeq};
use rusqlite::Connection;

use super::timeline::{self, MessageHeld};
use crate::cache::error::CacheError;

/// The message, if it is held.
pub(crate) fn message(
    db: &Connection,
    room_id: RoomId,
    id: MessageId,
) -> Result<Option<MessageHeld>, CacheError> {
    let last = timeline::facts(db, room_id)?.map_or(0, |facts| facts.last_seq.get());
    let (mut low, mut high) = (1, last);
    while low <= high {
        let middle = low + (high - low) / 2;
        match timeline::from(db, room_id, RoomSeq(middle), 1)?.pop() {
            Some(held) if held.message_id == id => return Ok(Some(held)),
            Some(held) if held.message_id < id => low = held.seq.get().saturating_add(1),
            _ => high = middle - 1,
        }
    }
    Ok(None)
}
