//! Removing what nothing can ask for any more, so that the database does not grow with its age alone.
//!
//! Messages, commands, devices and audit rows stay for ever.

use bedside_protocol::{Timestamp, limits};
use rusqlite::{OptionalExtension, named_params, params};

use super::drafts;
use super::writer::Write;
use crate::store::StoreError;
use crate::store::common::prune::{ALERT_KEPT_MS, AT_ONCE, SESSION_KEPT_MS, old_alerts, old_dispatches};
pub(super) use crate::store::common::prune::{Place, Step};

const OLD_ALERTS: &str = old_alerts!("IN (", ")");
const OLD_DISPATCHES: &str = old_dispatches!("IN (", ")");

/// Prunes a little.
pub(super) fn some(tx: &Write<'_>, from: Place, now: Timestamp) -> Result<Step, StoreError> {
    match from {
        Place::Feeds(account) => feed(tx, account),
        Place::Sessions(after) => sessions(tx, after, now),
        Place::Drafts => drafts(tx, now),
        Place::Alerts => oldest(tx, OLD_ALERTS, (from, Some(Place::Dispatches)), now),
        Place::Dispatches => oldest(tx, OLD_DISPATCHES, (from, None), now),
    }
}

/// The oldest rows of the next feed that is longer than what is replayed.
fn feed(tx: &Write<'_>, from: i64) -> Result<Step, StoreError> {
    let found = tx
        .prepare_cached(
            "SELECT account_id, head FROM feed_heads
             WHERE account_id >= ?1 AND head > ?2 ORDER BY account_id LIMIT 1",
        )?
        .query_row([from, limits::FEED_REPLAY_MAX], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((account, head)) = found else { return Ok(Step { removed: 0, next: Some(Place::Sessions(0)) }) };
    let removed = tx
        .prepare_cached(
            "DELETE FROM feed WHERE account_id = ?1 AND feed_seq <= min(?2,
               (SELECT feed_seq FROM feed WHERE account_id = ?1 ORDER BY feed_seq LIMIT 1) + ?3)",
        )?
        .execute(params![account, head - limits::FEED_REPLAY_MAX, AT_ONCE])?;
    let next = if removed == 0 { account + 1 } else { account };
    Ok(Step { removed: rows(removed), next: Some(Place::Feeds(next)) })
}

/// Sessions that have run out or were ended, and would have run out by then.
fn sessions(tx: &Write<'_>, after: i64, now: Timestamp) -> Result<Step, StoreError> {
    let last: Option<i64> = tx
        .prepare_cached("SELECT max(id) FROM (SELECT id FROM sessions WHERE id > ?1 ORDER BY id LIMIT ?2)")?
        .query_row([after, AT_ONCE], |row| row.get(0))?;
    let Some(last) = last else { return Ok(Step { removed: 0, next: Some(Place::Drafts) }) };
    let removed = tx
        .prepare_cached("DELETE FROM sessions WHERE id > ?1 AND id <= ?2 AND expires_at < ?3")?
        .execute([after, last, now.millis() - SESSION_KEPT_MS])?;
    Ok(Step { removed: rows(removed), next: Some(Place::Sessions(last)) })
}

/// Words that no device has put again for long.
fn drafts(tx: &Write<'_>, now: Timestamp) -> Result<Step, StoreError> {
    let removed = rows(drafts::forget(tx, now, AT_ONCE)?);
    Ok(Step { removed, next: Some(if removed > 0 { Place::Drafts } else { Place::Alerts }) })
}

/// The oldest of a table, until none of a portion is old enough.
fn oldest(
    tx: &Write<'_>,
    sql: &str,
    (here, next): (Place, Option<Place>),
    now: Timestamp,
) -> Result<Step, StoreError> {
    let removed = rows(
        tx.prepare_cached(sql)?
            .execute(named_params! { "$1": AT_ONCE, "$2": now.millis() - ALERT_KEPT_MS })?,
    );
    Ok(Step { removed, next: if removed == 0 { next } else { Some(here) } })
}

fn rows(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
