//! Storing a message: once per client id, in its place, in every member's feed, in one transaction (rules 1–3, 7–9).

use bedside_protocol::wire::{Message, Quote};
use bedside_protocol::{AccountId, ClientId, MessageId, Rev, RoomId, RoomSeq, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::relation::{self, Member};
use super::writer::Write;
use super::{messages, notifications};
use crate::access::{Action, Decision};
use crate::store::common::command::{SEND_MESSAGE, as_stored, delivery, digest};
use crate::store::common::quote::{Missing, Original, quoted};
use crate::store::{Actor, Delivery, SendCommand, SendOutcome, StoreError, There};

pub(super) fn send(
    tx: &Write<'_>,
    actor: Actor,
    command: &SendCommand,
    there: &There,
) -> Result<SendOutcome, StoreError> {
    let digest = digest(command);
    if let Some(earlier) = earlier(tx, actor, command.client_id)? {
        return repeat(tx, actor, &earlier, digest);
    }
    let members = relation::members(tx, command.room_id)?;
    match relation::decide(actor, Action::SendToRoom, &members) {
        (Decision::Allow, Some(author)) => {
            let original = original(tx, command)?;
            match quoted(command, &author, original.as_ref()) {
                Ok(quote) => store(tx, actor, command, digest, (&author, quote), (&members, there)),
                Err(Missing) => Ok(SendOutcome::NothingToReplyTo),
            }
        }
        (Decision::Deny, _) => Ok(SendOutcome::Forbidden),
        _ => Ok(SendOutcome::NotFound),
    }
}

/// What a message replies to, if that is there.
fn original(tx: &Write<'_>, command: &SendCommand) -> Result<Option<Original>, StoreError> {
    command.reply_to.map_or(Ok(None), |id| messages::original(tx, id))
}

/// What was recorded under a client id.
pub(super) struct Earlier {
    pub(super) digest: Vec<u8>,
    pub(super) message: MessageId,
}

pub(super) fn earlier(
    tx: &Write<'_>,
    actor: Actor,
    client_id: ClientId,
) -> Result<Option<Earlier>, StoreError> {
    let found = tx
        .prepare_cached("SELECT digest, message_id FROM commands WHERE account_id = ?1 AND client_id = ?2")?
        .query_row(params![actor.account_id.get(), client_id.0.as_bytes()], |row| {
            Ok(Earlier { digest: row.get(0)?, message: MessageId(row.get(1)?) })
        })
        .optional()?;
    Ok(found)
}

fn repeat(
    tx: &Write<'_>,
    actor: Actor,
    earlier: &Earlier,
    digest: [u8; 32],
) -> Result<SendOutcome, StoreError> {
    if earlier.digest.as_slice() != digest {
        return Ok(SendOutcome::ClientIdReused);
    }
    let message = messages::by_id(tx, earlier.message, actor.account_id)?
        .ok_or(StoreError::Corrupt("a command without its message"))?;
    Ok(SendOutcome::Repeated { message: Box::new(message) })
}

fn store(
    tx: &Write<'_>,
    actor: Actor,
    command: &SendCommand,
    digest: [u8; 32],
    (author, quote): (&Member, Option<Quote>),
    (members, there): (&[Member], &There),
) -> Result<SendOutcome, StoreError> {
    let (room_seq, rev) = next_place(tx, command.room_id, command.now)?;
    let id = insert(tx, actor.account_id, command, room_seq, rev)?;
    remember(tx, actor, (command.client_id, SEND_MESSAGE), digest, id)?;
    let entry = Entry::new(Event::MessageStored, Some(actor)).in_room(command.room_id).about(id.get());
    audit(tx, entry, command.now)?;
    let message = as_stored(author, command, id, room_seq, rev, quote);
    let deliveries = announce(tx, command.now, &message, members)?;
    notifications::of_message(tx, &message, members, there)?;
    Ok(SendOutcome::Stored { message: Box::new(message), deliveries })
}

/// The next place and revision of a room, taken under the write lock.
pub(super) fn next_place(tx: &Write<'_>, room: RoomId, now: Timestamp) -> Result<(RoomSeq, Rev), StoreError> {
    // Read, then written: RETURNING would build a temporary table for its one row.
    let place: (i64, i64) = tx
        .prepare_cached("SELECT last_seq + 1, room_rev + 1 FROM rooms WHERE id = ?1")?
        .query_row([room.get()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    tx.prepare_cached("UPDATE rooms SET last_seq = ?2, room_rev = ?3, updated_at = ?4 WHERE id = ?1")?
        .execute(params![room.get(), place.0, place.1, now.millis()])?;
    Ok((RoomSeq(place.0), Rev(place.1)))
}

pub(super) fn insert(
    tx: &Write<'_>,
    author: AccountId,
    command: &SendCommand,
    room_seq: RoomSeq,
    rev: Rev,
) -> Result<MessageId, StoreError> {
    tx.prepare_cached(
        "INSERT INTO messages
           (room_id, room_seq, sender_id, rev, client_id, content, urgent, composed_at, created_at, reply_to, sender_no)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
           1 + coalesce((SELECT CASE sender_id WHEN ?3 THEN sender_no ELSE room_seq - sender_no END
                         FROM messages WHERE room_id = ?1 AND room_seq = ?2 - 1), 0))",
    )?
    .execute(params![
        command.room_id.get(),
        room_seq.get(),
        author.get(),
        rev.get(),
        command.client_id.0.as_bytes(),
        command.content,
        command.urgent,
        command.composed_at.map(Timestamp::millis),
        command.now.millis(),
        command.reply_to.map(MessageId::get),
    ])?;
    Ok(MessageId(tx.last_insert_rowid()))
}

/// Records what a command under this id, of this kind, did.
pub(super) fn remember(
    tx: &Write<'_>,
    actor: Actor,
    (client_id, kind): (ClientId, &str),
    digest: [u8; 32],
    message: MessageId,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO commands (account_id, client_id, kind, digest, message_id) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![actor.account_id.get(), client_id.0.as_bytes(), kind, digest, message.get()])?;
    Ok(())
}

/// A feed row for everyone who may see the message, in account order.
pub(super) fn announce(
    tx: &Write<'_>,
    now: Timestamp,
    message: &Message,
    members: &[Member],
) -> Result<Vec<Delivery>, StoreError> {
    let object = Object::message(message.room_id, message.id, message.rev);
    let mut deliveries = Vec::with_capacity(members.len());
    for member in members.iter().filter(|member| member.sees(message.room_seq)) {
        let feed_seq = feed::append(tx, member.account_id, &object, now)?;
        deliveries.push(delivery(message, member.account_id, feed_seq));
    }
    Ok(deliveries)
}
