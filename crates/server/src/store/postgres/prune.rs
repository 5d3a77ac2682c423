//! Removing what nothing can ask for any more, so that the database does not grow with its age alone.
//!
//! Messages, commands, devices and audit rows stay for ever.

use bedside_protocol::{Timestamp, limits};

use super::drafts;
use super::tx::{Tx, at};
use crate::store::StoreError;
use crate::store::common::prune::{ALERT_KEPT_MS, AT_ONCE, SESSION_KEPT_MS, old_alerts, old_dispatches};
pub(super) use crate::store::common::prune::{Place, Step};

const OLD_ALERTS: &str = old_alerts!("= ANY (ARRAY(", "))");
const OLD_DISPATCHES: &str = old_dispatches!("= ANY (ARRAY(", "))");

/// Prunes a little.
pub(super) async fn some(tx: &Tx<'_>, from: Place, now: Timestamp) -> Result<Step, StoreError> {
    match from {
        Place::Feeds(account) => feed(tx, account).await,
        Place::Sessions(after) => sessions(tx, after, now).await,
        Place::Drafts => drafts(tx, now).await,
        Place::Alerts => oldest(tx, OLD_ALERTS, (from, Some(Place::Dispatches)), now).await,
        Place::Dispatches => oldest(tx, OLD_DISPATCHES, (from, None), now).await,
    }
}

/// The oldest rows of the next feed that is longer than what is replayed.
async fn feed(tx: &Tx<'_>, from: i64) -> Result<Step, StoreError> {
    let found = tx
        .maybe(
            "SELECT account_id, head FROM feed_heads
             WHERE account_id >= $1 AND head > $2 ORDER BY account_id LIMIT 1",
            &[&from, &limits::FEED_REPLAY_MAX],
        )
        .await?;
    let Some(row) = found else { return Ok(Step { removed: 0, next: Some(Place::Sessions(0)) }) };
    let (account, head): (i64, i64) = (at(&row, 0)?, at(&row, 1)?);
    let removed = tx
        .run(
            "DELETE FROM feed WHERE account_id = $1 AND feed_seq <= least($2,
               (SELECT feed_seq FROM feed WHERE account_id = $1 ORDER BY feed_seq LIMIT 1) + $3)",
            &[&account, &(head - limits::FEED_REPLAY_MAX), &AT_ONCE],
        )
        .await?;
    let next = if removed == 0 { account + 1 } else { account };
    Ok(Step { removed, next: Some(Place::Feeds(next)) })
}

/// Sessions that have run out or were ended, and would have run out by then.
async fn sessions(tx: &Tx<'_>, after: i64, now: Timestamp) -> Result<Step, StoreError> {
    let row = tx
        .one(
            "SELECT max(id) FROM (SELECT id FROM sessions WHERE id > $1 ORDER BY id LIMIT $2) AS next",
            &[&after, &AT_ONCE],
        )
        .await?;
    let Some(last) = at::<Option<i64>>(&row, 0)? else {
        return Ok(Step { removed: 0, next: Some(Place::Drafts) });
    };
    let removed = tx
        .run(
            "DELETE FROM sessions WHERE id > $1 AND id <= $2 AND expires_at < $3",
            &[&after, &last, &(now.millis() - SESSION_KEPT_MS)],
        )
        .await?;
    Ok(Step { removed, next: Some(Place::Sessions(last)) })
}

/// Words that no device has put again for long.
async fn drafts(tx: &Tx<'_>, now: Timestamp) -> Result<Step, StoreError> {
    let removed = drafts::forget(tx, now, AT_ONCE).await?;
    Ok(Step { removed, next: Some(if removed > 0 { Place::Drafts } else { Place::Alerts }) })
}

/// The oldest of a table, until none of a portion is old enough.
async fn oldest(
    tx: &Tx<'_>,
    sql: &str,
    (here, next): (Place, Option<Place>),
    now: Timestamp,
) -> Result<Step, StoreError> {
    let removed = tx.run(sql, &[&AT_ONCE, &(now.millis() - ALERT_KEPT_MS)]).await?;
    Ok(Step { removed, next: if removed == 0 { next } else { Some(here) } })
}
