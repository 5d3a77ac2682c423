//! Quick replies: ready-made texts, one's own and the clinic's.

use bedside_protocol::wire::{QuickReplies, QuickReply, ReplyOwner, Role};
use bedside_protocol::{AccountId, ClientId, QuickReplyId, Timestamp, limits};
use rusqlite::{Connection, OptionalExtension, params};

use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::writer::Write;
use crate::store::common::quick_reply::{Owner, delivery, digest, ordered};
use crate::store::{Actor, Delivery, QuickReplyChange, QuickReplyCommand, QuickReplyOutcome, StoreError};

/// All that the actor may use.
pub(super) fn all(db: &Connection, actor: Actor) -> Result<Option<QuickReplies>, StoreError> {
    Owner::of(Some(actor)).map(|owner| of(db, owner)).transpose()
}

/// What an owner may use: its own, and the clinic's.
fn of(db: &Connection, owner: Owner) -> Result<QuickReplies, StoreError> {
    let mut replies = match owner {
        Owner::Account(_) => owned(db, owner, ReplyOwner::Own)?,
        Owner::Clinic => Vec::new(),
    };
    replies.extend(owned(db, Owner::Clinic, ReplyOwner::Clinic)?);
    Ok(QuickReplies { replies })
}

fn owned(db: &Connection, owner: Owner, whose: ReplyOwner) -> Result<Vec<QuickReply>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, title, content FROM quick_replies
         WHERE account_id IS ?1 AND removed_at IS NULL ORDER BY place, id",
    )?;
    let replies = statement.query_map([owner.column()], |row| {
        Ok(QuickReply { id: QuickReplyId(row.get(0)?), owner: whose, title: row.get(1)?, text: row.get(2)? })
    })?;
    Ok(replies.collect::<Result<_, _>>()?)
}

/// What a change did.
enum Done {
    /// It changed something, perhaps a certain one.
    Changed(Event, Option<QuickReplyId>),
    Unchanged,
    Refused(QuickReplyOutcome),
}

pub(super) fn change(
    tx: &Write<'_>,
    by: Option<Actor>,
    command: &QuickReplyCommand,
) -> Result<QuickReplyOutcome, StoreError> {
    let Some(owner) = Owner::of(by) else { return Ok(QuickReplyOutcome::NotFound) };
    let now = command.now;
    let done = match &command.change {
        QuickReplyChange::Add { client_id, title, text } => add(tx, owner, *client_id, (title, text), now)?,
        QuickReplyChange::Edit { id, title, text } => edit(tx, owner, *id, (title, text), now)?,
        QuickReplyChange::Remove { id } => remove(tx, owner, *id, now)?,
        QuickReplyChange::Order { ids } => order(tx, owner, ids)?,
    };
    match done {
        Done::Refused(outcome) => Ok(outcome),
        Done::Unchanged => Ok(QuickReplyOutcome::Unchanged { replies: of(tx, owner)? }),
        Done::Changed(event, id) => {
            let entry = Entry { object: id.map(QuickReplyId::get), ..Entry::new(event, by) };
            audit(tx, entry, now)?;
            let deliveries = announce(tx, owner, now)?;
            Ok(QuickReplyOutcome::Changed { replies: of(tx, owner)?, deliveries })
        }
    }
}

fn add(
    tx: &Write<'_>,
    owner: Owner,
    client_id: ClientId,
    (title, text): (&str, &str),
    now: Timestamp,
) -> Result<Done, StoreError> {
    let digest = digest(title, text);
    if let Some(known) = earlier(tx, owner, client_id)? {
        let same = known.as_slice() == digest;
        return Ok(if same { Done::Unchanged } else { Done::Refused(QuickReplyOutcome::ClientIdReused) });
    }
    let (count, last): (i64, i64) = tx
        .prepare_cached(
            "SELECT count(*), coalesce(max(place), 0) FROM quick_replies
             WHERE account_id IS ?1 AND removed_at IS NULL",
        )?
        .query_row([owner.column()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if usize::try_from(count).unwrap_or_default() >= limits::QUICK_REPLIES_EACH {
        return Ok(Done::Refused(QuickReplyOutcome::TooMany));
    }
    tx.prepare_cached(
        "INSERT INTO quick_replies (account_id, client_id, digest, place, title, content, created_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
    )?
    .execute(params![
        owner.column(),
        client_id.0.as_bytes(),
        digest,
        last + 1,
        title,
        text,
        now.millis()
    ])?;
    Ok(Done::Changed(Event::QuickReplyAdded, Some(QuickReplyId(tx.last_insert_rowid()))))
}

fn earlier(tx: &Write<'_>, owner: Owner, client_id: ClientId) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT digest FROM quick_replies WHERE account_id IS ?1 AND client_id = ?2")?;
    let known = statement.query_row(params![owner.column(), client_id.0.as_bytes()], |row| row.get(0));
    Ok(known.optional()?)
}

/// Title and text of one that is there; empty texts of one that was removed.
fn held(tx: &Write<'_>, owner: Owner, id: QuickReplyId) -> Result<Option<(String, String)>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT title, content FROM quick_replies WHERE id = ?1 AND account_id IS ?2")?;
    let held = statement.query_row(params![id.get(), owner.column()], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(held.optional()?)
}

fn edit(
    tx: &Write<'_>,
    owner: Owner,
    id: QuickReplyId,
    (title, text): (&str, &str),
    now: Timestamp,
) -> Result<Done, StoreError> {
    match held(tx, owner, id)? {
        Some((held_title, held_text)) if held_title == title && held_text == text => Ok(Done::Unchanged),
        Some((held_title, _)) if !held_title.is_empty() => {
            tx.prepare_cached(
                "UPDATE quick_replies SET title = ?2, content = ?3, changed_at = ?4 WHERE id = ?1",
            )?
            .execute(params![id.get(), title, text, now.millis()])?;
            Ok(Done::Changed(Event::QuickReplyEdited, Some(id)))
        }
        _ => Ok(Done::Refused(QuickReplyOutcome::NotFound)),
    }
}

/// Its row stays, without its words, so that the same addition again does not bring it back.
fn remove(tx: &Write<'_>, owner: Owner, id: QuickReplyId, now: Timestamp) -> Result<Done, StoreError> {
    match held(tx, owner, id)? {
        None => Ok(Done::Refused(QuickReplyOutcome::NotFound)),
        Some((title, _)) if title.is_empty() => Ok(Done::Unchanged),
        Some(_) => {
            tx.prepare_cached(
                "UPDATE quick_replies SET title = '', content = '', changed_at = ?2, removed_at = ?2
                 WHERE id = ?1",
            )?
            .execute(params![id.get(), now.millis()])?;
            Ok(Done::Changed(Event::QuickReplyRemoved, Some(id)))
        }
    }
}

fn order(tx: &Write<'_>, owner: Owner, asked: &[QuickReplyId]) -> Result<Done, StoreError> {
    let replies = owned(tx, owner, ReplyOwner::Own)?;
    let before: Vec<QuickReplyId> = replies.iter().map(|reply| reply.id).collect();
    let after = ordered(&before, asked);
    if before == after {
        return Ok(Done::Unchanged);
    }
    let mut place = tx.prepare_cached("UPDATE quick_replies SET place = ?2 WHERE id = ?1")?;
    for (at, id) in (1_i64..).zip(&after) {
        place.execute([id.get(), at])?;
    }
    Ok(Done::Changed(Event::QuickRepliesOrdered, None))
}

/// A feed row for everybody who has them, in account order.
fn announce(tx: &Write<'_>, owner: Owner, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
    let accounts = match owner {
        Owner::Account(account) => vec![account],
        Owner::Clinic => practitioners(tx)?,
    };
    let mut deliveries = Vec::with_capacity(accounts.len());
    for account in accounts {
        deliveries.push(delivery(account, feed::append(tx, account, &Object::quick_replies(), now)?));
    }
    Ok(deliveries)
}

fn practitioners(tx: &Write<'_>) -> Result<Vec<AccountId>, StoreError> {
    let mut statement = tx.prepare_cached("SELECT id FROM accounts WHERE role = ?1 ORDER BY id")?;
    let ids = statement.query_map([Role::Practitioner.as_str()], |row| row.get(0).map(AccountId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
