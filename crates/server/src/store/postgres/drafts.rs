//! What people write and share among their devices. Never in the audit: that somebody writes is nobody's affair.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::limits::DRAFTS_PAGE;
use bedside_protocol::wire::{DraftAnswer, Drafts, SharedDraft};
use bedside_protocol::{AccountId, RoomId, Timestamp};
use tokio_postgres::Row;

use super::feed::{self, Object};
use super::relation;
use super::rooms::LOCK_OF_MEMBERS;
use super::tx::{Tx, at};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::draft::{Columns, Put, columns, forget_at, judged, next, parts, untouched};
use crate::store::{Actor, Delivery, PutDraftCommand, PutDraftOutcome, StoreError};

pub(super) async fn put(
    tx: &Tx<'_>,
    actor: Actor,
    command: &PutDraftCommand,
) -> Result<PutDraftOutcome, StoreError> {
    let (room, account) = (command.room_id, actor.account_id);
    // What is decided is read under the room's lock.
    tx.rows(LOCK_OF_MEMBERS, &[&[room.get()].as_slice(), &[account.get()].as_slice()]).await?;
    match relation::decide(actor, Action::ShareDraft, &relation::members(tx, room).await?).0 {
        Decision::Allow => {}
        Decision::Deny => return Ok(PutDraftOutcome::Forbidden),
        Decision::Hide => return Ok(PutDraftOutcome::NotFound),
    }
    let row = tx.maybe(LOCKED, &[&account.get(), &room.get()]).await?;
    let held = row.as_ref().map(read).transpose()?.unwrap_or_else(|| untouched(room));
    let (draft, deliveries) = match judged(&held, &command.put) {
        Put::Next => {
            let draft = next(&held, actor, &command.put.content, command.now);
            store(tx, actor, &draft).await?;
            let delivery = tell(tx, actor, &draft, command.now).await?;
            (draft, vec![delivery])
        }
        Put::Same | Put::Outdated => (held, Vec::new()),
    };
    let kept = draft.content == command.put.content && !draft.withdrawn;
    Ok(PutDraftOutcome::Answered { answer: Box::new(DraftAnswer { draft, kept }), deliveries })
}

/// Words are taken out without the room's lock.
const LOCKED: &str =
    concat!("SELECT ", columns!(), " FROM drafts WHERE account_id = $1 AND room_id = $2 FOR NO KEY UPDATE");

async fn store(tx: &Tx<'_>, actor: Actor, draft: &SharedDraft) -> Result<(), StoreError> {
    let (content, reply_to) = parts(Some(&draft.content.draft));
    let (other, other_reply_to) = parts(draft.content.other.as_ref());
    tx.run(
        "INSERT INTO drafts (account_id, room_id, version, device_id, content, reply_to, other_content, other_reply_to,
           withdrawn, written_at, forget_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9, $10)
         ON CONFLICT (account_id, room_id) DO UPDATE SET version = excluded.version, device_id = excluded.device_id,
           content = excluded.content, reply_to = excluded.reply_to, other_content = excluded.other_content,
           other_reply_to = excluded.other_reply_to, withdrawn = FALSE, written_at = excluded.written_at,
           forget_at = excluded.forget_at",
        &[
            &actor.account_id.get(),
            &draft.room_id.get(),
            &draft.version.get(),
            &actor.device_id.get(),
            &content,
            &reply_to,
            &other,
            &other_reply_to,
            &draft.written_at.millis(),
            &forget_at(&draft.content, draft.written_at),
        ],
    )
    .await?;
    Ok(())
}

async fn tell(
    tx: &Tx<'_>,
    actor: Actor,
    draft: &SharedDraft,
    now: Timestamp,
) -> Result<Delivery, StoreError> {
    let object = Object::draft(draft.room_id, actor.account_id, draft.version);
    let places = feed::append(tx, &[actor.account_id], &object, now).await?;
    let (account_id, feed_seq) =
        places.first().copied().ok_or(StoreError::Corrupt("an account without a feed"))?;
    let change = Change::Draft { draft: Box::new(draft.clone()) };
    Ok(Delivery { account_id, event: FeedEvent { feed_seq, change } })
}

/// What an account writes in a room, if it ever shared it.
pub(super) async fn of(
    tx: &Tx<'_>,
    room: RoomId,
    account: AccountId,
) -> Result<Option<SharedDraft>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM drafts WHERE account_id = $1 AND room_id = $2");
    tx.maybe(sql, &[&account.get(), &room.get()]).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<SharedDraft, StoreError> {
    let columns = Columns {
        room: at(row, 0)?,
        version: at(row, 1)?,
        device: at(row, 2)?,
        content: (at(row, 3)?, at(row, 4)?),
        other: (at(row, 5)?, at(row, 6)?),
        withdrawn: at(row, 7)?,
        written_at: at(row, 8)?,
    };
    Ok(columns.into())
}

/// A page of what the actor writes, by room, of rooms it may write in.
pub(super) async fn list(tx: &Tx<'_>, actor: Actor, after: Option<RoomId>) -> Result<Drafts, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Drafts::default());
    }
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM drafts d WHERE account_id = $1 AND room_id > $2
            AND EXISTS (SELECT FROM room_members m WHERE m.room_id = d.room_id AND m.account_id = d.account_id
                          AND m.until_at IS NULL)
          ORDER BY room_id LIMIT $3"
    );
    let (account, after) = (actor.account_id.get(), after.map_or(0, RoomId::get));
    let rows = tx.rows(sql, &[&account, &after, &(i64::from(DRAFTS_PAGE) + 1)]).await?;
    let page = usize::try_from(DRAFTS_PAGE).unwrap_or(usize::MAX);
    let drafts = rows.iter().take(page).map(read).collect::<Result<_, _>>()?;
    Ok(Drafts { drafts, has_more: rows.len() > page })
}

/// Takes out the words that the actor's device was the last to put in. No feed tells: whoever has them keeps them.
pub(super) async fn withdraw(tx: &Tx<'_>, actor: Actor) -> Result<Drafts, StoreError> {
    let sql = concat!(
        "UPDATE drafts SET version = version + 1, content = '', reply_to = NULL, other_content = '',
           other_reply_to = NULL, withdrawn = TRUE, forget_at = NULL
         WHERE account_id = $1 AND device_id = $2 AND forget_at IS NOT NULL RETURNING ",
        columns!()
    );
    let rows = tx.rows(sql, &[&actor.account_id.get(), &actor.device_id.get()]).await?;
    Ok(Drafts { drafts: rows.iter().map(read).collect::<Result<_, _>>()?, has_more: false })
}

/// The link has ended: nobody writes there any more. The room is locked.
pub(super) async fn erase(tx: &Tx<'_>, room: RoomId) -> Result<(), StoreError> {
    tx.run(
        "UPDATE drafts SET version = version + 1, content = '', reply_to = NULL, other_content = '',
           other_reply_to = NULL, withdrawn = TRUE, forget_at = NULL
         WHERE room_id = $1 AND account_id IN (SELECT m.account_id FROM room_members m WHERE m.room_id = $1)",
        &[&room.get()],
    )
    .await?;
    Ok(())
}

/// Takes out words whose time is over, so many at most; how many there were.
pub(super) async fn forget(tx: &Tx<'_>, now: Timestamp, most: i64) -> Result<u64, StoreError> {
    tx.run(
        "UPDATE drafts SET version = version + 1, content = '', reply_to = NULL, other_content = '',
           other_reply_to = NULL, withdrawn = TRUE, forget_at = NULL
         WHERE (account_id, room_id) IN
           (SELECT account_id, room_id FROM drafts WHERE forget_at <= $1 ORDER BY forget_at LIMIT $2)",
        &[&now.millis(), &most],
    )
    .await
}
