//! What a person does to messages that are there: edit, take back, react; try again or give up what was refused.
//!
//! Kept before it is sent. What the server was never offered gives way to what is wished for now; what it may have
//! stays. Never touches the messages themselves: they hold what the server has.

use bedside_core::cache_write::{ChangeRow, ChangeStep};
use bedside_protocol::wire::MessageChange;
use bedside_protocol::{ClientId, MessageId, RoomId, Timestamp};
use rusqlite::{Connection, Params, Row, params};
use uuid::Uuid;

use super::Cache;
use super::error::CacheError;
use super::group::Group;
use super::outbox::error_code;
use super::query::shown::Shown;
use super::query::{by_id, timeline};

/// A change of a message on its way into the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// Made once.
    pub client_id: ClientId,
    /// Where the message is.
    pub room_id: RoomId,
    /// Which.
    pub message_id: MessageId,
    /// What is to become of it: text normalised, emoji canonical.
    pub change: MessageChange,
    /// When its author asked for it.
    pub made_at: Timestamp,
}

impl Cache {
    /// Keeps a change of a message; answers the room's changes that the server does not have.
    ///
    /// # Errors
    /// [`CacheError::NotFound`] for an unknown message, [`CacheError::NotChangeable`] for somebody else's text, a
    /// message that was taken back or a conversation that is over; otherwise when nothing could be stored.
    pub async fn change(&self, new: NewChange) -> Result<Vec<ChangeRow>, CacheError> {
        self.writer.write(move |group| group.change(&new)).await
    }

    /// Queues a message's refused change again, under its own id: the server has stored nothing under it.
    ///
    /// # Errors
    /// [`CacheError::NotFound`] if there is none.
    pub async fn retry_change(
        &self,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<Vec<ChangeRow>, CacheError> {
        self.writer.write(move |group| group.retry_change(room_id, message_id)).await
    }

    /// Forgets a message's refused change.
    ///
    /// # Errors
    /// [`CacheError::NotFound`] if there is none.
    pub async fn discard_change(
        &self,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<Vec<ChangeRow>, CacheError> {
        self.writer.write(move |group| group.discard_change(room_id, message_id)).await
    }

    /// Removes every change of which the server certainly has nothing.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn discard_changes(&self) -> Result<(), CacheError> {
        self.writer.write(|group| group.discard_changes()).await
    }

    /// Changes of messages that are not acknowledged, by position.
    ///
    /// # Errors
    /// When the cache cannot be read.
    pub async fn message_changes(&self) -> Result<Vec<ChangeRow>, CacheError> {
        self.readers.read(pending).await
    }
}

impl Group<'_> {
    fn change(&mut self, new: &NewChange) -> Result<Vec<ChangeRow>, CacheError> {
        if !self.shown(new)?.allows(&new.change) {
            return Err(CacheError::NotChangeable);
        }
        self.make_way(new)?;
        if !matches!(new.change, MessageChange::React { .. }) {
            self.edit_ends(new.room_id, new.message_id)?;
        }
        if self.shown(new)?.lacks(&new.change, self.me) {
            self.insert_change(new)?;
        }
        self.changed_room(new.room_id);
        pending_in(self.db, new.room_id)
    }

    /// The message as the person sees it now.
    fn shown(&self, new: &NewChange) -> Result<Shown, CacheError> {
        let facts = timeline::facts(self.db, new.room_id)?.ok_or(CacheError::NotFound)?;
        let held = by_id::message(self.db, new.room_id, new.message_id)?.ok_or(CacheError::NotFound)?;
        Ok(Shown::of(held, &pending_in(self.db, new.room_id)?, self.me, facts.writable))
    }

    /// What the server was never offered, or has refused, gives way.
    fn make_way(&self, new: &NewChange) -> Result<(), CacheError> {
        let (kinds, emoji) = match &new.change {
            MessageChange::Edit { .. } => ("kind <> 'react'", None),
            MessageChange::Retract => ("true", None),
            MessageChange::React { emoji, .. } => ("kind = 'react'", Some(emoji)),
        };
        let sql = format!(
            "DELETE FROM changes WHERE room_id = ?1 AND message_id = ?2 AND state <> 'acked' AND offered = 0
                AND {kinds} AND content = coalesce(?3, content)"
        );
        self.db.prepare_cached(&sql)?.execute(params![new.room_id.get(), new.message_id.get(), emoji])?;
        Ok(())
    }

    fn insert_change(&self, new: &NewChange) -> Result<(), CacheError> {
        let (kind, content, on) = columns(&new.change);
        self.db
            .prepare_cached(
                "INSERT INTO changes (client_id, room_id, message_id, kind, content, set_on, state, offered, made_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', 0, ?7)",
            )?
            .execute(params![
                new.client_id.0.as_bytes(),
                new.room_id.get(),
                new.message_id.get(),
                kind,
                content,
                on,
                new.made_at.millis()
            ])?;
        Ok(())
    }

    fn retry_change(&mut self, room_id: RoomId, message_id: MessageId) -> Result<Vec<ChangeRow>, CacheError> {
        let sql = "UPDATE changes SET state = 'queued', code = NULL
                   WHERE room_id = ?1 AND message_id = ?2 AND state = 'refused'";
        self.decide(sql, room_id, message_id)
    }

    fn discard_change(
        &mut self,
        room_id: RoomId,
        message_id: MessageId,
    ) -> Result<Vec<ChangeRow>, CacheError> {
        let sql = "DELETE FROM changes WHERE room_id = ?1 AND message_id = ?2 AND state = 'refused'";
        self.decide(sql, room_id, message_id)
    }

    fn discard_changes(&mut self) -> Result<(), CacheError> {
        let sql = "DELETE FROM changes WHERE state <> 'acked' AND offered = 0 RETURNING room_id";
        let rooms = self
            .db
            .prepare_cached(sql)?
            .query_map([], |row| row.get(0).map(RoomId))?
            .collect::<Result<Vec<_>, _>>()?;
        rooms.into_iter().for_each(|room_id| self.changed_room(room_id));
        Ok(())
    }

    fn decide(&mut self, sql: &str, room: RoomId, message: MessageId) -> Result<Vec<ChangeRow>, CacheError> {
        match self.db.prepare_cached(sql)?.execute([room.get(), message.get()])? {
            0 => Err(CacheError::NotFound),
            _ => {
                self.changed_room(room);
                pending_in(self.db, room)
            }
        }
    }
}

/// Every room's changes that are not acknowledged, by position.
pub(super) fn pending(db: &Connection) -> Result<Vec<ChangeRow>, CacheError> {
    rows(db, "WHERE state <> 'acked' ORDER BY position", [])
}

/// One room's.
pub(super) fn pending_in(db: &Connection, room_id: RoomId) -> Result<Vec<ChangeRow>, CacheError> {
    rows(db, "WHERE state <> 'acked' AND room_id = ?1 ORDER BY position", [room_id.get()])
}

fn rows(db: &Connection, which: &str, with: impl Params) -> Result<Vec<ChangeRow>, CacheError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT position, client_id, room_id, message_id, kind, content, set_on, state, code, offered,
                acked_at IS NOT NULL, behind
         FROM changes {which}"
    ))?;
    let mut rows = statement.query(with)?;
    let mut pending = Vec::new();
    while let Some(row) = rows.next()? {
        pending.push(read(row)?);
    }
    Ok(pending)
}

fn read(row: &Row<'_>) -> Result<ChangeRow, CacheError> {
    let step = match row.get::<_, String>(7)?.as_str() {
        "queued" => ChangeStep::Queued,
        "refused" => ChangeStep::Refused(error_code(row.get(8)?)),
        _ => return Err(CacheError::Unreadable { what: "change state" }),
    };
    Ok(ChangeRow {
        position: row.get(0)?,
        client_id: ClientId(Uuid::from_bytes(row.get(1)?)),
        room_id: RoomId(row.get(2)?),
        message_id: MessageId(row.get(3)?),
        change: change(row)?,
        state: step,
        offered: row.get(9)?,
        again: row.get(10)?,
        behind: row.get::<_, Option<[u8; 16]>>(11)?.map(|bytes| ClientId(Uuid::from_bytes(bytes))),
    })
}

fn columns(change: &MessageChange) -> (&'static str, &str, bool) {
    match change {
        MessageChange::Edit { message } => ("edit", message, true),
        MessageChange::Retract => ("retract", "", true),
        MessageChange::React { emoji, on } => ("react", emoji, *on),
    }
}

fn change(row: &Row<'_>) -> Result<MessageChange, CacheError> {
    match row.get::<_, String>(4)?.as_str() {
        "edit" => Ok(MessageChange::Edit { message: row.get(5)? }),
        "retract" => Ok(MessageChange::Retract),
        "react" => Ok(MessageChange::React { emoji: row.get(5)?, on: row.get(6)? }),
        _ => Err(CacheError::Unreadable { what: "kind of change" }),
    }
}
