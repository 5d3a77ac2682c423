//! A message's state into the table: inserted, or updated if newer.

use bedside_protocol::wire::Message;
use bedside_protocol::{MessageId, RoomId, RoomSeq};
use rusqlite::{OptionalExtension, params};

use crate::cache::error::CacheError;
use crate::cache::group::Group;

impl Group<'_> {
    /// A message's state, if newer than what is held. One's own acknowledges its outbox row.
    pub(super) fn message(&mut self, message: &Message) -> Result<(), CacheError> {
        self.room(message.room_id)?;
        if self.inserted(message)? {
            let me = self.me;
            self.room(message.room_id)?.inserted(message, me);
            self.changed_room(message.room_id);
        } else {
            self.known(message)?;
        }
        match message.client_id {
            Some(client_id) if self.me == Some(message.sender_account) => {
                self.acked(client_id, message.id, self.now)
            }
            _ => Ok(()),
        }
    }

    /// Inserts unless the id or the place is taken.
    fn inserted(&mut self, message: &Message) -> Result<bool, CacheError> {
        let mut insert = self.db.prepare_cached(
            "INSERT INTO messages (message_id, room_id, room_seq, rev, sender_account, content, stored_at,
                                   composed_at, edited_at, retracted_at, urgent, reactions, client_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT DO NOTHING",
        )?;
        let client_id = message.client_id.map(|id| id.0.into_bytes());
        let count = insert.execute(params![
            message.id.get(),
            message.room_id.get(),
            message.room_seq.get(),
            message.rev.get(),
            message.sender_account.get(),
            message.content,
            message.timestamp.millis(),
            message.composed_at.map(|at| at.millis()),
            message.edited_at.map(|at| at.millis()),
            message.retracted_at.map(|at| at.millis()),
            message.urgent,
            reactions(message)?,
            client_id,
        ])?;
        Ok(count == 1)
    }

    /// The id or the place is taken: a newer state of the same message, or a restored server's other one.
    fn known(&mut self, message: &Message) -> Result<(), CacheError> {
        let rev: Option<i64> = self
            .db
            .prepare_cached("SELECT rev FROM messages WHERE message_id = ?1")?
            .query_row([message.id.get()], |row| row.get(0))
            .optional()?;
        match rev {
            Some(held) if held < message.rev.get() => self.update(message),
            Some(_) => Ok(()),
            None => self.displace(message),
        }
    }

    fn update(&mut self, message: &Message) -> Result<(), CacheError> {
        self.db
            .prepare_cached(
                "UPDATE messages SET rev = ?2, content = ?3, edited_at = ?4, retracted_at = ?5, reactions = ?6,
                    client_id = coalesce(?7, client_id)
                 WHERE message_id = ?1",
            )?
            .execute(params![
                message.id.get(),
                message.rev.get(),
                message.content,
                message.edited_at.map(|at| at.millis()),
                message.retracted_at.map(|at| at.millis()),
                reactions(message)?,
                message.client_id.map(|id| id.0.into_bytes()),
            ])?;
        self.room(message.room_id)?.shown(message);
        self.changed_room(message.room_id);
        Ok(())
    }

    /// A server restored from a backup gives places anew, with ids beyond all it gave before: the later id wins.
    fn displace(&mut self, message: &Message) -> Result<(), CacheError> {
        let removed = self
            .db
            .prepare_cached("DELETE FROM messages WHERE room_id = ?1 AND room_seq = ?2 AND message_id < ?3")?
            .execute(params![message.room_id.get(), message.room_seq.get(), message.id.get()])?;
        if removed == 0 || !self.inserted(message)? {
            return Ok(());
        }
        let me = self.me;
        let room = self.room(message.room_id)?;
        room.inserted(message, me);
        room.removed();
        self.changed_room(message.room_id);
        Ok(())
    }

    /// Removes a message row whose outbox row holds its content again.
    pub(super) fn remove_message(&mut self, room_id: RoomId, id: MessageId) -> Result<(), CacheError> {
        let removed =
            self.db.prepare_cached("DELETE FROM messages WHERE message_id = ?1")?.execute([id.get()])?;
        if removed > 0 {
            self.room(room_id)?.removed();
            self.changed_room(room_id);
        }
        Ok(())
    }

    /// The places held between two (inclusive), ascending.
    pub(super) fn places_held(
        &self,
        room_id: RoomId,
        from: RoomSeq,
        to: RoomSeq,
    ) -> Result<Vec<RoomSeq>, CacheError> {
        let mut statement = self.db.prepare_cached(
            "SELECT room_seq FROM messages WHERE room_id = ?1 AND room_seq BETWEEN ?2 AND ?3 ORDER BY room_seq",
        )?;
        let places = statement
            .query_map([room_id.get(), from.get(), to.get()], |row| row.get(0).map(RoomSeq))?
            .collect::<Result<_, _>>()?;
        Ok(places)
    }

    /// Every room held.
    pub(super) fn room_ids(&self) -> Result<Vec<RoomId>, CacheError> {
        let mut statement = self.db.prepare_cached("SELECT room_id FROM rooms ORDER BY room_id")?;
        let rooms = statement.query_map([], |row| row.get(0).map(RoomId))?.collect::<Result<_, _>>()?;
        Ok(rooms)
    }
}

/// Reactions as JSON, nothing when there are none.
fn reactions(message: &Message) -> Result<Option<String>, CacheError> {
    if message.reactions.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_string(&message.reactions);
    text.map(Some).map_err(|_| CacheError::Unreadable { what: "reaction" })
}
