//! Changing a message: another text, taking it back, reactions; and what its text was before (rules 1, 8, 9, 12).

use bedside_protocol::wire::{Message, MessageChange, MessageVersion};
use bedside_protocol::{MessageId, Rev, RoomId, Timestamp};

use super::audit::{Entry, audit};
use super::feed::{self, Object};
use super::relation::{self, Member};
use super::rooms::LOCK_OF_MEMBERS;
use super::tx::{Tx, at};
use super::{messages, rooms};
use crate::access::Decision;
use crate::store::common::change::{self, CHANGE_MESSAGE, Verdict, digest, is_seen, judge};
use crate::store::common::command::{delivery, seen_by};
use crate::store::{Actor, ChangeCommand, ChangeOutcome, Delivery, StoreError};

pub(super) async fn change(
    tx: &Tx<'_>,
    actor: Actor,
    command: &ChangeCommand,
) -> Result<ChangeOutcome, StoreError> {
    let (room, account) = (command.room_id.get(), actor.account_id.get());
    // What is decided is read under the room's lock.
    tx.rows(LOCK_OF_MEMBERS, &[&[room].as_slice(), &[account].as_slice()]).await?;
    let digest = digest(command);
    if let Some((known, message)) = earlier(tx, actor, command).await? {
        return match known.as_slice() == digest {
            true => as_it_stands(tx, actor, message).await,
            false => Ok(ChangeOutcome::ClientIdReused),
        };
    }
    let members = relation::members(tx, command.room_id).await?;
    let own = match relation::decide(actor, change::action(&command.change), &members) {
        (Decision::Allow, Some(own)) => own,
        (Decision::Deny, _) => return Ok(ChangeOutcome::Forbidden),
        _ => return Ok(ChangeOutcome::NotFound),
    };
    let message = messages::by_id(tx, command.message_id, actor.account_id).await?;
    let Some(message) = message.filter(|message| is_seen(message, command.room_id, &own)) else {
        return Ok(ChangeOutcome::NotFound);
    };
    let verdict = match judge(actor, &command.change, &message) {
        Ok(verdict) => verdict,
        Err(refused) => return Ok(refused),
    };
    remember(tx, actor, command, digest).await?;
    match verdict {
        Verdict::IsSo => Ok(ChangeOutcome::Unchanged { message: Box::new(message) }),
        Verdict::Applies => applied(tx, actor, command, &message, &members).await,
    }
}

async fn earlier(
    tx: &Tx<'_>,
    actor: Actor,
    command: &ChangeCommand,
) -> Result<Option<(Vec<u8>, MessageId)>, StoreError> {
    let row = tx
        .maybe(
            "SELECT digest, message_id FROM commands WHERE account_id = $1 AND client_id = $2",
            &[&actor.account_id.get(), &command.client_id.0],
        )
        .await?;
    row.map(|row| Ok((at(&row, 0)?, MessageId(at(&row, 1)?)))).transpose()
}

async fn remember(
    tx: &Tx<'_>,
    actor: Actor,
    command: &ChangeCommand,
    digest: [u8; 32],
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO commands (account_id, client_id, kind, digest, message_id) VALUES ($1, $2, $3, $4, $5)",
        &[
            &actor.account_id.get(),
            &command.client_id.0,
            &CHANGE_MESSAGE,
            &digest.as_slice(),
            &command.message_id.get(),
        ],
    )
    .await?;
    Ok(())
}

async fn as_it_stands(tx: &Tx<'_>, actor: Actor, id: MessageId) -> Result<ChangeOutcome, StoreError> {
    let message = messages::by_id(tx, id, actor.account_id).await?;
    let message = message.ok_or(StoreError::Corrupt("a command without its message"))?;
    Ok(ChangeOutcome::Unchanged { message: Box::new(message) })
}

async fn applied(
    tx: &Tx<'_>,
    actor: Actor,
    command: &ChangeCommand,
    before: &Message,
    members: &[Member],
) -> Result<ChangeOutcome, StoreError> {
    let rev = rooms::next_rev(tx, command.room_id).await?;
    match &command.change {
        MessageChange::Edit { message } => edit(tx, before.id, rev, message, command.now).await?,
        MessageChange::Retract => retract(tx, before.id, rev, command.now).await?,
        MessageChange::React { emoji, on } => {
            react(tx, actor, before.id, rev, (emoji, *on), command.now).await?;
        }
    }
    if let Some(event) = change::event(&command.change) {
        let entry = Entry::new(event, Some(actor)).in_room(command.room_id).about(before.id.get());
        audit(tx, entry, command.now).await?;
    }
    let after = messages::by_id(tx, before.id, before.sender_account).await?;
    let message = after.ok_or(StoreError::Corrupt("a message that is gone"))?;
    let deliveries = announce(tx, command.now, &message, members).await?;
    Ok(ChangeOutcome::Changed { message: Box::new(seen_by(message, actor.account_id)), deliveries })
}

/// A feed row for everyone who may see the message.
async fn announce(
    tx: &Tx<'_>,
    now: Timestamp,
    message: &Message,
    members: &[Member],
) -> Result<Vec<Delivery>, StoreError> {
    let object = Object::message(message.room_id, message.id, message.rev);
    let seeing = members.iter().filter(|member| member.sees(message.room_seq));
    let accounts: Vec<_> = seeing.map(|member| member.account_id).collect();
    let places = feed::append(tx, &accounts, &object, now).await?;
    Ok(places.into_iter().map(|(account, feed_seq)| delivery(message, account, feed_seq)).collect())
}

/// Keeps the text that a message has.
async fn keep_version(tx: &Tx<'_>, id: MessageId) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO message_versions (message_id, rev, content, written_at)
         SELECT id, rev, content, coalesce(edited_at, created_at) FROM messages WHERE id = $1",
        &[&id.get()],
    )
    .await?;
    Ok(())
}

async fn edit(tx: &Tx<'_>, id: MessageId, rev: Rev, text: &str, now: Timestamp) -> Result<(), StoreError> {
    keep_version(tx, id).await?;
    tx.run(
        "UPDATE messages SET content = $2, edited_at = $3, rev = $4 WHERE id = $1",
        &[&id.get(), &text, &now.millis(), &rev.get()],
    )
    .await?;
    Ok(())
}

/// The text stays for the record alone: nobody is shown it any more.
async fn retract(tx: &Tx<'_>, id: MessageId, rev: Rev, now: Timestamp) -> Result<(), StoreError> {
    keep_version(tx, id).await?;
    tx.run(
        "UPDATE messages SET content = '', retracted_at = $2, rev = $3 WHERE id = $1",
        &[&id.get(), &now.millis(), &rev.get()],
    )
    .await?;
    tx.run("DELETE FROM reactions WHERE message_id = $1", &[&id.get()]).await?;
    Ok(())
}

async fn react(
    tx: &Tx<'_>,
    actor: Actor,
    id: MessageId,
    rev: Rev,
    (emoji, on): (&str, bool),
    now: Timestamp,
) -> Result<(), StoreError> {
    let (message, account) = (id.get(), actor.account_id.get());
    if on {
        tx.run(
            "INSERT INTO reactions (message_id, account_id, emoji, created_at) VALUES ($1, $2, $3, $4)",
            &[&message, &account, &emoji, &now.millis()],
        )
        .await?;
    } else {
        tx.run(
            "DELETE FROM reactions WHERE message_id = $1 AND account_id = $2 AND emoji = $3",
            &[&message, &account, &emoji],
        )
        .await?;
    }
    tx.run("UPDATE messages SET rev = $2 WHERE id = $1", &[&message, &rev.get()]).await?;
    Ok(())
}

/// What a message's text was and is, oldest first; `None` if the actor may not see it.
pub(super) async fn versions(
    tx: &Tx<'_>,
    actor: Actor,
    room: RoomId,
    id: MessageId,
) -> Result<Option<Vec<MessageVersion>>, StoreError> {
    let Some(own) = relation::readable(tx, actor, room).await? else { return Ok(None) };
    let message = messages::by_id(tx, id, actor.account_id).await?;
    let Some(message) = message.filter(|message| is_seen(message, room, &own)) else { return Ok(None) };
    if message.retracted_at.is_some() {
        return Ok(Some(Vec::new()));
    }
    let rows = tx
        .rows(
            "SELECT rev, content, written_at FROM message_versions WHERE message_id = $1 ORDER BY rev",
            &[&id.get()],
        )
        .await?;
    let mut versions = Vec::with_capacity(rows.len() + 1);
    for row in &rows {
        let (rev, written_at) = (Rev(at(row, 0)?), Timestamp(at(row, 2)?));
        versions.push(MessageVersion { rev, content: at(row, 1)?, written_at });
    }
    versions.push(change::present(message));
    Ok(Some(versions))
}
