//! What a person does with the outbox: enqueue, confirm, discard; and its rows as the sync machine needs them.

use bedside_core::cache_write::{OutboxRow, OutboxState, ParkReason};
use bedside_protocol::{ClientId, ErrorCode, MessageId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::error::CacheError;
use super::group::Group;
use super::query::by_id;

/// A message on its way into the outbox.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Made once; a repetition with the same id changes nothing.
    pub client_id: ClientId,
    /// Where to.
    pub room_id: RoomId,
    /// Normalised text.
    pub content: String,
    /// Marked urgent.
    pub urgent: bool,
    /// When its author pressed send.
    pub composed_at: Timestamp,
    /// The message it replies to; left out if that is not held.
    pub reply_to: Option<MessageId>,
}

impl std::fmt::Debug for NewMessage {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMessage").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// How many messages have not reached the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Queued or on their way.
    pub waiting: u32,
    /// Refused or stale: they need their author.
    pub parked: u32,
}

const COLUMNS: &str = "position, client_id, room_id, content, urgent, composed_at, confirmed_at, state, acked_at, \
                       park_reason, park_code, offered, reply_to";

impl Group<'_> {
    /// Stores a message and its place in the queue, and empties the room's draft, in one transaction (rule 4).
    pub(super) fn enqueue(&mut self, new: &NewMessage, seen: u64) -> Result<OutboxRow, CacheError> {
        known_room(self.db, new.room_id)?;
        // A restored server may have taken the original away since the reply was begun: what was written goes all the same.
        let reply_to = new.reply_to.map_or(Ok(None), |id| by_id::message(self.db, new.room_id, id))?;
        self.db
            .prepare_cached(
                "INSERT INTO outbox (client_id, room_id, content, urgent, composed_at, state, offered, reply_to)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'queued', 0, ?6) ON CONFLICT (client_id) DO NOTHING",
            )?
            .execute(params![
                new.client_id.0.as_bytes(),
                new.room_id.get(),
                new.content,
                new.urgent,
                new.composed_at.millis(),
                reply_to.map(|original| original.message_id.get()),
            ])?;
        self.draft_sent(new.room_id, &new.content, seen)?;
        self.outbox_changed(new.room_id);
        row(self.db, new.client_id)?.ok_or(CacheError::NotFound)
    }

    /// The author's word that a parked message is to go: the limit counts from here.
    pub(super) fn confirm(&mut self, client_id: ClientId) -> Result<OutboxRow, CacheError> {
        self.db
            .prepare_cached(
                "UPDATE outbox SET state = 'queued', park_reason = NULL, park_code = NULL, confirmed_at = ?2
                 WHERE client_id = ?1 AND state = 'parked'",
            )?
            .execute(params![client_id.0.as_bytes(), self.now.millis()])?;
        let row = row(self.db, client_id)?.ok_or(CacheError::NotFound)?;
        self.outbox_changed(row.room_id);
        Ok(row)
    }

    /// Removes a message of which the server certainly has nothing.
    pub(super) fn discard(&mut self, client_id: ClientId) -> Result<(), CacheError> {
        let row = row(self.db, client_id)?.ok_or(CacheError::NotFound)?;
        let removed = self
            .db
            .prepare_cached(
                "DELETE FROM outbox WHERE client_id = ?1 AND state IN ('queued', 'parked') AND offered = 0",
            )?
            .execute([client_id.0.as_bytes()])?;
        if removed == 0 {
            return Err(CacheError::NotDiscardable);
        }
        self.db.prepare_cached("DELETE FROM changes WHERE behind = ?1")?.execute([client_id.0.as_bytes()])?;
        self.outbox_changed(row.room_id);
        Ok(())
    }
}

/// What a process that ended left under way counts as queued again; that the server may have it stays noted.
pub(super) fn requeue_interrupted(db: &Connection) -> Result<(), CacheError> {
    db.execute("UPDATE outbox SET state = 'queued' WHERE state = 'sending'", [])?;
    Ok(())
}

/// Rows not acknowledged, by position.
pub(super) fn pending(db: &Connection) -> Result<Vec<OutboxRow>, CacheError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE state <> 'acked' ORDER BY position");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut pending = Vec::new();
    while let Some(row) = rows.next()? {
        pending.push(read(row)?);
    }
    Ok(pending)
}

/// One room's rows not acknowledged, by position.
pub(super) fn pending_in(db: &Connection, room_id: RoomId) -> Result<Vec<OutboxRow>, CacheError> {
    let sql =
        format!("SELECT {COLUMNS} FROM outbox WHERE state <> 'acked' AND room_id = ?1 ORDER BY position");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([room_id.get()])?;
    let mut pending = Vec::new();
    while let Some(row) = rows.next()? {
        pending.push(read(row)?);
    }
    Ok(pending)
}

/// One row, whatever its state.
pub(super) fn row(db: &Connection, client_id: ClientId) -> Result<Option<OutboxRow>, CacheError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE client_id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([client_id.0.as_bytes()])?;
    rows.next()?.map(read).transpose()
}

/// How many wait, and how many wait for their author.
pub(super) fn counts(db: &Connection) -> Result<OutboxCounts, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT coalesce(sum(state <> 'parked'), 0), coalesce(sum(state = 'parked'), 0)
         FROM outbox WHERE state <> 'acked'",
    )?;
    Ok(statement.query_row([], |row| Ok(OutboxCounts { waiting: row.get(0)?, parked: row.get(1)? }))?)
}

/// A row with the columns of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<OutboxRow, CacheError> {
    Ok(OutboxRow {
        position: row.get(0)?,
        client_id: ClientId(Uuid::from_bytes(row.get(1)?)),
        room_id: RoomId(row.get(2)?),
        content: row.get(3)?,
        urgent: row.get(4)?,
        composed_at: Timestamp(row.get(5)?),
        confirmed_at: row.get::<_, Option<i64>>(6)?.map(Timestamp),
        state: state(row)?,
        offered: row.get(11)?,
        reply_to: row.get::<_, Option<i64>>(12)?.map(MessageId),
    })
}

fn state(row: &Row<'_>) -> Result<OutboxState, CacheError> {
    let word: String = row.get(7)?;
    match word.as_str() {
        "queued" => Ok(OutboxState::Queued),
        "sending" => Ok(OutboxState::Sending),
        "acked" => Ok(OutboxState::Acked { at: Timestamp(row.get(8)?) }),
        "parked" => Ok(OutboxState::Parked(park_reason(row.get(9)?, row.get(10)?))),
        _ => Err(CacheError::Unreadable { what: "outbox state" }),
    }
}

/// The reason from its two columns; a code of a newer build is kept as unknown.
pub(super) fn park_reason(reason: Option<String>, code: Option<String>) -> ParkReason {
    match reason.as_deref() {
        Some("rejected") => ParkReason::Rejected(error_code(code)),
        _ => ParkReason::Stale,
    }
}

pub(super) fn error_code(word: Option<String>) -> ErrorCode {
    let value = serde_json::Value::String(word.unwrap_or_default());
    serde_json::from_value(value).unwrap_or(ErrorCode::Unknown)
}

fn known_room(db: &Connection, room_id: RoomId) -> Result<(), CacheError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM rooms WHERE room_id = ?1")?;
    statement.query_row([room_id.get()], |_| Ok(())).optional()?.ok_or(CacheError::NotFound)
}
