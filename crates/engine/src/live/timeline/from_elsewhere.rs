//! What a composer is told of the person's other devices.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{ArrivedDraft, DraftOffer};
use rusqlite::Connection;

use super::item::Reader;
use super::quote;
use crate::cache::CacheError;
use crate::cache::shared_drafts::{of_room, written};

/// What has come since a composer was opened and stands in its place now.
pub(super) fn arrived(
    db: &Connection,
    room_id: RoomId,
    seen: u64,
    reader: &Reader<'_>,
) -> Result<Option<Box<ArrivedDraft>>, CacheError> {
    let number = of_room(db, room_id)?.arrived;
    if number <= seen {
        return Ok(None);
    }
    let draft = written(db, room_id)?;
    let reply = quote::of_id(db, room_id, draft.reply_to, reader)?;
    Ok(Some(Box::new(ArrivedDraft { number, text: draft.text, reply })))
}

/// What another device had at the same time.
pub(super) fn offer(
    db: &Connection,
    room_id: RoomId,
    reader: &Reader<'_>,
) -> Result<Option<Box<DraftOffer>>, CacheError> {
    let Some(other) = of_room(db, room_id)?.other else { return Ok(None) };
    let reply = quote::of_id(db, room_id, other.reply_to, reader)?;
    Ok(Some(Box::new(DraftOffer { text: other.text, reply_to: other.reply_to, reply })))
}
