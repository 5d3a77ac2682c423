//! A new life of the database, after a backup was put back (sync rule 10).
//!
//! Apps hold messages, and pages hold addresses, that the restored copy lacks. A new epoch makes every app rebuild and
//! offer its own again; the jump keeps what is made from now on from taking a number that somebody has seen before.

use bedside_protocol::Timestamp;
use rusqlite::params;

use super::audit::{Entry, Event, audit};
use super::writer::Write;
use crate::store::StoreError;
pub(super) use crate::store::common::epoch::Jump;

pub(super) fn begin(tx: &Write<'_>, epoch: &str, jump: Jump, now: Timestamp) -> Result<(), StoreError> {
    set(tx, "epoch", epoch)?;
    jump_ids(tx, jump)?;
    jump_role_numbers(tx, jump)?;
    audit(tx, Entry::new(Event::EpochBegun, None), now)
}

fn set(tx: &Write<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![key, value])?;
    Ok(())
}

/// Every `AUTOINCREMENT` counter, those of tables that have had no row yet included.
fn jump_ids(tx: &Write<'_>, Jump(by): Jump) -> Result<(), StoreError> {
    tx.execute("UPDATE sqlite_sequence SET seq = seq + ?1", [by])?;
    tx.execute(
        "INSERT INTO sqlite_sequence (name, seq)
         SELECT name, ?1 FROM sqlite_schema
         WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)",
        [by],
    )?;
    Ok(())
}

/// The platform's numbers within a role have no counter of their own; the base is where they go on.
fn jump_role_numbers(tx: &Write<'_>, Jump(by): Jump) -> Result<(), StoreError> {
    let highest: i64 =
        tx.query_row("SELECT coalesce(max(role_no), 0) FROM accounts", [], |row| row.get(0))?;
    set(tx, "role_no_base", &(highest + by).to_string())
}
