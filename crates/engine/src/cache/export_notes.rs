//! Exports made from this device's own copy that the server has not heard of yet.

use bedside_protocol::{RoomId, Timestamp};
use rusqlite::params;

use super::Cache;
use super::error::CacheError;

impl Cache {
    /// Keeps that conversations were written out.
    ///
    /// # Errors
    /// When it could not be stored.
    pub(crate) async fn note_exports(&self, rooms: Vec<RoomId>, now: Timestamp) -> Result<(), CacheError> {
        self.writer
            .write(move |group| {
                rooms.iter().try_for_each(|room| {
                    group
                        .db
                        .prepare_cached("INSERT INTO export_notes (room_id, made_at) VALUES (?1, ?2)")?
                        .execute(params![room.get(), now.millis()])?;
                    Ok(())
                })
            })
            .await
    }

    /// What the server has not heard of, oldest first.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn export_notes(&self) -> Result<Vec<(i64, RoomId)>, CacheError> {
        self.readers
            .read(|db| {
                let mut statement =
                    db.prepare_cached("SELECT position, room_id FROM export_notes ORDER BY position")?;
                let rows = statement.query_map([], |row| Ok((row.get(0)?, RoomId(row.get(1)?))))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// The server has heard of one.
    ///
    /// # Errors
    /// When it could not be stored.
    pub(crate) async fn export_told(&self, position: i64) -> Result<(), CacheError> {
        self.writer
            .write(move |group| {
                group
                    .db
                    .prepare_cached("DELETE FROM export_notes WHERE position = ?1")?
                    .execute([position])?;
                Ok(())
            })
            .await
    }
}
