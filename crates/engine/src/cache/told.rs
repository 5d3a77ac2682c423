//! What a notification may say of a message.

use bedside_protocol::ipc::Place;
use bedside_protocol::{AccountId, RoomId, RoomSeq};
use rusqlite::{Connection, OptionalExtension};

use super::preview::one_line;
use super::query::{by_id, timeline};
use super::{Cache, CacheError, profile};
use crate::sync::Says;

impl Cache {
    /// Whose a message is and how it begins; nothing of one that was taken back or is not held.
    pub(crate) async fn told(&self, place: Place) -> Result<Says, CacheError> {
        self.readers.read(move |db| told(db, place)).await
    }

    /// Where a message is in its conversation; where the last one is, if none is named.
    pub(crate) async fn seq_of(&self, place: Place) -> Result<Option<RoomSeq>, CacheError> {
        self.readers.read(move |db| seq_of(db, place)).await
    }
}

fn told(db: &Connection, place: Place) -> Result<Says, CacheError> {
    let message = place.message_id.map(|id| by_id::message(db, place.room_id, id)).transpose()?.flatten();
    let other = other(db, place.room_id)?.map(|id| profile::person(db, id)).transpose()?.flatten();
    Ok(Says {
        name: other.map(|person| person.name),
        text: message.filter(|held| held.retracted_at.is_none()).map(|held| one_line(&held.content)),
    })
}

fn seq_of(db: &Connection, place: Place) -> Result<Option<RoomSeq>, CacheError> {
    match place.message_id {
        Some(id) => Ok(by_id::message(db, place.room_id, id)?.map(|held| held.seq)),
        None => Ok(timeline::facts(db, place.room_id)?.map(|facts| facts.last_seq)),
    }
}

fn other(db: &Connection, room_id: RoomId) -> Result<Option<AccountId>, CacheError> {
    let mut statement = db.prepare_cached("SELECT other_account FROM rooms WHERE room_id = ?1")?;
    let found: Option<Option<i64>> = statement.query_row([room_id.get()], |row| row.get(0)).optional()?;
    Ok(found.flatten().map(AccountId))
}
