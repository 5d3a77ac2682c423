//! Reading messages: one by its id, and pages of a room.

use bedside_protocol::wire::{Message, MessagesPage, PageMessage, Reaction};
use bedside_protocol::{AccountId, ClientId, MessageId, Rev, RoomId, RoomSeq, Timestamp, limits};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::people::role_at;
use super::relation::{self, Member};
use super::{mark, rooms};
use crate::store::common::quote::Original;
use crate::store::model::PageRange;
use crate::store::{Actor, PageRequest, StoreError};

/// A message with what it quotes, as [`message_at`] reads it; the caller adds which, in what order.
macro_rules! message_query {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.room_id, m.room_seq, m.rev, a.role, a.role_no, m.sender_id, m.content, m.created_at,
                    m.composed_at, m.edited_at, m.retracted_at, m.urgent, m.client_id,
                    q.id, q.room_id, q.room_seq, q.sender_id, substr(q.content, 1, 400), q.retracted_at IS NOT NULL
             FROM messages m JOIN accounts a ON a.id = m.sender_id LEFT JOIN messages q ON q.id = m.reply_to ",
            $rest
        )
    };
}

const BY_ID: &str = message_query!("WHERE m.id = ?1");
const AT_PLACE: &str = message_query!("WHERE m.room_id = ?1 AND m.room_seq = ?2");
const NEWEST_UP_TO: &str = message_query!(
    "WHERE m.room_id = ?1 AND m.room_seq <= ?2 AND m.room_seq <= ?3 ORDER BY m.room_seq DESC LIMIT ?4"
);
const OLDEST_AFTER: &str = message_query!(
    "WHERE m.room_id = ?1 AND m.room_seq > ?2 AND m.room_seq <= ?3 ORDER BY m.room_seq LIMIT ?4"
);
const CHANGED_AFTER: &str =
    message_query!("WHERE m.room_id = ?1 AND m.rev > ?2 AND m.room_seq <= ?3 ORDER BY m.rev LIMIT ?4");
const ORIGINAL: &str =
    "SELECT id, room_id, room_seq, sender_id, substr(content, 1, 400), retracted_at IS NOT NULL
    FROM messages WHERE id = ?1";

/// A message that is to be replied to.
pub(super) fn original(db: &Connection, id: MessageId) -> Result<Option<Original>, StoreError> {
    let found = db.prepare_cached(ORIGINAL)?.query_row([id.get()], |row| original_at(row, 0)).optional()?;
    Ok(found.flatten())
}

/// A message as an account sees it: the author's id for it is only the author's.
pub(super) fn by_id(
    db: &Connection,
    id: MessageId,
    viewer: AccountId,
) -> Result<Option<Message>, StoreError> {
    let found = db.prepare_cached(BY_ID)?.query_row([id.get()], |row| message_at(row, viewer)).optional()?;
    found.map(|message| with_reactions(db, message)).transpose()
}

/// The message at a place of a room.
pub(super) fn at_place(
    db: &Connection,
    room: RoomId,
    place: RoomSeq,
    viewer: AccountId,
) -> Result<Option<Message>, StoreError> {
    let found = db
        .prepare_cached(AT_PLACE)?
        .query_row(params![room.get(), place.get()], |row| message_at(row, viewer))
        .optional()?;
    found.map(|message| with_reactions(db, message)).transpose()
}

/// A page of a room's messages, or `None` if the actor may not read it.
pub(super) fn page(
    db: &Connection,
    actor: Actor,
    room: RoomId,
    request: PageRequest,
) -> Result<Option<MessagesPage>, StoreError> {
    let Some(member) = relation::readable(db, actor, room)? else { return Ok(None) };
    let head = rooms::head(db, room)?;
    let limit = request.limit.clamp(1, limits::PAGE_MAX);
    let mut messages = rows(db, &member, room, request.range, limit + 1)?;
    let has_more = messages.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    messages.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if matches!(request.range, PageRange::Latest | PageRange::Before(_)) {
        messages.reverse();
    }
    Ok(Some(MessagesPage {
        room_id: room,
        messages: as_read_by(db, &member, room, messages)?,
        has_more,
        room_rev: head.room_rev,
        last_seq: member.until_seq.unwrap_or(head.last_seq).min(head.last_seq),
    }))
}

fn rows(
    db: &Connection,
    member: &Member,
    room: RoomId,
    range: PageRange,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let (sql, from) = match range {
        PageRange::Latest => (NEWEST_UP_TO, i64::MAX),
        PageRange::Before(place) => (NEWEST_UP_TO, place.get().saturating_sub(1)),
        PageRange::After(place) => (OLDEST_AFTER, place.get()),
        PageRange::ChangedAfter(rev) => (CHANGED_AFTER, rev.get()),
    };
    let visible = member.until_seq.map_or(i64::MAX, RoomSeq::get);
    let found = db
        .prepare_cached(sql)?
        .query_map(params![room.get(), from, visible, limit], |row| message_at(row, member.account_id))?
        .collect::<Result<Vec<_>, _>>()?;
    found.into_iter().map(|message| with_reactions(db, message)).collect()
}

/// Adds what is derived for the reader: theirs are read up to one's own mark, one's own up to theirs.
fn as_read_by(
    db: &Connection,
    member: &Member,
    room: RoomId,
    messages: Vec<Message>,
) -> Result<Vec<PageMessage>, StoreError> {
    let marks = mark::places(db, room, member.account_id)?;
    let read = |message: &Message| {
        let own = message.sender_account == member.account_id;
        message.room_seq <= if own { marks.others } else { marks.own }
    };
    Ok(messages.into_iter().map(|message| PageMessage { is_read: read(&message), message }).collect())
}

fn with_reactions(db: &Connection, mut message: Message) -> Result<Message, StoreError> {
    message.reactions = db
        .prepare_cached(
            "SELECT account_id, emoji FROM reactions WHERE message_id = ?1 ORDER BY account_id, emoji",
        )?
        .query_map([message.id.get()], |row| {
            Ok(Reaction { account_id: AccountId(row.get(0)?), emoji: row.get(1)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(message)
}

fn message_at(row: &Row<'_>, viewer: AccountId) -> rusqlite::Result<Message> {
    let sender_account = AccountId(row.get(6)?);
    let message = Message {
        id: MessageId(row.get(0)?),
        room_id: RoomId(row.get(1)?),
        room_seq: RoomSeq(row.get(2)?),
        rev: Rev(row.get(3)?),
        sender_type: role_at(row, 4)?,
        sender_id: row.get(5)?,
        sender_account,
        content: row.get(7)?,
        timestamp: Timestamp(row.get(8)?),
        composed_at: moment_at(row, 9)?,
        edited_at: moment_at(row, 10)?,
        retracted_at: moment_at(row, 11)?,
        urgent: row.get(12)?,
        reactions: Vec::new(),
        client_id: if sender_account == viewer { client_id_at(row, 13)? } else { None },
        reply_to: None,
        quote: None,
    };
    Ok(match original_at(row, 14)? {
        Some(original) => original.under(message),
        None => message,
    })
}

/// What is quoted, from six columns beginning at `first`; nothing where the first is null.
fn original_at(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Original>> {
    let Some(id) = row.get::<_, Option<i64>>(first)? else { return Ok(None) };
    Ok(Some(Original {
        id: MessageId(id),
        room: RoomId(row.get(first + 1)?),
        room_seq: RoomSeq(row.get(first + 2)?),
        sender: AccountId(row.get(first + 3)?),
        text: row.get(first + 4)?,
        retracted: row.get(first + 5)?,
    }))
}

fn moment_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp))
}

fn client_id_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<ClientId>> {
    let Some(bytes) = row.get_ref(column)?.as_blob_or_null()? else { return Ok(None) };
    let id = Uuid::from_slice(bytes)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(error)))?;
    Ok(Some(ClientId(id)))
}
