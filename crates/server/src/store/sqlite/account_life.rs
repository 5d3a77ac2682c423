//! What an administrator does to an account that exists: shutting it out, letting it in, giving it a new password.

use bedside_protocol::{AccountId, Timestamp};
use rusqlite::params;
use secrecy::ExposeSecret;

use super::accounts::with_username;
use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::people::partners;
use super::writer::Write;
use crate::store::common::provision::may_provision;
use crate::store::{AccountChange, AccountOutcome, Actor, FactsChange, StoreError};

pub(super) fn change(
    tx: &Write<'_>,
    by: Option<Actor>,
    username: &str,
    change: &AccountChange,
    now: Timestamp,
) -> Result<AccountOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(AccountOutcome::Forbidden);
    }
    let Some((account, _)) = with_username(tx, username)? else {
        return Ok(AccountOutcome::NoSuchAccount);
    };
    match change {
        AccountChange::Disable => disable(tx, account, now)?,
        AccountChange::Enable => enable(tx, account)?,
        AccountChange::SetPassword(hash) => set_password(tx, account, hash.expose_secret())?,
        AccountChange::SignOut => {}
        AccountChange::SetFacts(facts) => set_facts(tx, account, facts, now)?,
    }
    if !matches!(change, AccountChange::Enable | AccountChange::SetFacts(_)) {
        end_sessions(tx, account, now)?;
    }
    audit(tx, Entry::new(event(change), by).about(account.get()), now)?;
    Ok(AccountOutcome::Done)
}

const fn event(change: &AccountChange) -> Event {
    match change {
        AccountChange::Disable => Event::AccountDisabled,
        AccountChange::Enable => Event::AccountEnabled,
        AccountChange::SetPassword(_) => Event::PasswordSet,
        AccountChange::SignOut => Event::SignedOutEverywhere,
        AccountChange::SetFacts(_) => Event::PersonChanged,
    }
}

fn disable(tx: &Write<'_>, account: AccountId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE accounts SET disabled_at = ?2 WHERE id = ?1 AND disabled_at IS NULL")?
        .execute(params![account.get(), now.millis()])?;
    Ok(())
}

fn enable(tx: &Write<'_>, account: AccountId) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE accounts SET disabled_at = NULL WHERE id = ?1")?.execute([account.get()])?;
    Ok(())
}

fn set_password(tx: &Write<'_>, account: AccountId, hash: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE accounts SET password_hash = ?2 WHERE id = ?1")?
        .execute(params![account.get(), hash])?;
    Ok(())
}

/// Everyone who is linked learns of it.
fn set_facts(
    tx: &Write<'_>,
    account: AccountId,
    change: &FactsChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    let FactsChange { phone, language, time_zone, record_number } = change;
    tx.prepare_cached(
        "UPDATE accounts SET phone = iif(?2, ?3, phone), language = iif(?4, ?5, language),
           time_zone = iif(?6, ?7, time_zone), record_number = iif(?8, ?9, record_number)
         WHERE id = ?1",
    )?
    .execute(params![
        account.get(),
        phone.is_some(),
        phone.as_ref().and_then(Option::as_ref),
        language.is_some(),
        language.as_ref().and_then(Option::as_ref),
        time_zone.is_some(),
        time_zone.as_ref().and_then(Option::as_ref),
        record_number.is_some(),
        record_number.as_ref().and_then(Option::as_ref),
    ])?;
    for partner in partners(tx, account)? {
        feed::append(tx, partner, &Object::person(account), now)?;
    }
    Ok(())
}

/// None comes back, whatever happens to the account later.
fn end_sessions(tx: &Write<'_>, account: AccountId, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE sessions SET ended_at = ?2 WHERE account_id = ?1 AND ended_at IS NULL")?
        .execute(params![account.get(), now.millis()])?;
    Ok(())
}
