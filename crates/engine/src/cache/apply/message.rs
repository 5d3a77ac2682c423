//! A message's state into the table: inserted, or updated if newer.

use bedside_protocol::wire::Message;
use bedside_protocol::{MessageId, RoomId, RoomSeq};
use rusqlite::{OptionalExtension, params};

use crate::cache::error::CacheError;
use crate::cache::group::Group;

const INSERT: &str = "
    INSERT INTO messages (room_id, room_seq, message_id, rev, sender_account, content, stored_at, composed_at,
                          edited_at, retracted_at, urgent, reactions, client_id, reply_to, reply_seq, reply_sender,
                          reply_text)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
    ON CONFLICT DO NOTHING";

impl Group<'_> {
    /// A message's state, unless what is held is newer. One's own acknowledges its outbox row.
    pub(super) fn message(&mut self, message: &Message) -> Result<(), CacheError> {
        self.room(message.room_id)?;
        if self.inserted(message)? {
            let me = self.me;
            self.room(message.room_id)?.inserted(message, me);
            self.changed_room(message.room_id);
        } else {
            self.known(message)?;
        }
        if message.retracted_at.is_some() {
            self.forget_quotes(message)?;
        }
        if self.me != Some(message.sender_account) {
            return self.replied(message);
        }
        if let Some(client_id) = message.client_id
            && self.awaits_acknowledgement()?
        {
            self.acked(client_id, message, self.now)?;
            self.release_changes(client_id, message)?;
        }
        if message.retracted_at.is_some() { self.forget_retracted(message) } else { Ok(()) }
    }

    /// Inserts unless the place is taken.
    fn inserted(&mut self, message: &Message) -> Result<bool, CacheError> {
        let quoted = self.quoted(message)?;
        let insert = match &mut self.insert_message {
            Some(insert) => insert,
            none => none.insert(self.db.prepare_cached(INSERT)?),
        };
        let client_id = message.client_id.map(|id| id.0.into_bytes());
        let count = insert.execute(params![
            message.room_id.get(),
            message.room_seq.get(),
            message.id.get(),
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
            quoted.reply_to,
            quoted.seq,
            quoted.sender,
            quoted.text,
        ])?;
        if count == 1 {
            self.index_inserted(message);
        }
        Ok(count == 1)
    }

    /// The place is taken: by a state of the same message, or by a restored server's other one. An equal revision is
    /// the same state, but an older build may have dropped what this one stores of it. A state that differs in nothing
    /// is not written: pages overlap.
    fn known(&mut self, message: &Message) -> Result<(), CacheError> {
        let mut select = self.db.prepare_cached(
            "SELECT message_id, rev, content = ?3 AND edited_at IS ?4 AND retracted_at IS ?5 AND reactions IS ?6
                AND client_id IS coalesce(?7, client_id) AND reply_to IS ?8
             FROM messages WHERE room_id = ?1 AND room_seq = ?2",
        )?;
        let held: Option<(i64, i64, bool)> = select
            .query_row(
                params![
                    message.room_id.get(),
                    message.room_seq.get(),
                    message.content,
                    message.edited_at.map(|at| at.millis()),
                    message.retracted_at.map(|at| at.millis()),
                    reactions(message)?,
                    message.client_id.map(|id| id.0.into_bytes()),
                    message.quote.as_ref().map(|quote| quote.message_id.get()),
                ],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        match held {
            Some((id, ..)) if id != message.id.get() => self.displace(message),
            Some((_, rev, same)) if rev < message.rev.get() || (rev == message.rev.get() && !same) => {
                self.update(message)
            }
            _ => Ok(()),
        }
    }

    fn update(&mut self, message: &Message) -> Result<(), CacheError> {
        self.index_updating(message)?;
        let quoted = self.quoted(message)?;
        self.db
            .prepare_cached(
                "UPDATE messages SET rev = ?3, content = ?4, edited_at = ?5, retracted_at = ?6, reactions = ?7,
                    client_id = coalesce(?8, client_id), reply_to = ?9, reply_seq = ?10, reply_sender = ?11,
                    reply_text = ?12
                 WHERE room_id = ?1 AND room_seq = ?2",
            )?
            .execute(params![
                message.room_id.get(),
                message.room_seq.get(),
                message.rev.get(),
                message.content,
                message.edited_at.map(|at| at.millis()),
                message.retracted_at.map(|at| at.millis()),
                reactions(message)?,
                message.client_id.map(|id| id.0.into_bytes()),
                quoted.reply_to,
                quoted.seq,
                quoted.sender,
                quoted.text,
            ])?;
        self.room(message.room_id)?.shown(message);
        self.changed_room(message.room_id);
        Ok(())
    }

    /// A server restored from a backup gives places anew, with ids beyond all it gave before: the later id wins.
    fn displace(&mut self, message: &Message) -> Result<(), CacheError> {
        let place = message.room_seq.get();
        let removed = self.set_aside_from(message.room_id, place, place, message.id.get())?;
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
    pub(super) fn remove_message(
        &mut self,
        room_id: RoomId,
        seq: RoomSeq,
        id: MessageId,
    ) -> Result<(), CacheError> {
        self.hold_changes(room_id, seq.get(), seq.get(), i64::MAX)?;
        self.index_removing(room_id, seq.get(), seq.get(), id.get().saturating_add(1))?;
        let removed = self
            .db
            .prepare_cached("DELETE FROM messages WHERE room_id = ?1 AND room_seq = ?2 AND message_id = ?3")?
            .execute([room_id.get(), seq.get(), id.get()])?;
        self.db.prepare_cached("DELETE FROM set_aside WHERE message_id = ?1")?.execute([id.get()])?;
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
