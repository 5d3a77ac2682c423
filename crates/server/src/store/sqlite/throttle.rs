//! Counting failed sign-ins, by the rule of [`crate::store::common::throttle`].

use bedside_protocol::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::accounts::with_username;
use super::audit::{Entry, Event, audit};
use super::writer::Write;
use crate::store::common::throttle::{
    ACCOUNT_PREFIX, LONGEST_WAIT_MS, WINDOW_MS, canonical, patience, wait_after,
};
use crate::store::{LoginThrottle, StoreError};

pub(super) fn wait(db: &Connection, keys: &[String], now: Timestamp) -> Result<Option<u64>, StoreError> {
    let mut longest = None;
    for key in keys {
        let until = row(db, &canonical(key))?.map_or(0, |row| row.wait_until_at);
        let wait = u64::try_from(until - now.millis()).unwrap_or(0);
        longest = longest.max(Some(wait).filter(|wait| *wait > 0));
    }
    Ok(longest)
}

pub(super) fn record(tx: &Write<'_>, login: &LoginThrottle, now: Timestamp) -> Result<(), StoreError> {
    match login {
        LoginThrottle::Succeeded { keys } => {
            for key in keys {
                tx.prepare_cached("DELETE FROM login_throttle WHERE key = ?1")?.execute([canonical(key)])?;
            }
        }
        LoginThrottle::Failed { keys } => {
            forget_old(tx, now)?;
            for key in keys {
                count_failure(tx, &canonical(key), now)?;
            }
            audit_failure(tx, keys, now)?;
        }
    }
    Ok(())
}

struct ThrottleRow {
    failures: i64,
    failed_at: i64,
    wait_until_at: i64,
}

fn row(db: &Connection, key: &str) -> Result<Option<ThrottleRow>, StoreError> {
    let row = db
        .prepare_cached("SELECT failures, failed_at, wait_until_at FROM login_throttle WHERE key = ?1")?
        .query_row([key], |row| {
            Ok(ThrottleRow { failures: row.get(0)?, failed_at: row.get(1)?, wait_until_at: row.get(2)? })
        })
        .optional()?;
    Ok(row)
}

fn count_failure(tx: &Write<'_>, key: &str, now: Timestamp) -> Result<(), StoreError> {
    let earlier = row(tx, key)?
        .filter(|row| now.millis() < row.failed_at.max(row.wait_until_at) + WINDOW_MS)
        .map_or(0, |row| row.failures);
    let failures = earlier + 1;
    tx.prepare_cached(
        "INSERT INTO login_throttle (key, failures, failed_at, wait_until_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (key) DO UPDATE SET failures = ?2, failed_at = ?3, wait_until_at = ?4",
    )?
    .execute(params![
        key,
        failures,
        now.millis(),
        now.millis() + wait_after(failures, patience(key))
    ])?;
    Ok(())
}

/// Keeps the table as small as the last half hour's failures.
fn forget_old(tx: &Write<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM login_throttle WHERE failed_at < ?1")?
        .execute([now.millis() - WINDOW_MS - LONGEST_WAIT_MS])?;
    Ok(())
}

fn audit_failure(tx: &Write<'_>, keys: &[String], now: Timestamp) -> Result<(), StoreError> {
    let name = keys.iter().find_map(|key| key.strip_prefix(ACCOUNT_PREFIX));
    let account = match name {
        Some(name) => with_username(tx, name)?.map(|(account, _)| account.get()),
        None => None,
    };
    audit(tx, Entry { object: account, ..Entry::new(Event::SignInFailed, None) }, now)
}
