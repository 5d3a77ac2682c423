//! The outbox's states: `queued → sending → acked | parked`. Only the sweep and the author remove a row.

use bedside_core::cache_write::ParkReason;
use bedside_protocol::wire::Message;
use bedside_protocol::{ClientId, ErrorCode, MessageId, RoomId, RoomSeq, Timestamp};
use rusqlite::{OptionalExtension, Params, params};

use crate::cache::changes::Part;
use crate::cache::error::CacheError;
use crate::cache::group::Group;

impl Group<'_> {
    /// From here on the server may have it.
    pub(super) fn sending(&mut self, client_id: ClientId) -> Result<(), CacheError> {
        self.step(
            "UPDATE outbox SET state = 'sending', offered = 1 WHERE client_id = ?1 AND state = 'queued'
             RETURNING room_id",
            [client_id.0.as_bytes()],
        )
    }

    /// The server has said that it does not have it.
    pub(super) fn queued(&mut self, client_id: ClientId) -> Result<(), CacheError> {
        self.step(
            "UPDATE outbox SET state = 'queued', offered = 0 WHERE client_id = ?1 AND state = 'sending'
             RETURNING room_id",
            [client_id.0.as_bytes()],
        )
    }

    /// The server has said that it does not have it, nor what it replies to.
    pub(super) fn unlinked(&mut self, client_id: ClientId) -> Result<(), CacheError> {
        self.step(
            "UPDATE outbox SET state = 'queued', offered = 0, reply_to = NULL
             WHERE client_id = ?1 AND state = 'sending' RETURNING room_id",
            [client_id.0.as_bytes()],
        )
    }

    /// The server has it durably. The first moment counts; a repetition changes nothing.
    pub(super) fn acked(
        &mut self,
        client_id: ClientId,
        message: &Message,
        at: Timestamp,
    ) -> Result<(), CacheError> {
        self.step(
            "UPDATE outbox SET state = 'acked', acked_at = ?2, message_id = ?3, room_seq = ?4,
                park_reason = NULL, park_code = NULL
             WHERE client_id = ?1 AND state <> 'acked' RETURNING room_id",
            params![client_id.0.as_bytes(), at.millis(), message.id.get(), message.room_seq.get()],
        )
    }

    /// A refusal proves that the server has not stored it; waiting too long proves nothing.
    pub(super) fn parked(&mut self, client_id: ClientId, reason: ParkReason) -> Result<(), CacheError> {
        let (word, code) = match reason {
            ParkReason::Stale => ("stale", None),
            ParkReason::Rejected(code) => ("rejected", Some(code_word(code)?)),
        };
        self.step(
            "UPDATE outbox SET state = 'parked', park_reason = ?2, park_code = ?3,
                offered = CASE ?2 WHEN 'rejected' THEN 0 ELSE offered END
             WHERE client_id = ?1 AND state <> 'acked' RETURNING room_id",
            params![client_id.0.as_bytes(), word, code],
        )
    }

    pub(super) fn sweep(&mut self, before: Timestamp) -> Result<(), CacheError> {
        self.db
            .prepare_cached("DELETE FROM outbox WHERE state = 'acked' AND acked_at < ?1")?
            .execute([before.millis()])?;
        Ok(())
    }

    /// A restored server may lack what it acknowledged: the rows wait again, and their messages leave the table
    /// until the server places them anew. The text is in the outbox row all the while. The limit for waiting counts
    /// from now: it is the server that is late.
    pub(super) fn reoffer(&mut self, acked_after: Timestamp) -> Result<(), CacheError> {
        let rows = self
            .db
            .prepare_cached(
                "UPDATE outbox SET state = 'queued', acked_at = NULL, confirmed_at = ?2
                 WHERE state = 'acked' AND acked_at >= ?1 RETURNING room_id, room_seq, message_id",
            )?
            .query_map([acked_after.millis(), self.now.millis()], |row| {
                Ok((RoomId(row.get(0)?), row.get(1)?, row.get(2)?))
            })?
            .collect::<Result<Vec<(RoomId, Option<i64>, Option<i64>)>, _>>()?;
        self.outbox_reopened();
        for (room_id, seq, id) in rows {
            self.outbox_changed(room_id);
            if let (Some(seq), Some(id)) = (seq, id) {
                self.remove_message(room_id, RoomSeq(seq), MessageId(id))?;
            }
        }
        Ok(())
    }

    /// One row's step; a row that is gone or elsewhere stays as it is.
    fn step(&mut self, sql: &str, with: impl Params) -> Result<(), CacheError> {
        let room_id: Option<i64> =
            self.db.prepare_cached(sql)?.query_row(with, |row| row.get(0)).optional()?;
        if let Some(room_id) = room_id {
            self.outbox_changed(RoomId(room_id));
        }
        Ok(())
    }

    /// Something waiting in a room changed.
    pub(in crate::cache) fn outbox_changed(&mut self, room_id: RoomId) {
        self.changed(Part::Outbox);
        self.changed_room(room_id);
    }
}

/// The code's word on the wire, which is also its form on disk.
pub(super) fn code_word(code: ErrorCode) -> Result<String, CacheError> {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(CacheError::Unreadable { what: "error code" }),
    }
}
