//! When each thing happened to a message: what the table has, and the moments the server has told, kept for looking
//! offline.

use bedside_protocol::ipc::{DeliveryState, MessageDetails};
use bedside_protocol::wire::Receipt;
use bedside_protocol::{MessageId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::CacheError;
use super::group::Group;
use super::query::{by_id, timeline};
use super::{Cache, profile};

/// Moments of one of one's own messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Moments {
    delivered_at: Option<Timestamp>,
    read_at: Option<Timestamp>,
}

impl Cache {
    /// Everything known of a message; `None` if it is not held.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn message_details(
        &self,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<Option<MessageDetails>, CacheError> {
        self.readers.read(move |db| details(db, room_id, message_id)).await
    }

    /// Keeps what the server has said of one of one's own messages.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn keep_receipt(
        &self,
        room_id: RoomId,
        message_id: MessageId,
        receipt: Receipt,
    ) -> Result<(), CacheError> {
        self.writer.write(move |group| group.keep_receipt(room_id, message_id, &receipt)).await
    }
}

impl Group<'_> {
    fn keep_receipt(
        &mut self,
        room_id: RoomId,
        message_id: MessageId,
        receipt: &Receipt,
    ) -> Result<(), CacheError> {
        self.db
            .prepare_cached(
                "INSERT INTO receipts (room_id, message_id, delivered_at, read_at)
                 SELECT room_id, ?2, ?3, ?4 FROM rooms WHERE room_id = ?1
                 ON CONFLICT (room_id, message_id) DO UPDATE SET
                     delivered_at = coalesce(?3, delivered_at), read_at = coalesce(?4, read_at)",
            )?
            .execute(params![
                room_id.get(),
                message_id.get(),
                receipt.delivered_at.map(Timestamp::millis),
                receipt.read_at.map(Timestamp::millis),
            ])?;
        Ok(())
    }
}

/// When one of one's own messages was delivered and read, as far as the server was ever asked.
pub(crate) fn moments_of(
    db: &Connection,
    room_id: RoomId,
    message_id: MessageId,
) -> Result<(Option<Timestamp>, Option<Timestamp>), CacheError> {
    let Moments { delivered_at, read_at } = moments(db, room_id, message_id)?;
    Ok((delivered_at, read_at))
}

fn details(
    db: &Connection,
    room_id: RoomId,
    message_id: MessageId,
) -> Result<Option<MessageDetails>, CacheError> {
    let Some(facts) = timeline::facts(db, room_id)? else { return Ok(None) };
    let Some(held) = by_id::message(db, room_id, message_id)? else { return Ok(None) };
    let own = profile::profile(db)?.account_id == Some(held.sender);
    let moments = moments(db, room_id, message_id)?;
    Ok(Some(MessageDetails {
        state: own.then(|| with(facts.other.state(held.seq), moments)),
        written_at: held.composed_at,
        sent_at: held.stored_at,
        delivered_at: moments.delivered_at,
        read_at: moments.read_at,
        edited_at: held.edited_at,
        retracted_at: held.retracted_at,
    }))
}

/// The server may have told a moment before the feed brings the mark.
fn with(state: DeliveryState, moments: Moments) -> DeliveryState {
    match state {
        DeliveryState::Sent | DeliveryState::Delivered if moments.read_at.is_some() => DeliveryState::Read,
        DeliveryState::Sent if moments.delivered_at.is_some() => DeliveryState::Delivered,
        state => state,
    }
}

fn moments(db: &Connection, room_id: RoomId, message_id: MessageId) -> Result<Moments, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT delivered_at, read_at FROM receipts WHERE room_id = ?1 AND message_id = ?2",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Moments {
            delivered_at: row.get::<_, Option<i64>>(0)?.map(Timestamp),
            read_at: row.get::<_, Option<i64>>(1)?.map(Timestamp),
        })
    };
    let found = statement.query_row([room_id.get(), message_id.get()], read).optional()?;
    Ok(found.unwrap_or_default())
}
