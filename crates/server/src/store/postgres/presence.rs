//! Who may know of whom whether they are there, who hides it, and when somebody was last seen.

use bedside_protocol::wire::{Preferences, Role};
use bedside_protocol::{AccountId, Timestamp};
use tokio_postgres::Row;

use super::audit::{Entry, Event, audit};
use super::tx::{Tx, at};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::presence::{acquaintances as statement, sorted};
use crate::store::{Acquaintance, Acquaintances, Actor, StoreError};

pub(super) async fn preferences(tx: &Tx<'_>, actor: Actor) -> Result<Preferences, StoreError> {
    let sql = "SELECT hide_presence FROM preferences WHERE account_id = $1";
    let row = tx.maybe(sql, &[&actor.account_id.get()]).await?;
    let hide_presence = row.map(|row| at(&row, 0)).transpose()?.unwrap_or(false);
    Ok(Preferences { hide_presence })
}

pub(super) async fn set_preferences(
    tx: &Tx<'_>,
    actor: Actor,
    wish: Preferences,
    now: Timestamp,
) -> Result<(), StoreError> {
    if can(actor.role, Action::UseAccount, Relation::Oneself) != Decision::Allow {
        return Ok(());
    }
    tx.run(
        "INSERT INTO preferences (account_id, hide_presence) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET hide_presence = excluded.hide_presence",
        &[&actor.account_id.get(), &wish.hide_presence],
    )
    .await?;
    if wish.hide_presence {
        tx.run("DELETE FROM last_seen WHERE account_id = $1", &[&actor.account_id.get()]).await?;
    }
    audit(tx, Entry::new(Event::PreferencesSet, Some(actor)), now).await
}

pub(super) async fn acquaintances(tx: &Tx<'_>, actor: Actor) -> Result<Acquaintances, StoreError> {
    if can(actor.role, Action::SeeOwnLists, Relation::Oneself) != Decision::Allow {
        return Ok(Acquaintances::default());
    }
    let sql = match actor.role {
        Role::Patient => OF_PATIENT,
        Role::Practitioner | Role::Admin => OF_PRACTITIONER,
    };
    let rows = tx.rows(sql, &[&actor.account_id.get()]).await?;
    let rows = rows.iter().map(acquaintance).collect::<Result<_, _>>()?;
    Ok(sorted(actor.account_id, rows))
}

const OF_PATIENT: &str = statement!("patient_id", "practitioner_id", "$1::BIGINT", "FALSE", "NULL::BIGINT");
const OF_PRACTITIONER: &str =
    statement!("practitioner_id", "patient_id", "$1::BIGINT", "FALSE", "NULL::BIGINT");

fn acquaintance(row: &Row) -> Result<Acquaintance, StoreError> {
    Ok(Acquaintance {
        account_id: AccountId(at(row, 0)?),
        hidden: at(row, 1)?,
        seen_at: at::<Option<i64>>(row, 2)?.map(Timestamp),
    })
}

/// Rows are locked in order of their accounts, as another server that notes the same people does.
pub(super) async fn note_seen(tx: &Tx<'_>, seen: &[(AccountId, Timestamp)]) -> Result<(), StoreError> {
    let (accounts, moments): (Vec<i64>, Vec<i64>) =
        seen.iter().map(|(account, at)| (account.get(), at.millis())).unzip();
    // Nobody is told that it is stored: it does not wait for a standby that is away.
    tx.script("SET LOCAL synchronous_commit = off").await?;
    tx.run(
        "INSERT INTO last_seen (account_id, seen_at)
         SELECT new.account_id, new.seen_at FROM unnest($1::BIGINT[], $2::BIGINT[]) AS new (account_id, seen_at)
         WHERE NOT EXISTS (SELECT FROM preferences p WHERE p.account_id = new.account_id AND p.hide_presence)
         ORDER BY new.account_id
         ON CONFLICT (account_id) DO UPDATE SET seen_at = greatest(last_seen.seen_at, excluded.seen_at)",
        &[&accounts, &moments],
    )
    .await?;
    Ok(())
}
