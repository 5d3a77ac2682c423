//! What people write and share among their devices. Never in the audit: that somebody writes is nobody's affair.

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::limits::DRAFTS_PAGE;
use bedside_protocol::wire::{DraftAnswer, Drafts, SharedDraft};
use bedside_protocol::{AccountId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::feed::{self, Object};
use super::relation;
use super::writer::Write;
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::draft::{Columns, Put, columns, forget_at, judged, next, parts, untouched};
use crate::store::{Actor, Delivery, PutDraftCommand, PutDraftOutcome, StoreError};

pub(super) fn put(
    tx: &Write<'_>,
    actor: Actor,
    command: &PutDraftCommand,
) -> Result<PutDraftOutcome, StoreError> {
    let room = command.room_id;
    match relation::decide(actor, Action::ShareDraft, &relation::members(tx, room)?).0 {
        Decision::Allow => {}
        Decision::Deny => return Ok(PutDraftOutcome::Forbidden),
        Decision::Hide => return Ok(PutDraftOutcome::NotFound),
    }
    let held = of(tx, room, actor.account_id)?.unwrap_or_else(|| untouched(room));
    let (draft, deliveries) = match judged(&held, &command.put) {
        Put::Next => {
            let draft = next(&held, actor, &command.put.content, command.now);
            store(tx, actor, &draft)?;
            let delivery = tell(tx, actor, &draft, command.now)?;
            (draft, vec![delivery])
        }
        Put::Same | Put::Outdated => (held, Vec::new()),
    };
    let kept = draft.content == command.put.content && !draft.withdrawn;
    Ok(PutDraftOutcome::Answered { answer: Box::new(DraftAnswer { draft, kept }), deliveries })
}

fn store(tx: &Write<'_>, actor: Actor, draft: &SharedDraft) -> Result<(), StoreError> {
    let (content, reply_to) = parts(Some(&draft.content.draft));
    let (other, other_reply_to) = parts(draft.content.other.as_ref());
    tx.prepare_cached(
        "INSERT INTO drafts (account_id, room_id, version, device_id, content, reply_to, other_content, other_reply_to,
           withdrawn, written_at, forget_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10)
         ON CONFLICT (account_id, room_id) DO UPDATE SET version = excluded.version, device_id = excluded.device_id,
           content = excluded.content, reply_to = excluded.reply_to, other_content = excluded.other_content,
           other_reply_to = excluded.other_reply_to, withdrawn = 0, written_at = excluded.written_at,
           forget_at = excluded.forget_at",
    )?
    .execute(params![
        actor.account_id.get(),
        draft.room_id.get(),
        draft.version.get(),
        actor.device_id.get(),
        content,
        reply_to,
        other,
        other_reply_to,
        draft.written_at.millis(),
        forget_at(&draft.content, draft.written_at),
    ])?;
    Ok(())
}

fn tell(tx: &Write<'_>, actor: Actor, draft: &SharedDraft, now: Timestamp) -> Result<Delivery, StoreError> {
    let account_id = actor.account_id;
    let object = Object::draft(draft.room_id, account_id, draft.version);
    let feed_seq = feed::append(tx, account_id, &object, now)?;
    let change = Change::Draft { draft: Box::new(draft.clone()) };
    Ok(Delivery { account_id, event: FeedEvent { feed_seq, change } })
}

/// What an account writes in a room, if it ever shared it.
pub(super) fn of(
    db: &Connection,
    room: RoomId,
    account: AccountId,
) -> Result<Option<SharedDraft>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM drafts WHERE account_id = ?1 AND room_id = ?2");
    let held = db.prepare_cached(sql)?.query_row([account.get(), room.get()], read).optional()?;
    Ok(held.map(SharedDraft::from))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok(Columns {
        room: row.get(0)?,
        version: row.get(1)?,
        device: row.get(2)?,
        content: (row.get(3)?, row.get(4)?),
        other: (row.get(5)?, row.get(6)?),
        withdrawn: row.get(7)?,
        written_at: row.get(8)?,
    })
}

/// A page of what the actor writes, by room, of rooms it may write in.
pub(super) fn list(db: &Connection, actor: Actor, after: Option<RoomId>) -> Result<Drafts, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Drafts::default());
    }
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM drafts WHERE account_id = ?1 AND room_id > ?2
            AND EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = drafts.room_id
                          AND m.account_id = drafts.account_id AND m.until_at IS NULL)
          ORDER BY room_id LIMIT ?3"
    );
    let after = after.map_or(0, RoomId::get);
    let rows = db
        .prepare_cached(sql)?
        .query_map([actor.account_id.get(), after, i64::from(DRAFTS_PAGE) + 1], read)?
        .collect::<Result<Vec<_>, _>>()?;
    let page = usize::try_from(DRAFTS_PAGE).unwrap_or(usize::MAX);
    let has_more = rows.len() > page;
    Ok(Drafts { drafts: rows.into_iter().take(page).map(SharedDraft::from).collect(), has_more })
}

/// Takes out the words that the actor's device was the last to put in. No feed tells: whoever has them keeps them.
pub(super) fn withdraw(tx: &Write<'_>, actor: Actor) -> Result<Drafts, StoreError> {
    let sql = concat!(
        "UPDATE drafts SET version = version + 1, content = '', reply_to = NULL, other_content = '',
           other_reply_to = NULL, withdrawn = 1, forget_at = NULL
         WHERE account_id = ?1 AND device_id = ?2 AND forget_at IS NOT NULL RETURNING ",
        columns!()
    );
    let rows = tx
        .prepare_cached(sql)?
        .query_map([actor.account_id.get(), actor.device_id.get()], read)?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Drafts { drafts: rows.into_iter().map(SharedDraft::from).collect(), has_more: false })
}

/// The link has ended: nobody writes there any more.
pub(super) fn erase(tx: &Write<'_>, room: RoomId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE drafts SET version = version + 1, content = '', reply_to = NULL, other_content = '',
           other_reply_to = NULL, withdrawn = 1, forget_at = NULL
         WHERE room_id = ?1 AND account_id IN (SELECT account_id FROM room_members WHERE room_id = ?1)",
    )?
    .execute([room.get()])?;
    Ok(())
}

/// Takes out words whose time is over, so many at most; how many there were.
pub(super) fn forget(tx: &Write<'_>, now: Timestamp, most: i64) -> Result<usize, StoreError> {
    let forgotten = tx
        .prepare_cached(
            "UPDATE drafts SET version = version + 1, content = '', reply_to = NULL, other_content = '',
               other_reply_to = NULL, withdrawn = 1, forget_at = NULL
             WHERE (account_id, room_id) IN
               (SELECT account_id, room_id FROM drafts WHERE forget_at <= ?1 ORDER BY forget_at LIMIT ?2)",
        )?
        .execute([now.millis(), most])?;
    Ok(forgotten)
}
