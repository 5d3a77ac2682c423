//! Quick replies: ready-made texts, one's own and the clinic's.

use bedside_protocol::wire::{QuickReplies, QuickReply, ReplyOwner, Role};
use bedside_protocol::{AccountId, ClientId, QuickReplyId, Timestamp, limits};

use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::tx::{Tx, at};
use crate::store::common::quick_reply::{Owner, delivery, digest, ordered};
use crate::store::{Actor, Delivery, QuickReplyChange, QuickReplyCommand, QuickReplyOutcome, StoreError};

/// All that the actor may use.
pub(super) async fn all(tx: &Tx<'_>, actor: Actor) -> Result<Option<QuickReplies>, StoreError> {
    match Owner::of(Some(actor)) {
        Some(owner) => Ok(Some(of(tx, owner).await?)),
        None => Ok(None),
    }
}

/// What an owner may use: its own, and the clinic's.
async fn of(tx: &Tx<'_>, owner: Owner) -> Result<QuickReplies, StoreError> {
    let mut replies = match owner {
        Owner::Account(_) => owned(tx, owner, ReplyOwner::Own).await?,
        Owner::Clinic => Vec::new(),
    };
    replies.extend(owned(tx, Owner::Clinic, ReplyOwner::Clinic).await?);
    Ok(QuickReplies { replies })
}

async fn owned(tx: &Tx<'_>, owner: Owner, whose: ReplyOwner) -> Result<Vec<QuickReply>, StoreError> {
    let rows = match owner.column() {
        Some(account) => tx.rows(OF_ACCOUNT, &[&account]).await?,
        None => tx.rows(OF_CLINIC, &[]).await?,
    };
    let reply = |row| {
        let (title, text) = (at(row, 1)?, at(row, 2)?);
        Ok(QuickReply { id: QuickReplyId(at(row, 0)?), owner: whose, title, text })
    };
    rows.iter().map(reply).collect()
}

// Two statements each: no index serves `IS NOT DISTINCT FROM`, and the table would be read whole for one owner.
const OF_ACCOUNT: &str = "SELECT id, title, content FROM quick_replies
    WHERE account_id = $1 AND removed_at IS NULL ORDER BY place, id";

const OF_CLINIC: &str = "SELECT id, title, content FROM quick_replies
    WHERE account_id IS NULL AND removed_at IS NULL ORDER BY place, id";

const COUNT_OF_ACCOUNT: &str = "SELECT count(*), coalesce(max(place), 0) FROM quick_replies
    WHERE account_id = $1 AND removed_at IS NULL";

const COUNT_OF_CLINIC: &str = "SELECT count(*), coalesce(max(place), 0) FROM quick_replies
    WHERE account_id IS NULL AND removed_at IS NULL";

const EARLIER_OF_ACCOUNT: &str = "SELECT digest FROM quick_replies WHERE account_id = $1 AND client_id = $2";

const EARLIER_OF_CLINIC: &str =
    "SELECT digest FROM quick_replies WHERE account_id IS NULL AND client_id = $1";

/// What a change did.
enum Done {
    /// It changed something, perhaps a certain one.
    Changed(Event, Option<QuickReplyId>),
    Unchanged,
    Refused(QuickReplyOutcome),
}

pub(super) async fn change(
    tx: &Tx<'_>,
    by: Option<Actor>,
    command: &QuickReplyCommand,
) -> Result<QuickReplyOutcome, StoreError> {
    let Some(owner) = Owner::of(by) else { return Ok(QuickReplyOutcome::NotFound) };
    // What is decided is read under a lock: one owner's changes stand in line.
    tx.run("SELECT pg_advisory_xact_lock($1, $2)", &[&LOCKS, &lock_of(owner)]).await?;
    let now = command.now;
    let done = match &command.change {
        QuickReplyChange::Add { client_id, title, text } => {
            add(tx, owner, *client_id, (title, text), now).await?
        }
        QuickReplyChange::Edit { id, title, text } => edit(tx, owner, *id, (title, text), now).await?,
        QuickReplyChange::Remove { id } => remove(tx, owner, *id, now).await?,
        QuickReplyChange::Order { ids } => order(tx, owner, ids).await?,
    };
    match done {
        Done::Refused(outcome) => Ok(outcome),
        Done::Unchanged => Ok(QuickReplyOutcome::Unchanged { replies: of(tx, owner).await? }),
        Done::Changed(event, id) => {
            let entry = Entry { object: id.map(QuickReplyId::get), ..Entry::new(event, by) };
            audit(tx, entry, now).await?;
            let deliveries = announce(tx, owner, now).await?;
            Ok(QuickReplyOutcome::Changed { replies: of(tx, owner).await?, deliveries })
        }
    }
}

/// The class of the locks.
const LOCKS: i32 = 0x0000_7172;

/// Two owners may share a lock: they wait, and nothing else.
fn lock_of(owner: Owner) -> i32 {
    owner.column().map_or(0, |account| i32::try_from(account % i64::from(i32::MAX)).unwrap_or_default())
}

async fn add(
    tx: &Tx<'_>,
    owner: Owner,
    client_id: ClientId,
    (title, text): (&str, &str),
    now: Timestamp,
) -> Result<Done, StoreError> {
    let digest = digest(title, text);
    if let Some(known) = earlier(tx, owner, client_id).await? {
        let same = known.as_slice() == digest;
        return Ok(if same { Done::Unchanged } else { Done::Refused(QuickReplyOutcome::ClientIdReused) });
    }
    let row = match owner.column() {
        Some(account) => tx.one(COUNT_OF_ACCOUNT, &[&account]).await?,
        None => tx.one(COUNT_OF_CLINIC, &[]).await?,
    };
    let (count, last): (i64, i64) = (at(&row, 0)?, at(&row, 1)?);
    if usize::try_from(count).unwrap_or_default() >= limits::QUICK_REPLIES_EACH {
        return Ok(Done::Refused(QuickReplyOutcome::TooMany));
    }
    let row = tx
        .one(
            "INSERT INTO quick_replies
               (account_id, client_id, digest, place, title, content, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING id",
            &[&owner.column(), &client_id.0, &digest.as_slice(), &(last + 1), &title, &text, &now.millis()],
        )
        .await?;
    Ok(Done::Changed(Event::QuickReplyAdded, Some(QuickReplyId(at(&row, 0)?))))
}

async fn earlier(tx: &Tx<'_>, owner: Owner, client_id: ClientId) -> Result<Option<Vec<u8>>, StoreError> {
    let row = match owner.column() {
        Some(account) => tx.maybe(EARLIER_OF_ACCOUNT, &[&account, &client_id.0]).await?,
        None => tx.maybe(EARLIER_OF_CLINIC, &[&client_id.0]).await?,
    };
    row.map(|row| at(&row, 0)).transpose()
}

/// Title and text of one that is there; empty texts of one that was removed.
async fn held(tx: &Tx<'_>, owner: Owner, id: QuickReplyId) -> Result<Option<(String, String)>, StoreError> {
    let row = tx
        .maybe(
            "SELECT title, content FROM quick_replies WHERE id = $1 AND account_id IS NOT DISTINCT FROM $2",
            &[&id.get(), &owner.column()],
        )
        .await?;
    row.map(|row| Ok((at(&row, 0)?, at(&row, 1)?))).transpose()
}

async fn edit(
    tx: &Tx<'_>,
    owner: Owner,
    id: QuickReplyId,
    (title, text): (&str, &str),
    now: Timestamp,
) -> Result<Done, StoreError> {
    match held(tx, owner, id).await? {
        Some((held_title, held_text)) if held_title == title && held_text == text => Ok(Done::Unchanged),
        Some((held_title, _)) if !held_title.is_empty() => {
            tx.run(
                "UPDATE quick_replies SET title = $2, content = $3, changed_at = $4 WHERE id = $1",
                &[&id.get(), &title, &text, &now.millis()],
            )
            .await?;
            Ok(Done::Changed(Event::QuickReplyEdited, Some(id)))
        }
        _ => Ok(Done::Refused(QuickReplyOutcome::NotFound)),
    }
}

/// Its row stays, without its words, so that the same addition again does not bring it back.
async fn remove(tx: &Tx<'_>, owner: Owner, id: QuickReplyId, now: Timestamp) -> Result<Done, StoreError> {
    match held(tx, owner, id).await? {
        None => Ok(Done::Refused(QuickReplyOutcome::NotFound)),
        Some((title, _)) if title.is_empty() => Ok(Done::Unchanged),
        Some(_) => {
            tx.run(
                "UPDATE quick_replies SET title = '', content = '', changed_at = $2, removed_at = $2
                 WHERE id = $1",
                &[&id.get(), &now.millis()],
            )
            .await?;
            Ok(Done::Changed(Event::QuickReplyRemoved, Some(id)))
        }
    }
}

async fn order(tx: &Tx<'_>, owner: Owner, asked: &[QuickReplyId]) -> Result<Done, StoreError> {
    let replies = owned(tx, owner, ReplyOwner::Own).await?;
    let before: Vec<QuickReplyId> = replies.iter().map(|reply| reply.id).collect();
    let after = ordered(&before, asked);
    if before == after {
        return Ok(Done::Unchanged);
    }
    for (place, id) in (1_i64..).zip(&after) {
        tx.run("UPDATE quick_replies SET place = $2 WHERE id = $1", &[&id.get(), &place]).await?;
    }
    Ok(Done::Changed(Event::QuickRepliesOrdered, None))
}

/// A feed row for everybody who has them.
async fn announce(tx: &Tx<'_>, owner: Owner, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
    let accounts = match owner {
        Owner::Account(account) => vec![account],
        Owner::Clinic => practitioners(tx).await?,
    };
    let places = feed::append(tx, &accounts, &Object::quick_replies(), now).await?;
    Ok(places.into_iter().map(|(account, feed_seq)| delivery(account, feed_seq)).collect())
}

async fn practitioners(tx: &Tx<'_>) -> Result<Vec<AccountId>, StoreError> {
    let rows = tx.rows("SELECT id FROM accounts WHERE role = $1", &[&Role::Practitioner.as_str()]).await?;
    rows.iter().map(|row| Ok(AccountId(at(row, 0)?))).collect()
}
