//! Reading messages: one by its id, and pages of a room.

use std::collections::HashMap;

use bedside_protocol::wire::{Message, MessagesPage, PageMessage, Reaction};
use bedside_protocol::{AccountId, ClientId, MessageId, Rev, RoomId, RoomSeq, Timestamp, limits};
use futures_util::future::try_join;
use tokio_postgres::Row;
use uuid::Uuid;

use super::people::role_at;
use super::relation::{self, Member};
use super::tx::{Params, Tx, at};
use super::{mark, rooms};
use crate::store::common::quote::Original;
use crate::store::model::PageRange;
use crate::store::{Actor, PageRequest, StoreError};

/// A message with what it quotes, as [`message_at`] reads it; the caller adds which, in what order. Its author is looked up
/// by itself: for a long slice all accounts would be read.
macro_rules! message_query {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.room_id, m.room_seq, m.rev, a.role, a.role_no, m.sender_id, m.content, m.created_at,
                    m.composed_at, m.edited_at, m.retracted_at, m.urgent, m.client_id,
                    q.id, q.room_id, q.room_seq, q.sender_id, left(q.content, 400), q.retracted_at IS NOT NULL
             FROM messages m
             CROSS JOIN LATERAL (SELECT role, role_no FROM accounts WHERE id = m.sender_id LIMIT 1) a
             LEFT JOIN messages q ON q.id = m.reply_to ",
            $rest
        )
    };
}

pub(super) const BY_IDS: &str = message_query!("WHERE m.id = ANY($1)");
pub(super) const AT_PLACES: &str = message_query!(
    "JOIN unnest($1::BIGINT[], $2::BIGINT[]) AS wanted (room, place)
       ON m.room_id = wanted.room AND m.room_seq = wanted.place"
);
pub(super) const NEWEST_UP_TO: &str = message_query!(
    "WHERE m.room_id = $1 AND m.room_seq <= least($2::BIGINT, $3::BIGINT) ORDER BY m.room_seq DESC LIMIT $4"
);
pub(super) const OLDEST_AFTER: &str = message_query!(
    "WHERE m.room_id = $1 AND m.room_seq > $2 AND m.room_seq <= $3 ORDER BY m.room_seq LIMIT $4"
);
pub(super) const CHANGED_AFTER: &str =
    message_query!("WHERE m.room_id = $1 AND m.rev > $2 AND m.room_seq <= $3 ORDER BY m.rev LIMIT $4");

/// Messages that are to be replied to, as [`original_at`] reads them.
pub(super) const ORIGINALS: &str =
    "SELECT id, room_id, room_seq, sender_id, left(content, 400), retracted_at IS NOT NULL
     FROM messages WHERE id = ANY($1)";

/// A message as an account sees it: the author's id for it is only the author's.
pub(super) async fn by_id(
    tx: &Tx<'_>,
    id: MessageId,
    viewer: AccountId,
) -> Result<Option<Message>, StoreError> {
    Ok(by_ids(tx, &[id.get()], viewer).await?.pop())
}

/// Messages by their ids, in no order.
pub(super) async fn by_ids(tx: &Tx<'_>, ids: &[i64], viewer: AccountId) -> Result<Vec<Message>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let [messages, reactions] = tx.prepared([BY_IDS, REACTIONS]).await?;
    let (found, set) = try_join(tx.ask(&messages, &[&ids]), tx.ask(&reactions, &[&ids])).await?;
    let mut messages =
        found.iter().map(|row| message_at(row, viewer)).collect::<Result<Vec<_>, StoreError>>()?;
    give(&mut messages, &set)?;
    Ok(messages)
}

const REACTIONS: &str = "SELECT message_id, account_id, emoji FROM reactions WHERE message_id = ANY($1)
    ORDER BY message_id, account_id, emoji";

/// The messages at places of rooms, in no order.
pub(super) async fn at_places(
    tx: &Tx<'_>,
    places: &[(RoomId, RoomSeq)],
    viewer: AccountId,
) -> Result<Vec<Message>, StoreError> {
    let (rooms, places): (Vec<i64>, Vec<i64>) =
        places.iter().map(|(room, place)| (room.get(), place.get())).unzip();
    read(tx, AT_PLACES, &[&rooms, &places], viewer).await
}

/// A page of a room's messages, or `None` if the actor may not read it.
pub(super) async fn page(
    tx: &Tx<'_>,
    actor: Actor,
    room: RoomId,
    request: PageRequest,
) -> Result<Option<MessagesPage>, StoreError> {
    let Some(member) = relation::readable(tx, actor, room).await? else { return Ok(None) };
    let head = rooms::head(tx, room).await?;
    let limit = request.limit.clamp(1, limits::PAGE_MAX);
    let mut messages = rows(tx, &member, room, request.range, limit + 1).await?;
    let has_more = messages.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    messages.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if matches!(request.range, PageRange::Latest | PageRange::Before(_)) {
        messages.reverse();
    }
    Ok(Some(MessagesPage {
        room_id: room,
        messages: as_read_by(tx, &member, room, messages).await?,
        has_more,
        room_rev: head.room_rev,
        last_seq: member.until_seq.unwrap_or(head.last_seq).min(head.last_seq),
    }))
}

async fn rows(
    tx: &Tx<'_>,
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
    read(tx, sql, &[&room.get(), &from, &visible, &i64::from(limit)], member.account_id).await
}

/// Adds what is derived for the reader: theirs are read up to one's own mark, one's own up to theirs.
async fn as_read_by(
    tx: &Tx<'_>,
    member: &Member,
    room: RoomId,
    messages: Vec<Message>,
) -> Result<Vec<PageMessage>, StoreError> {
    let marks = mark::places(tx, room, member.account_id).await?;
    let read = |message: &Message| {
        let own = message.sender_account == member.account_id;
        message.room_seq <= if own { marks.others } else { marks.own }
    };
    Ok(messages.into_iter().map(|message| PageMessage { is_read: read(&message), message }).collect())
}

async fn read(
    tx: &Tx<'_>,
    sql: &str,
    with: Params<'_>,
    viewer: AccountId,
) -> Result<Vec<Message>, StoreError> {
    let found = tx.rows(sql, with).await?;
    let mut messages =
        found.iter().map(|row| message_at(row, viewer)).collect::<Result<Vec<_>, StoreError>>()?;
    add_reactions(tx, &mut messages).await?;
    Ok(messages)
}

async fn add_reactions(tx: &Tx<'_>, messages: &mut [Message]) -> Result<(), StoreError> {
    let ids: Vec<i64> = messages.iter().map(|message| message.id.get()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    give(messages, &tx.rows(REACTIONS, &[&ids]).await?)
}

/// Gives each message the reactions to it.
fn give(messages: &mut [Message], set: &[Row]) -> Result<(), StoreError> {
    let mut by_message: HashMap<i64, Vec<Reaction>> = HashMap::new();
    for row in set {
        let reaction = Reaction { account_id: AccountId(at(row, 1)?), emoji: at(row, 2)? };
        by_message.entry(at(row, 0)?).or_default().push(reaction);
    }
    for message in messages {
        message.reactions = by_message.remove(&message.id.get()).unwrap_or_default();
    }
    Ok(())
}

fn message_at(row: &Row, viewer: AccountId) -> Result<Message, StoreError> {
    let sender_account = AccountId(at(row, 6)?);
    let client_id: Option<Uuid> = at(row, 13)?;
    let message = Message {
        id: MessageId(at(row, 0)?),
        room_id: RoomId(at(row, 1)?),
        room_seq: RoomSeq(at(row, 2)?),
        rev: Rev(at(row, 3)?),
        sender_type: role_at(row, 4)?,
        sender_id: at(row, 5)?,
        sender_account,
        content: at(row, 7)?,
        timestamp: Timestamp(at(row, 8)?),
        composed_at: moment_at(row, 9)?,
        edited_at: moment_at(row, 10)?,
        retracted_at: moment_at(row, 11)?,
        urgent: at(row, 12)?,
        reactions: Vec::new(),
        client_id: client_id.filter(|_| sender_account == viewer).map(ClientId),
        reply_to: None,
        quote: None,
    };
    Ok(match original_at(row, 14)? {
        Some(original) => original.under(message),
        None => message,
    })
}

/// What is quoted, from six columns beginning at `first`; nothing where the first is null.
pub(super) fn original_at(row: &Row, first: usize) -> Result<Option<Original>, StoreError> {
    let Some(id) = at::<Option<i64>>(row, first)? else { return Ok(None) };
    Ok(Some(Original {
        id: MessageId(id),
        room: RoomId(at(row, first + 1)?),
        room_seq: RoomSeq(at(row, first + 2)?),
        sender: AccountId(at(row, first + 3)?),
        text: at(row, first + 4)?,
        retracted: at(row, first + 5)?,
    }))
}

fn moment_at(row: &Row, column: usize) -> Result<Option<Timestamp>, StoreError> {
    Ok(at::<Option<i64>>(row, column)?.map(Timestamp))
}
