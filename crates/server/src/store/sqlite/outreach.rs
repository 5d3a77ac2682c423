//! Looking at what is due, and deciding whether somebody is reached outside the app.
//!
//! Statements that both databases share are bound by name: SQLite numbers `$2` before `$1` where it reads it first.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::writer::Write;
use crate::store::common::outreach::{
    Found, OF_NOTIFICATION, Settled, Subject, WAYS, WayRow, WishesRow, channel, of_room, sends, settle, today,
};
use crate::store::{DecideLimits, Decided, StoreError, There};

const OF_ROOM: &str = of_room!("x.urgent = 1");

pub(super) fn decide(tx: &Write<'_>, limits: &DecideLimits, there: &There) -> Result<Decided, StoreError> {
    let due = due(tx, limits)?;
    let mut settled = Vec::with_capacity(due.len());
    for subject in due {
        let live = there.is(bedside_protocol::AccountId(subject.account));
        settled.push(settle(subject, found(tx, subject)?, &ways(tx, subject, limits)?, live, limits)?);
    }
    for one in &settled {
        put_off(tx, one)?;
    }
    let mut decided =
        Decided { looked_at: u32::try_from(settled.len()).unwrap_or(u32::MAX), sends: Vec::new() };
    for (key, one, send) in sends(&settled, limits) {
        let Subject { account, room, notification } = one.subject;
        tx.prepare_cached(
            "INSERT INTO dispatches (account_id, room_id, notification_id, up_to, channel, urgent, key, state,
                                     created_at, due_at, tries, lease)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', ?8, ?8, 0, 0)",
        )?
        .execute(params![
            account,
            room,
            notification,
            one.up_to,
            send.channel.as_str(),
            send.urgent,
            key.as_bytes(),
            limits.now.millis()
        ])?;
        decided.sends.push(send);
    }
    Ok(decided)
}

fn due(tx: &Write<'_>, limits: &DecideLimits) -> Result<Vec<Subject>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT account_id, room_id, notification_id FROM outreach_checks
         WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2",
    )?;
    let rows = statement.query_map(params![limits.now.millis(), limits.at_once], |row| {
        Ok(Subject { account: row.get(0)?, room: row.get(1)?, notification: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn found(db: &Connection, subject: Subject) -> Result<Option<Found>, StoreError> {
    let (sql, object) = match subject.room_id() {
        Some(room) => (OF_ROOM, room.get()),
        None => (OF_NOTIFICATION, subject.notification),
    };
    let mut statement = db.prepare_cached(sql)?;
    let about = named_params! { "$1": subject.account, "$2": object };
    Ok(statement.query_row(about, found_at).optional()?)
}

fn found_at(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        concerned: row.get(0)?,
        last_seq: row.get(1)?,
        muted_until: row.get(2)?,
        since: row.get(3)?,
        urgent_since: row.get(4)?,
        time_zone: row.get(5)?,
        wishes: wishes_at(row, 6)?,
    })
}

/// The columns of `outreach_wishes` from one on; none without a row.
pub(super) fn wishes_at(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<WishesRow>> {
    let Some(email_after) = row.get(first)? else { return Ok(None) };
    Ok(Some(WishesRow {
        email_after,
        sms_after: row.get(first + 1)?,
        sms_for: row.get(first + 2)?,
        quiet_from: row.get(first + 3)?,
        quiet_to: row.get(first + 4)?,
        reminder: row.get(first + 5)?,
    }))
}

fn ways(db: &Connection, subject: Subject, limits: &DecideLimits) -> Result<Vec<WayRow>, StoreError> {
    let mut statement = db.prepare_cached(WAYS)?;
    let about = named_params! {
        "$1": subject.account,
        "$2": subject.room,
        "$3": subject.notification,
        "$4": today(limits.now),
    };
    let mut rows = statement.query(about)?;
    let mut ways = Vec::new();
    while let Some(row) = rows.next()? {
        ways.push(WayRow {
            channel: channel(&row.get::<_, String>(0)?)?,
            open: row.get(1)?,
            told: row.get(2)?,
            told_urgent: row.get(3)?,
            today: row.get(4)?,
            today_since: row.get(5)?,
        });
    }
    Ok(ways)
}

fn put_off(tx: &Write<'_>, Settled { subject, decision, .. }: &Settled) -> Result<(), StoreError> {
    let key = [subject.account, subject.room, subject.notification];
    match decision.again_at {
        None => tx
            .prepare_cached(
                "DELETE FROM outreach_checks WHERE account_id = ?1 AND room_id = ?2 AND notification_id = ?3",
            )?
            .execute(key)?,
        Some(at) => tx
            .prepare_cached(
                "UPDATE outreach_checks SET due_at = ?4
                 WHERE account_id = ?1 AND room_id = ?2 AND notification_id = ?3",
            )?
            .execute([subject.account, subject.room, subject.notification, at.millis()])?,
    };
    Ok(())
}
