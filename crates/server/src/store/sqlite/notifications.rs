//! Alerts: one for each message to somebody who is not there, written with the message, and what the platform tells.

use bedside_protocol::wire::{MarkNotifications, Notification, NotificationKind, Notifications, Role};
use bedside_protocol::{AccountId, NotificationId, RoomId, RoomSeq, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::audit::{Entry, Event, audit};
use super::relation::Member;
use super::writer::Write;
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::notification::{MESSAGE_TITLE, PLATFORM, for_message, room_url};
use crate::store::common::outreach::{UNREAD_COUNTED, digest};
use crate::store::common::provision::may_notify;
use crate::store::{Actor, NewNotification, NotifyOutcome, StoreError, There};

/// What a new message leaves for those it is for: an alert for whoever is not there, and a look at each later on.
pub(super) fn of_message(
    tx: &Write<'_>,
    message: &bedside_protocol::wire::Message,
    members: &[Member],
    there: &There,
) -> Result<(), StoreError> {
    let others = members
        .iter()
        .filter(|member| member.account_id != message.sender_account && member.sees(message.room_seq));
    for member in others {
        if !there.is(member.account_id) {
            tx.prepare_cached(
                "INSERT INTO notifications
                   (account_id, kind, room_id, room_seq, urgent, title, content, url, created_at)
                 VALUES (?1, 'message', ?2, ?3, ?4, '', '', '', ?5)",
            )?
            .execute(params![
                member.account_id.get(),
                message.room_id.get(),
                message.room_seq.get(),
                message.urgent,
                message.timestamp.millis()
            ])?;
        }
        look_at(tx, member.account_id, (message.room_id.get(), 0), for_message(message.timestamp))?;
    }
    Ok(())
}

/// Somebody will look at this by then; one who would later, does so then.
fn look_at(
    tx: &Write<'_>,
    account: AccountId,
    (room, notification): (i64, i64),
    due: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO outreach_checks (account_id, room_id, notification_id, due_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (account_id, room_id, notification_id) DO UPDATE SET due_at = excluded.due_at
         WHERE due_at > excluded.due_at",
    )?
    .execute(params![account.get(), room, notification, due.millis()])?;
    Ok(())
}

/// A conversation was read that far: so are its alerts.
pub(super) fn read_up_to(
    tx: &Write<'_>,
    (room, account): (RoomId, AccountId),
    up_to: RoomSeq,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE notifications SET read_at = ?4
         WHERE account_id = ?1 AND room_id = ?2 AND room_seq <= ?3 AND read_at IS NULL",
    )?
    .execute(params![account.get(), room.get(), up_to.get(), now.millis()])?;
    Ok(())
}

pub(super) fn create(
    tx: &Write<'_>,
    by: Option<Actor>,
    new: &NewNotification,
) -> Result<NotifyOutcome, StoreError> {
    if !may_notify(by) {
        return Ok(NotifyOutcome::Forbidden);
    }
    let (creator, digest) = (by.map(|actor| actor.account_id.get()), digest(new));
    if let Some((id, known)) = earlier(tx, creator, new)? {
        let same = known.as_deref() == Some(&digest);
        return Ok(if same { NotifyOutcome::Stored(id) } else { NotifyOutcome::ClientIdReused });
    }
    let Some(account) = person(tx, new.role, new.role_no)? else { return Ok(NotifyOutcome::NoSuchPerson) };
    tx.prepare_cached(
        "INSERT INTO notifications
           (account_id, kind, urgent, title, content, url, creator_id, client_id, digest, created_at)
         VALUES (?1, 'platform', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        account.get(),
        new.urgent,
        new.title,
        new.message,
        new.url,
        creator,
        new.client_id.0.as_bytes(),
        digest,
        new.now.millis()
    ])?;
    let id = tx.last_insert_rowid();
    look_at(tx, account, (0, id), for_message(new.now))?;
    audit(tx, Entry::new(Event::NotificationCreated, by).about(id), new.now)?;
    Ok(NotifyOutcome::Stored(NotificationId(id)))
}

type Earlier = (NotificationId, Option<Vec<u8>>);

fn earlier(
    tx: &Write<'_>,
    creator: Option<i64>,
    new: &NewNotification,
) -> Result<Option<Earlier>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT id, digest FROM notifications WHERE creator_id IS ?1 AND client_id = ?2 AND client_id IS NOT NULL",
    )?;
    let found = statement.query_row(params![creator, new.client_id.0.as_bytes()], |row| {
        Ok((NotificationId(row.get(0)?), row.get(1)?))
    });
    Ok(found.optional()?)
}

fn person(tx: &Write<'_>, role: Role, role_no: i64) -> Result<Option<AccountId>, StoreError> {
    let mut statement = tx.prepare_cached("SELECT id FROM accounts WHERE role = ?1 AND role_no = ?2")?;
    let found = statement.query_row(params![role.as_str(), role_no], |row| row.get(0).map(AccountId));
    Ok(found.optional()?)
}

pub(super) fn list(
    db: &Connection,
    actor: Actor,
    before: Option<NotificationId>,
    limit: u32,
) -> Result<Notifications, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Notifications::default());
    }
    let mut statement = db.prepare_cached(
        "SELECT id, kind, title, content, url, room_id, urgent, created_at, read_at IS NOT NULL
         FROM notifications WHERE account_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
    )?;
    let before = before.map_or(i64::MAX, NotificationId::get);
    let rows = statement.query_map(params![actor.account_id.get(), before, limit.saturating_add(1)], one)?;
    let mut notifications: Vec<Notification> = rows.collect::<Result<_, _>>()?;
    let has_more = notifications.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    notifications.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let unread = db
        .prepare_cached(
            "SELECT count(*) FROM
               (SELECT 1 FROM notifications WHERE account_id = ?1 AND read_at IS NULL LIMIT ?2)",
        )?
        .query_row(params![actor.account_id.get(), UNREAD_COUNTED], |row| row.get(0))?;
    Ok(Notifications { notifications, unread, has_more })
}

fn one(row: &Row<'_>) -> rusqlite::Result<Notification> {
    let (kind, room) = (row.get::<_, String>(1)?, row.get::<_, Option<i64>>(5)?.map(RoomId));
    let platform = kind == PLATFORM;
    Ok(Notification {
        id: NotificationId(row.get(0)?),
        kind: if platform { NotificationKind::Platform } else { NotificationKind::Message },
        title: if platform { row.get(2)? } else { MESSAGE_TITLE.to_owned() },
        message: row.get(3)?,
        url: if platform { row.get(4)? } else { room.map(room_url).unwrap_or_default() },
        room_id: room,
        urgent: row.get(6)?,
        timestamp: Timestamp(row.get(7)?),
        is_read: row.get(8)?,
    })
}

pub(super) fn mark(
    tx: &Write<'_>,
    actor: Actor,
    which: &MarkNotifications,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(0);
    }
    let account = actor.account_id.get();
    let mut marked = 0;
    if let Some(up_to) = which.up_to {
        marked += tx
            .prepare_cached(
                "UPDATE notifications SET read_at = ?3 WHERE account_id = ?1 AND id <= ?2 AND read_at IS NULL",
            )?
            .execute(params![account, up_to.get(), now.millis()])?;
    }
    let mut statement = tx.prepare_cached(
        "UPDATE notifications SET read_at = ?3 WHERE account_id = ?1 AND id = ?2 AND read_at IS NULL",
    )?;
    for id in &which.ids {
        marked += statement.execute(params![account, id.get(), now.millis()])?;
    }
    Ok(u64::try_from(marked).unwrap_or(u64::MAX))
}
