//! How long somebody who keeps failing to sign in must wait; it survives a restart.
//!
//! A key is `account:<name>` or `address:<ip>`. Failures count until fifteen minutes pass without one. From the
//! fifth of an account (twentieth of an address) on, each doubles the wait: 1 s, 2 s, 4 s … fifteen minutes.

use bedside_protocol::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::accounts::{username_key, with_username};
use super::audit::{Entry, Event, audit};
use super::writer::Write;
use crate::store::{LoginThrottle, StoreError};

/// Failures of one account before it must wait.
const ACCOUNT_FAILURES: i64 = 5;
/// Failures from one address before it must wait; a clinic's people share one.
const ADDRESS_FAILURES: i64 = 20;
/// A pause this long forgets the failures.
const WINDOW_MS: i64 = 15 * 60_000;
const FIRST_WAIT_MS: i64 = 1_000;
const LONGEST_WAIT_MS: i64 = 15 * 60_000;
const ACCOUNT_PREFIX: &str = "account:";

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
        LoginThrottle::Succeeded { key } => {
            tx.prepare_cached("DELETE FROM login_throttle WHERE key = ?1")?.execute([canonical(key)])?;
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
    .execute(params![key, failures, now.millis(), now.millis() + wait_after(failures, allowed(key))])?;
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

/// An account's key in the form in which names are the same, so that writing it otherwise buys no further guesses.
fn canonical(key: &str) -> String {
    key.strip_prefix(ACCOUNT_PREFIX)
        .map_or_else(|| key.to_owned(), |name| format!("{ACCOUNT_PREFIX}{}", username_key(name)))
}

fn allowed(key: &str) -> i64 {
    if key.starts_with(ACCOUNT_PREFIX) { ACCOUNT_FAILURES } else { ADDRESS_FAILURES }
}

fn wait_after(failures: i64, allowed: i64) -> i64 {
    match u32::try_from(failures - allowed) {
        Ok(beyond) => FIRST_WAIT_MS.saturating_mul(1_i64 << beyond.min(20)).min(LONGEST_WAIT_MS),
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_begins_at_the_limit_and_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<_> = [4, 5, 6, 7, 14, 15, 1_000].map(|n| wait_after(n, ACCOUNT_FAILURES)).to_vec();
        assert_eq!(waits, [0, 1_000, 2_000, 4_000, 512_000, 900_000, 900_000]);
    }
}
