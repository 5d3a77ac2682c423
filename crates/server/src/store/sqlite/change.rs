//! Changing a message: another text, taking it back, reactions; and what its text was before (rules 1, 8, 9, 12).

use bedside_protocol::wire::{Message, MessageChange, MessageVersion};
use bedside_protocol::{MessageId, Rev, RoomId, Timestamp};
use rusqlite::{Connection, params};

use super::audit::{Entry, audit};
use super::relation::{self, Member};
use super::send::{announce, earlier, remember};
use super::writer::Write;
use super::{messages, rooms};
use crate::access::Decision;
use crate::store::common::change::{self, CHANGE_MESSAGE, Verdict, digest, is_seen, judge};
use crate::store::common::command::seen_by;
use crate::store::{Actor, ChangeCommand, ChangeOutcome, StoreError};

pub(super) fn change(
    tx: &Write<'_>,
    actor: Actor,
    command: &ChangeCommand,
) -> Result<ChangeOutcome, StoreError> {
    let digest = digest(command);
    if let Some(earlier) = earlier(tx, actor, command.client_id)? {
        return match earlier.digest.as_slice() == digest {
            true => as_it_stands(tx, actor, earlier.message),
            false => Ok(ChangeOutcome::ClientIdReused),
        };
    }
    let members = relation::members(tx, command.room_id)?;
    let own = match relation::decide(actor, change::action(&command.change), &members) {
        (Decision::Allow, Some(own)) => own,
        (Decision::Deny, _) => return Ok(ChangeOutcome::Forbidden),
        _ => return Ok(ChangeOutcome::NotFound),
    };
    let message = messages::by_id(tx, command.message_id, actor.account_id)?;
    let Some(message) = message.filter(|message| is_seen(message, command.room_id, &own)) else {
        return Ok(ChangeOutcome::NotFound);
    };
    let verdict = match judge(actor, &command.change, &message) {
        Ok(verdict) => verdict,
        Err(refused) => return Ok(refused),
    };
    remember(tx, actor, (command.client_id, CHANGE_MESSAGE), digest, message.id)?;
    match verdict {
        Verdict::IsSo => Ok(ChangeOutcome::Unchanged { message: Box::new(message) }),
        Verdict::Applies => applied(tx, actor, command, &message, &members),
    }
}

fn as_it_stands(tx: &Write<'_>, actor: Actor, id: MessageId) -> Result<ChangeOutcome, StoreError> {
    let message = messages::by_id(tx, id, actor.account_id)?;
    let message = message.ok_or(StoreError::Corrupt("a command without its message"))?;
    Ok(ChangeOutcome::Unchanged { message: Box::new(message) })
}

fn applied(
    tx: &Write<'_>,
    actor: Actor,
    command: &ChangeCommand,
    before: &Message,
    members: &[Member],
) -> Result<ChangeOutcome, StoreError> {
    let rev = rooms::next_rev(tx, command.room_id)?;
    match &command.change {
        MessageChange::Edit { message } => edit(tx, before.id, rev, message, command.now)?,
        MessageChange::Retract => retract(tx, before.id, rev, command.now)?,
        MessageChange::React { emoji, on } => react(tx, actor, before.id, rev, (emoji, *on), command.now)?,
    }
    if let Some(event) = change::event(&command.change) {
        let entry = Entry::new(event, Some(actor)).in_room(command.room_id).about(before.id.get());
        audit(tx, entry, command.now)?;
    }
    let after = messages::by_id(tx, before.id, before.sender_account)?;
    let message = after.ok_or(StoreError::Corrupt("a message that is gone"))?;
    let deliveries = announce(tx, command.now, &message, members)?;
    Ok(ChangeOutcome::Changed { message: Box::new(seen_by(message, actor.account_id)), deliveries })
}

/// Keeps the text that a message has.
fn keep_version(tx: &Write<'_>, id: MessageId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO message_versions (message_id, rev, content, written_at)
         SELECT id, rev, content, coalesce(edited_at, created_at) FROM messages WHERE id = ?1",
    )?
    .execute([id.get()])?;
    Ok(())
}

fn edit(tx: &Write<'_>, id: MessageId, rev: Rev, text: &str, now: Timestamp) -> Result<(), StoreError> {
    keep_version(tx, id)?;
    tx.prepare_cached("UPDATE messages SET content = ?2, edited_at = ?3, rev = ?4 WHERE id = ?1")?
        .execute(params![id.get(), text, now.millis(), rev.get()])?;
    Ok(())
}

/// The text stays for the record alone: nobody is shown it any more.
fn retract(tx: &Write<'_>, id: MessageId, rev: Rev, now: Timestamp) -> Result<(), StoreError> {
    keep_version(tx, id)?;
    tx.prepare_cached("UPDATE messages SET content = '', retracted_at = ?2, rev = ?3 WHERE id = ?1")?
        .execute(params![id.get(), now.millis(), rev.get()])?;
    tx.prepare_cached("DELETE FROM reactions WHERE message_id = ?1")?.execute([id.get()])?;
    Ok(())
}

fn react(
    tx: &Write<'_>,
    actor: Actor,
    id: MessageId,
    rev: Rev,
    (emoji, on): (&str, bool),
    now: Timestamp,
) -> Result<(), StoreError> {
    if on {
        tx.prepare_cached(
            "INSERT INTO reactions (message_id, account_id, emoji, created_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![id.get(), actor.account_id.get(), emoji, now.millis()])?;
    } else {
        tx.prepare_cached("DELETE FROM reactions WHERE message_id = ?1 AND account_id = ?2 AND emoji = ?3")?
            .execute(params![id.get(), actor.account_id.get(), emoji])?;
    }
    tx.prepare_cached("UPDATE messages SET rev = ?2 WHERE id = ?1")?.execute([id.get(), rev.get()])?;
    Ok(())
}

/// What a message's text was and is, oldest first; `None` if the actor may not see it.
pub(super) fn versions(
    db: &Connection,
    actor: Actor,
    room: RoomId,
    id: MessageId,
) -> Result<Option<Vec<MessageVersion>>, StoreError> {
    let Some(own) = relation::readable(db, actor, room)? else { return Ok(None) };
    let message = messages::by_id(db, id, actor.account_id)?;
    let Some(message) = message.filter(|message| is_seen(message, room, &own)) else { return Ok(None) };
    if message.retracted_at.is_some() {
        return Ok(Some(Vec::new()));
    }
    let mut statement = db.prepare_cached(
        "SELECT rev, content, written_at FROM message_versions WHERE message_id = ?1 ORDER BY rev",
    )?;
    let rows = statement.query_map([id.get()], |row| {
        Ok(MessageVersion { rev: Rev(row.get(0)?), content: row.get(1)?, written_at: Timestamp(row.get(2)?) })
    })?;
    let mut versions = rows.collect::<Result<Vec<_>, _>>()?;
    versions.push(change::present(message));
    Ok(Some(versions))
}
