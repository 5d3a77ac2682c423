//! Who may know of whom whether they are there, who hides it, and when somebody was last seen.

use bedside_protocol::wire::{Preferences, Role};
use bedside_protocol::{AccountId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::audit::{Entry, Event, audit};
use super::writer::Write;
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::presence::{acquaintances as statement, sorted};
use crate::store::{Acquaintance, Acquaintances, Actor, StoreError};

pub(super) fn preferences(db: &Connection, actor: Actor) -> Result<Preferences, StoreError> {
    let hide_presence = db
        .prepare_cached("SELECT hide_presence FROM preferences WHERE account_id = ?1")?
        .query_row([actor.account_id.get()], |row| row.get(0))
        .optional()?;
    Ok(Preferences { hide_presence: hide_presence.unwrap_or(false) })
}

pub(super) fn set_preferences(
    tx: &Write<'_>,
    actor: Actor,
    wish: Preferences,
    now: Timestamp,
) -> Result<(), StoreError> {
    if can(actor.role, Action::UseAccount, Relation::Oneself) != Decision::Allow {
        return Ok(());
    }
    tx.prepare_cached(
        "INSERT INTO preferences (account_id, hide_presence) VALUES (?1, ?2)
         ON CONFLICT (account_id) DO UPDATE SET hide_presence = excluded.hide_presence",
    )?
    .execute(params![actor.account_id.get(), wish.hide_presence])?;
    if wish.hide_presence {
        tx.prepare_cached("DELETE FROM last_seen WHERE account_id = ?1")?
            .execute([actor.account_id.get()])?;
    }
    audit(tx, Entry::new(Event::PreferencesSet, Some(actor)), now)
}

pub(super) fn acquaintances(db: &Connection, actor: Actor) -> Result<Acquaintances, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Acquaintances::default());
    }
    let sql = match actor.role {
        Role::Patient => OF_PATIENT,
        Role::Practitioner | Role::Admin => OF_PRACTITIONER,
    };
    let rows = db
        .prepare_cached(sql)?
        .query_map([actor.account_id.get()], acquaintance)?
        .collect::<Result<_, _>>()?;
    Ok(sorted(actor.account_id, rows))
}

const OF_PATIENT: &str = statement!("patient_id", "practitioner_id", "?1", "0", "NULL");
const OF_PRACTITIONER: &str = statement!("practitioner_id", "patient_id", "?1", "0", "NULL");

fn acquaintance(row: &Row<'_>) -> rusqlite::Result<Acquaintance> {
    Ok(Acquaintance {
        account_id: AccountId(row.get(0)?),
        hidden: row.get(1)?,
        seen_at: row.get::<_, Option<i64>>(2)?.map(Timestamp),
    })
}

pub(super) fn note_seen(tx: &Write<'_>, seen: &[(AccountId, Timestamp)]) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO last_seen (account_id, seen_at)
         SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM preferences WHERE account_id = ?1 AND hide_presence = 1)
         ON CONFLICT (account_id) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)",
    )?;
    for (account, at) in seen {
        statement.execute(params![account.get(), at.millis()])?;
    }
    Ok(())
}
