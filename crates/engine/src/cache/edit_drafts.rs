//! What is being made of messages that are edited, so that it outlives the app: one per composer.
//!
//! Kept beside the drafts, which wait behind it. Gone once the change itself is kept.

use bedside_protocol::ipc::EditDraft;
use bedside_protocol::{MessageId, RoomId};
use rusqlite::{Connection, OptionalExtension, params};

use super::Cache;
use super::error::CacheError;
use super::group::Group;

impl Cache {
    /// Keeps what is being made of a message; nothing forgets it.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn save_edit(&self, room_id: RoomId, editing: Option<EditDraft>) -> Result<(), CacheError> {
        self.writer.write(move |group| group.save_edit(room_id, editing.as_ref())).await
    }

    /// What is being edited in a room, if anything is.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn edit_draft(&self, room_id: RoomId) -> Result<Option<EditDraft>, CacheError> {
        self.readers.read(move |db| of_room(db, room_id)).await
    }
}

impl Group<'_> {
    fn save_edit(&mut self, room_id: RoomId, editing: Option<&EditDraft>) -> Result<(), CacheError> {
        let Some(EditDraft { message_id, text }) = editing else {
            self.db.prepare_cached("DELETE FROM edit_drafts WHERE room_id = ?1")?.execute([room_id.get()])?;
            return Ok(());
        };
        self.db
            .prepare_cached(
                "INSERT INTO edit_drafts (room_id, message_id, content, updated_at)
                 SELECT room_id, ?2, ?3, ?4 FROM rooms WHERE room_id = ?1
                 ON CONFLICT (room_id) DO UPDATE SET message_id = ?2, content = ?3, updated_at = ?4",
            )?
            .execute(params![room_id.get(), message_id.get(), text, self.now.millis()])?;
        Ok(())
    }

    /// The message has been given its text, or taken back.
    pub(super) fn edit_ends(&self, room_id: RoomId, message_id: MessageId) -> Result<(), CacheError> {
        self.db
            .prepare_cached("DELETE FROM edit_drafts WHERE room_id = ?1 AND message_id = ?2")?
            .execute([room_id.get(), message_id.get()])?;
        Ok(())
    }
}

/// What is being edited in a room, if anything is.
pub(crate) fn of_room(db: &Connection, room_id: RoomId) -> Result<Option<EditDraft>, CacheError> {
    let mut statement =
        db.prepare_cached("SELECT message_id, content FROM edit_drafts WHERE room_id = ?1")?;
    let read =
        |row: &rusqlite::Row<'_>| Ok(EditDraft { message_id: MessageId(row.get(0)?), text: row.get(1)? });
    Ok(statement.query_row([room_id.get()], read).optional()?)
}
