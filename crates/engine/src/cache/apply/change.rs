//! What becomes of changes of messages: `queued → acked | refused`, or forgotten.

use bedside_protocol::wire::Message;
use bedside_protocol::{ClientId, ErrorCode, RoomId, Timestamp};
use rusqlite::{OptionalExtension, Params, params};

use super::outbox::code_word;
use crate::cache::error::CacheError;
use crate::cache::group::Group;

impl Group<'_> {
    /// From here on the server may have it.
    pub(super) fn change_offered(&mut self, client_id: ClientId) -> Result<(), CacheError> {
        self.change_step(
            "UPDATE changes SET offered = 1 WHERE client_id = ?1 AND state = 'queued' RETURNING room_id",
            [client_id.0.as_bytes()],
        )
    }

    /// The server has said that it does not have it.
    pub(super) fn change_queued(&mut self, client_id: ClientId) -> Result<(), CacheError> {
        self.change_step(
            "UPDATE changes SET offered = 0 WHERE client_id = ?1 AND state = 'queued' RETURNING room_id",
            [client_id.0.as_bytes()],
        )
    }

    /// The server has it durably. A repetition changes nothing.
    pub(super) fn change_acked(&mut self, client_id: ClientId, at: Timestamp) -> Result<(), CacheError> {
        self.change_step(
            "UPDATE changes SET state = 'acked', acked_at = ?2, code = NULL
             WHERE client_id = ?1 AND state <> 'acked' RETURNING room_id",
            params![client_id.0.as_bytes(), at.millis()],
        )
    }

    /// A refusal proves that the server has not stored it.
    pub(super) fn change_declined(&mut self, client_id: ClientId, code: ErrorCode) -> Result<(), CacheError> {
        self.change_step(
            "UPDATE changes SET state = 'refused', offered = 0, code = ?2
             WHERE client_id = ?1 AND state = 'queued' RETURNING room_id",
            params![client_id.0.as_bytes(), code_word(code)?],
        )
    }

    pub(super) fn change_dropped(&mut self, client_id: ClientId) -> Result<(), CacheError> {
        self.change_step(
            "DELETE FROM changes WHERE client_id = ?1 AND state <> 'acked' RETURNING room_id",
            [client_id.0.as_bytes()],
        )
    }

    pub(super) fn sweep_changes(&mut self, before: Timestamp) -> Result<(), CacheError> {
        self.db
            .prepare_cached(
                "DELETE FROM changes
                 WHERE (state = 'acked' AND acked_at < ?1) OR (behind IS NOT NULL AND made_at < ?1)",
            )?
            .execute([before.millis()])?;
        Ok(())
    }

    /// A restored server may lack what it acknowledged: the moment stays and says that it is offered again.
    pub(super) fn reoffer_changes(&mut self, acked_after: Timestamp) -> Result<(), CacheError> {
        let rooms = self
            .db
            .prepare_cached(
                "UPDATE changes SET state = 'queued' WHERE state = 'acked' AND acked_at >= ?1 RETURNING room_id",
            )?
            .query_map([acked_after.millis()], |row| row.get(0).map(RoomId))?
            .collect::<Result<Vec<_>, _>>()?;
        rooms.into_iter().for_each(|room_id| self.changed_room(room_id));
        Ok(())
    }

    /// One's own messages between two places (inclusive) with ids below another are about to leave the conversation: their
    /// changes wait until they return.
    pub(super) fn hold_changes(
        &mut self,
        room_id: RoomId,
        from: i64,
        to: i64,
        below: i64,
    ) -> Result<(), CacheError> {
        self.db
            .prepare_cached(
                "UPDATE changes SET behind = leaving.client_id
                 FROM (SELECT message_id, client_id FROM messages
                       WHERE room_id = ?1 AND room_seq BETWEEN ?2 AND ?3 AND message_id < ?4
                         AND client_id IS NOT NULL) AS leaving
                 WHERE changes.room_id = ?1 AND changes.message_id = leaving.message_id",
            )?
            .execute(params![room_id.get(), from, to, below])?;
        self.outbox_reopened();
        Ok(())
    }

    /// A message is in the conversation again: what waited behind it is for it.
    pub(super) fn release_changes(
        &mut self,
        client_id: ClientId,
        message: &Message,
    ) -> Result<(), CacheError> {
        self.db
            .prepare_cached(
                "UPDATE changes SET behind = NULL, message_id = ?3 WHERE room_id = ?1 AND behind = ?2",
            )?
            .execute(params![message.room_id.get(), client_id.0.as_bytes(), message.id.get()])?;
        Ok(())
    }

    /// One's own message was taken back: its text is nowhere kept to be offered again, nor what became of it before.
    pub(super) fn forget_retracted(&mut self, message: &Message) -> Result<(), CacheError> {
        let which = params![message.room_id.get(), message.id.get()];
        self.db
            .prepare_cached("DELETE FROM outbox WHERE room_id = ?1 AND message_id = ?2 AND state = 'acked'")?
            .execute(which)?;
        self.db
            .prepare_cached(
                "DELETE FROM changes WHERE room_id = ?1 AND message_id = ?2 AND state = 'acked' AND kind <> 'retract'",
            )?
            .execute(which)?;
        Ok(())
    }

    /// One row's step; a row that is gone or elsewhere stays as it is.
    fn change_step(&mut self, sql: &str, with: impl Params) -> Result<(), CacheError> {
        let room_id: Option<i64> =
            self.db.prepare_cached(sql)?.query_row(with, |row| row.get(0)).optional()?;
        if let Some(room_id) = room_id {
            self.changed_room(RoomId(room_id));
        }
        Ok(())
    }
}
