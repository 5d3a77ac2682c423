//! Counting failed sign-ins, by the rule of [`crate::store::common::throttle`], for all servers together.

use bedside_protocol::Timestamp;

use super::accounts::with_username;
use super::audit::{Entry, Event, audit};
use super::tx::{Tx, at};
use crate::store::common::throttle::{
    ACCOUNT_PREFIX, LONGEST_WAIT_MS, WINDOW_MS, canonical, patience, wait_after,
};
use crate::store::{LoginThrottle, StoreError};

pub(super) async fn wait(tx: &Tx<'_>, keys: &[String], now: Timestamp) -> Result<Option<u64>, StoreError> {
    let keys: Vec<String> = keys.iter().map(|key| canonical(key)).collect();
    let row = tx.one("SELECT max(wait_until_at) FROM login_throttle WHERE key = ANY($1)", &[&keys]).await?;
    let until: Option<i64> = at(&row, 0)?;
    let wait = until.and_then(|until| u64::try_from(until - now.millis()).ok());
    Ok(wait.filter(|wait| *wait > 0))
}

pub(super) async fn record(tx: &Tx<'_>, login: &LoginThrottle, now: Timestamp) -> Result<(), StoreError> {
    match login {
        LoginThrottle::Succeeded { keys } => {
            let keys: Vec<String> = keys.iter().map(|key| canonical(key)).collect();
            tx.run(
                "DELETE FROM login_throttle WHERE key IN
                   (SELECT key FROM login_throttle WHERE key = ANY($1) ORDER BY key FOR UPDATE)",
                &[&keys],
            )
            .await?;
        }
        LoginThrottle::Failed { keys } => {
            let mut sorted: Vec<String> = keys.iter().map(|key| canonical(key)).collect();
            sorted.sort_unstable(); // Rows are locked in this order by everybody.
            for key in &sorted {
                count_failure(tx, key, now).await?;
            }
            forget_old(tx, now).await?; // Passes over what others have locked: it waits for nobody.
            audit_failure(tx, keys, now).await?;
        }
    }
    Ok(())
}

/// Counted by the statement that writes: two servers at once count two.
async fn count_failure(tx: &Tx<'_>, key: &str, now: Timestamp) -> Result<(), StoreError> {
    let row = tx
        .one(
            "INSERT INTO login_throttle AS held (key, failures, failed_at, wait_until_at) VALUES ($1, 1, $2, 0)
             ON CONFLICT (key) DO UPDATE SET failed_at = $2, failures =
               CASE WHEN $2 < greatest(held.failed_at, held.wait_until_at) + $3 THEN held.failures + 1 ELSE 1 END
             RETURNING failures",
            &[&key, &now.millis(), &WINDOW_MS],
        )
        .await?;
    let wait = wait_after(at(&row, 0)?, patience(key));
    tx.run(
        "UPDATE login_throttle SET wait_until_at = $2 WHERE key = $1",
        &[&key, &now.millis().saturating_add(wait)],
    )
    .await?;
    Ok(())
}

/// Keeps the table as small as the last half hour's failures. A row that another server has just locked is left to it.
async fn forget_old(tx: &Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "DELETE FROM login_throttle WHERE key IN
           (SELECT key FROM login_throttle WHERE failed_at < $1 ORDER BY key FOR UPDATE SKIP LOCKED)",
        &[&(now.millis() - WINDOW_MS - LONGEST_WAIT_MS)],
    )
    .await?;
    Ok(())
}

async fn audit_failure(tx: &Tx<'_>, keys: &[String], now: Timestamp) -> Result<(), StoreError> {
    let account = match keys.iter().find_map(|key| key.strip_prefix(ACCOUNT_PREFIX)) {
        Some(name) => with_username(tx, name).await?.map(|(account, _)| account.get()),
        None => None,
    };
    audit(tx, Entry { object: account, ..Entry::new(Event::SignInFailed, None) }, now).await
}
