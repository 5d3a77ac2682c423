//! Conversations of which the person wants to be told if no reply comes by a moment. On this device alone, so that it holds
//! whether the server can be reached or not.

use std::collections::HashMap;

use bedside_protocol::wire::Message;
use bedside_protocol::{RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::changes::Part;
use super::group::Group;
use super::{Cache, CacheError};

/// A reply that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReplyWait {
    pub(crate) room_id: RoomId,
    pub(crate) due_at: Timestamp,
    /// It was said that none came.
    pub(crate) told: bool,
}

impl Cache {
    /// Waits for a reply to what a conversation has now, or not any more.
    ///
    /// # Errors
    /// [`CacheError::NotFound`] for an unknown room; otherwise when it could not be stored.
    pub(crate) async fn await_reply(&self, room_id: RoomId, by: Option<Timestamp>) -> Result<(), CacheError> {
        self.writer.write(move |group| group.await_reply(room_id, by)).await
    }

    /// What is waited for.
    pub(crate) async fn reply_waits(&self) -> Result<Vec<ReplyWait>, CacheError> {
        self.readers.read(all).await
    }

    /// It was said that no reply came; said once, however often the app is started.
    pub(crate) async fn no_reply_told(&self, room_id: RoomId) -> Result<(), CacheError> {
        self.writer
            .write(move |group| {
                let sql = "UPDATE reply_waits SET told = 1 WHERE room_id = ?1";
                group.db.execute(sql, [room_id.get()])?;
                Ok(())
            })
            .await
    }
}

impl Group<'_> {
    fn await_reply(&mut self, room_id: RoomId, by: Option<Timestamp>) -> Result<(), CacheError> {
        let newest = "SELECT coalesce(newest_id, 0) FROM rooms WHERE room_id = ?1";
        let after: Option<i64> = self.db.query_row(newest, [room_id.get()], |row| row.get(0)).optional()?;
        let after = after.ok_or(CacheError::NotFound)?;
        self.db.execute("DELETE FROM reply_waits WHERE room_id = ?1", [room_id.get()])?;
        if let Some(by) = by {
            let sql = "INSERT INTO reply_waits (room_id, due_at, after_id, told) VALUES (?1, ?2, ?3, 0)";
            self.db.execute(sql, params![room_id.get(), by.millis(), after])?;
        }
        self.changed(Part::ReplyWaits);
        self.changed_room(room_id);
        Ok(())
    }

    /// A reply withdraws the wait for it; history is none.
    pub(super) fn replied(&mut self, message: &Message) -> Result<(), CacheError> {
        let sql = "DELETE FROM reply_waits WHERE room_id = ?1 AND after_id < ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        if statement.execute([message.room_id.get(), message.id.get()])? > 0 {
            self.changed(Part::ReplyWaits);
            self.changed_room(message.room_id);
        }
        Ok(())
    }
}

fn all(db: &Connection) -> Result<Vec<ReplyWait>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT room_id, due_at, told FROM reply_waits ORDER BY room_id")?;
    let rows = statement.query_map([], |row| {
        Ok(ReplyWait { room_id: RoomId(row.get(0)?), due_at: Timestamp(row.get(1)?), told: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// By when each reply is to have come.
pub(super) fn due(db: &Connection) -> Result<HashMap<RoomId, Timestamp>, CacheError> {
    Ok(all(db)?.into_iter().map(|wait| (wait.room_id, wait.due_at)).collect())
}

/// The same of one room.
pub(super) fn due_in(db: &Connection, room_id: RoomId) -> Result<Option<Timestamp>, CacheError> {
    let mut statement = db.prepare_cached("SELECT due_at FROM reply_waits WHERE room_id = ?1")?;
    Ok(statement.query_row([room_id.get()], |row| row.get(0).map(Timestamp)).optional()?)
}
