//! Alerts: one for each message to somebody who is not there, written with the message, and what the platform tells.

use bedside_protocol::wire::{MarkNotifications, Notification, NotificationKind, Notifications};
use bedside_protocol::{AccountId, NotificationId, RoomId, Timestamp};
use tokio_postgres::Row;

use super::audit::{Entry, Event, audit};
use super::tx::{Tx, at};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::notification::{MESSAGE_TITLE, PLATFORM, for_message, room_url};
use crate::store::common::outreach::{UNREAD_COUNTED, digest};
use crate::store::common::provision::may_notify;
use crate::store::{Actor, NewNotification, NotifyOutcome, StoreError};

/// Alerts about new messages, a column each.
pub(super) const OF_MESSAGES: &str = "INSERT INTO notifications
      (account_id, kind, room_id, room_seq, urgent, title, content, url, created_at)
    SELECT account, 'message', room, place, urgent, '', '', '', at
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BOOLEAN[], $5::BIGINT[])
      AS new (account, room, place, urgent, at)";
/// Somebody will look at these conversations by then. Where somebody will anyway nothing is written and no row is locked:
/// rows are taken away and put off under the lock of their room, which whoever sends has as well.
pub(super) const LOOK_AT: &str = "INSERT INTO outreach_checks (account_id, room_id, notification_id, due_at)
    SELECT new.account, new.room, 0, min(new.due)
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[]) AS new (account, room, due)
    WHERE NOT EXISTS (SELECT 1 FROM outreach_checks c
                      WHERE c.account_id = new.account AND c.room_id = new.room AND c.notification_id = 0
                        AND c.due_at <= new.due)
    GROUP BY new.account, new.room
    ON CONFLICT (account_id, room_id, notification_id)
      DO UPDATE SET due_at = least(outreach_checks.due_at, excluded.due_at)";
/// A conversation was read that far: so are its alerts. `$3` is NULL when nothing was.
pub(super) const READ_UP_TO: &str = "UPDATE notifications SET read_at = $4
    WHERE account_id = $1 AND room_id = $2 AND room_seq <= $3 AND read_at IS NULL";

pub(super) async fn create(
    tx: &Tx<'_>,
    by: Option<Actor>,
    new: &NewNotification,
) -> Result<NotifyOutcome, StoreError> {
    if !may_notify(by) {
        return Ok(NotifyOutcome::Forbidden);
    }
    let found = tx
        .maybe(
            "SELECT id FROM accounts WHERE role = $1 AND role_no = $2",
            &[&new.role.as_str(), &new.role_no],
        )
        .await?;
    let Some(account) = found.map(|row| at::<i64>(&row, 0)).transpose()? else {
        return Ok(NotifyOutcome::NoSuchPerson);
    };
    let (creator, digest) = (by.map(|actor| actor.account_id.get()), digest(new));
    let stored = tx
        .maybe(
            "INSERT INTO notifications
               (account_id, kind, urgent, title, content, url, creator_id, client_id, digest, created_at)
             VALUES ($1, 'platform', $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (creator_id, client_id) WHERE client_id IS NOT NULL DO NOTHING RETURNING id",
            &[
                &account,
                &new.urgent,
                &new.title,
                &new.message,
                &new.url,
                &creator,
                &new.client_id.0,
                &digest.as_slice(),
                &new.now.millis(),
            ],
        )
        .await?;
    let Some(id) = stored.map(|row| at::<i64>(&row, 0)).transpose()? else {
        return earlier(tx, creator, new, digest).await;
    };
    tx.run(
        "INSERT INTO outreach_checks (account_id, room_id, notification_id, due_at) VALUES ($1, 0, $2, $3)",
        &[&account, &id, &for_message(new.now).millis()],
    )
    .await?;
    audit(tx, Entry::new(Event::NotificationCreated, by).about(id), new.now).await?;
    Ok(NotifyOutcome::Stored(NotificationId(id)))
}

async fn earlier(
    tx: &Tx<'_>,
    creator: Option<i64>,
    new: &NewNotification,
    digest: [u8; 32],
) -> Result<NotifyOutcome, StoreError> {
    let row = tx
        .one(
            "SELECT id, digest FROM notifications WHERE creator_id = $1 AND client_id = $2",
            &[&creator, &new.client_id.0],
        )
        .await?;
    let same = at::<Option<&[u8]>>(&row, 1)? == Some(&digest);
    Ok(match same {
        true => NotifyOutcome::Stored(NotificationId(at(&row, 0)?)),
        false => NotifyOutcome::ClientIdReused,
    })
}

pub(super) async fn list(
    tx: &Tx<'_>,
    actor: Actor,
    before: Option<NotificationId>,
    limit: u32,
) -> Result<Notifications, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Notifications::default());
    }
    let account = actor.account_id.get();
    let before = before.map_or(i64::MAX, NotificationId::get);
    let rows = tx
        .rows(
            "SELECT id, kind, title, content, url, room_id, urgent, created_at, read_at IS NOT NULL
             FROM notifications WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            &[&account, &before, &(i64::from(limit) + 1)],
        )
        .await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    let notifications = rows.iter().take(limit).map(one).collect::<Result<_, _>>()?;
    let unread = tx
        .one(
            "SELECT count(*) FROM
               (SELECT 1 FROM notifications WHERE account_id = $1 AND read_at IS NULL LIMIT $2) unread",
            &[&account, &UNREAD_COUNTED],
        )
        .await?;
    Ok(Notifications { notifications, unread: at(&unread, 0)?, has_more })
}

fn one(row: &Row) -> Result<Notification, StoreError> {
    let (kind, room) = (at::<&str>(row, 1)?, at::<Option<i64>>(row, 5)?.map(RoomId));
    let platform = kind == PLATFORM;
    Ok(Notification {
        id: NotificationId(at(row, 0)?),
        kind: if platform { NotificationKind::Platform } else { NotificationKind::Message },
        title: if platform { at(row, 2)? } else { MESSAGE_TITLE.to_owned() },
        message: at(row, 3)?,
        url: if platform { at(row, 4)? } else { room.map(room_url).unwrap_or_default() },
        room_id: room,
        urgent: at(row, 6)?,
        timestamp: Timestamp(at(row, 7)?),
        is_read: at(row, 8)?,
    })
}

pub(super) async fn mark(
    tx: &Tx<'_>,
    actor: Actor,
    which: &MarkNotifications,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(0);
    }
    let account = AccountId::get(actor.account_id);
    let ids: Vec<i64> = which.ids.iter().map(|id| id.get()).collect();
    let up_to = which.up_to.map_or(0, NotificationId::get);
    let all = tx
        .run(
            "UPDATE notifications SET read_at = $3 WHERE account_id = $1 AND id <= $2 AND read_at IS NULL",
            &[&account, &up_to, &now.millis()],
        )
        .await?;
    let some = tx.run(
        "UPDATE notifications SET read_at = $3 WHERE account_id = $1 AND id = ANY($2) AND read_at IS NULL",
        &[&account, &ids, &now.millis()],
    )
    .await?;
    Ok(all + some)
}
