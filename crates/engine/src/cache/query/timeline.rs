//! Windows of one conversation by `room_seq`: each query reads the index from the anchor outwards and stops at the
//! window's size, so a window costs the same in a conversation of ten messages and of a million.

use bedside_core::cache_write::{ChangeRow, OutboxRow};
use bedside_protocol::wire::Reaction;
use bedside_protocol::{AccountId, ClientId, MessageId, Rev, RoomId, RoomSeq, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::rooms::Reached;
use crate::cache::error::CacheError;

/// A message as held.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageHeld {
    /// The server's id.
    pub message_id: MessageId,
    /// Its place.
    pub seq: RoomSeq,
    /// Its revision.
    pub rev: Rev,
    /// Its author.
    pub sender: AccountId,
    /// The text; empty once retracted.
    pub content: String,
    /// When it was stored.
    pub stored_at: Timestamp,
    /// When it was composed.
    pub composed_at: Option<Timestamp>,
    /// When it was edited.
    pub edited_at: Option<Timestamp>,
    /// When it was retracted.
    pub retracted_at: Option<Timestamp>,
    /// Marked urgent.
    pub urgent: bool,
    /// Reactions.
    pub reactions: Vec<Reaction>,
    /// The author's id for it, on the author's devices.
    pub client_id: Option<ClientId>,
    /// What it replies to.
    pub reply: Option<QuoteHeld>,
}

/// The message another one replies to, as far as that one has it.
#[derive(Clone, PartialEq, Eq)]
pub struct QuoteHeld {
    /// The original.
    pub message_id: MessageId,
    /// Its place.
    pub seq: RoomSeq,
    /// Its author.
    pub sender: AccountId,
    /// The server's excerpt, if the original was not held; empty once it was taken back.
    pub text: Option<String>,
}

impl std::fmt::Debug for QuoteHeld {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuoteHeld").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MessageHeld {
    /// Never the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MessageHeld")
            .field("message_id", &self.message_id)
            .field("seq", &self.seq)
            .field("rev", &self.rev)
            .finish_non_exhaustive()
    }
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT message_id, room_seq, rev, sender_account, content, stored_at, composed_at, edited_at, \
             retracted_at, urgent, reactions, client_id, reply_to, reply_seq, reply_sender, reply_text FROM messages ",
            $rest
        )
    };
}

pub(crate) const BEFORE: &str =
    columns!("WHERE room_id = ?1 AND room_seq < ?2 ORDER BY room_seq DESC LIMIT ?3");
pub(crate) const FROM: &str =
    columns!("WHERE room_id = ?1 AND room_seq >= ?2 ORDER BY room_seq ASC LIMIT ?3");
pub(crate) const GAPS_BEFORE: &str = "SELECT from_seq, to_seq FROM gaps
    WHERE room_id = ?1 AND from_seq < ?2 ORDER BY from_seq DESC LIMIT ?3";
pub(crate) const GAPS_FROM: &str = "SELECT from_seq, to_seq FROM gaps
    WHERE room_id = ?1 AND from_seq >= ?2 ORDER BY from_seq ASC LIMIT ?3";
pub(crate) const FIRST_UNREAD: &str = "SELECT min(room_seq) FROM (SELECT room_seq FROM messages
    WHERE room_id = ?1 AND room_seq > ?2 AND sender_account IS NOT ?3 ORDER BY room_seq LIMIT 1)";

/// Messages before a place, newest first.
pub(crate) fn before(
    db: &Connection,
    room_id: RoomId,
    seq: RoomSeq,
    count: u32,
) -> Result<Vec<MessageHeld>, CacheError> {
    messages(db, BEFORE, room_id, seq, count)
}

/// Messages from a place on, oldest first.
pub(crate) fn from(
    db: &Connection,
    room_id: RoomId,
    seq: RoomSeq,
    count: u32,
) -> Result<Vec<MessageHeld>, CacheError> {
    messages(db, FROM, room_id, seq, count)
}

/// Stretches not held that begin before a place, newest first.
pub(crate) fn gaps_before(
    db: &Connection,
    room_id: RoomId,
    seq: RoomSeq,
    count: u32,
) -> Result<Vec<(RoomSeq, RoomSeq)>, CacheError> {
    gaps(db, GAPS_BEFORE, room_id, seq, count)
}

/// Stretches not held that begin at a place or after it, oldest first.
pub(crate) fn gaps_from(
    db: &Connection,
    room_id: RoomId,
    seq: RoomSeq,
    count: u32,
) -> Result<Vec<(RoomSeq, RoomSeq)>, CacheError> {
    gaps(db, GAPS_FROM, room_id, seq, count)
}

/// Every message of a room, in order.
pub(crate) fn held(db: &Connection, room_id: RoomId) -> Result<Vec<MessageHeld>, CacheError> {
    from(db, room_id, RoomSeq(0), u32::MAX)
}

/// What stands around a room's messages.
pub(crate) struct RoomFacts {
    pub(crate) person: Option<AccountId>,
    pub(crate) writable: bool,
    pub(crate) last_seq: RoomSeq,
    pub(crate) my_read: RoomSeq,
    /// Read on another device up to here.
    pub(crate) read_elsewhere: RoomSeq,
    pub(crate) other: Reached,
    pub(crate) unread: i64,
}

/// A room's facts, if the room is held.
pub(crate) fn facts(db: &Connection, room_id: RoomId) -> Result<Option<RoomFacts>, CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT other_account, writable, last_seq, my_read, other_read, unread, other_delivered, read_elsewhere
         FROM rooms WHERE room_id = ?1",
    )?;
    let read = |row: &Row<'_>| {
        Ok(RoomFacts {
            person: row.get::<_, Option<i64>>(0)?.map(AccountId),
            writable: row.get(1)?,
            last_seq: RoomSeq(row.get(2)?),
            my_read: RoomSeq(row.get(3)?),
            read_elsewhere: RoomSeq(row.get(7)?),
            other: Reached { delivered: RoomSeq(row.get(6)?), read: RoomSeq(row.get(4)?) },
            unread: row.get(5)?,
        })
    };
    Ok(statement.query_row([room_id.get()], read).optional()?)
}

/// The first of their messages held after a mark.
pub(crate) fn first_unread(
    db: &Connection,
    room_id: RoomId,
    mark: RoomSeq,
    me: Option<AccountId>,
) -> Result<Option<RoomSeq>, CacheError> {
    let mut statement = db.prepare_cached(FIRST_UNREAD)?;
    let with = params![room_id.get(), mark.get(), me.map(AccountId::get)];
    Ok(statement.query_row(with, |row| row.get::<_, Option<i64>>(0))?.map(RoomSeq))
}

/// A room's outbox rows, by position.
pub(crate) fn waiting(db: &Connection, room_id: RoomId) -> Result<Vec<OutboxRow>, CacheError> {
    crate::cache::outbox::pending_in(db, room_id)
}

/// A room's changes that the server does not have, by position.
pub(crate) fn changes(db: &Connection, room_id: RoomId) -> Result<Vec<ChangeRow>, CacheError> {
    crate::cache::message_changes::pending_in(db, room_id)
}

fn messages(
    db: &Connection,
    sql: &str,
    room_id: RoomId,
    seq: RoomSeq,
    count: u32,
) -> Result<Vec<MessageHeld>, CacheError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![room_id.get(), seq.get(), count])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        messages.push(read(row)?);
    }
    Ok(messages)
}

fn gaps(
    db: &Connection,
    sql: &str,
    room_id: RoomId,
    seq: RoomSeq,
    count: u32,
) -> Result<Vec<(RoomSeq, RoomSeq)>, CacheError> {
    let mut statement = db.prepare_cached(sql)?;
    let stretches = statement.query_map(params![room_id.get(), seq.get(), count], |row| {
        Ok((RoomSeq(row.get(0)?), RoomSeq(row.get(1)?)))
    })?;
    Ok(stretches.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> Result<MessageHeld, CacheError> {
    let moment = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp));
    let reactions: Option<String> = row.get(10)?;
    Ok(MessageHeld {
        message_id: MessageId(row.get(0)?),
        seq: RoomSeq(row.get(1)?),
        rev: Rev(row.get(2)?),
        sender: AccountId(row.get(3)?),
        content: row.get(4)?,
        stored_at: Timestamp(row.get(5)?),
        composed_at: moment(6)?,
        edited_at: moment(7)?,
        retracted_at: moment(8)?,
        urgent: row.get(9)?,
        reactions: reactions.map_or(Ok(Vec::new()), |text| {
            serde_json::from_str(&text).map_err(|_| CacheError::Unreadable { what: "reaction" })
        })?,
        client_id: row.get::<_, Option<[u8; 16]>>(11)?.map(|bytes| ClientId(Uuid::from_bytes(bytes))),
        reply: reply(row)?,
    })
}

fn reply(row: &Row<'_>) -> Result<Option<QuoteHeld>, CacheError> {
    let Some(id) = row.get::<_, Option<i64>>(12)? else { return Ok(None) };
    Ok(Some(QuoteHeld {
        message_id: MessageId(id),
        seq: RoomSeq(row.get(13)?),
        sender: AccountId(row.get(14)?),
        text: row.get(15)?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::migrate::migrated;

    fn plan(sql: &str) -> String {
        let db = migrated();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = statement.query_map(params![1, 2, 3], |row| row.get::<_, String>(3)).unwrap();
        steps.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_window_reads_an_index_from_the_anchor_and_sorts_nothing() {
        for sql in [BEFORE, FROM, FIRST_UNREAD] {
            let plan = plan(sql);
            assert!(plan.contains("SEARCH messages USING INDEX"), "{plan}");
            assert!(plan.contains("(room_id=? AND room_seq"), "{plan}");
            assert!(!plan.contains("SCAN messages") && !plan.contains("TEMP B-TREE"), "{plan}");
        }
        for sql in [GAPS_BEFORE, GAPS_FROM] {
            let plan = plan(sql);
            assert!(plan.contains("SEARCH gaps USING PRIMARY KEY (room_id=? AND from_seq"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
