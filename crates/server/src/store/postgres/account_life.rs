//! What an administrator does to an account that exists: shutting it out, letting it in, giving it a new password.

use bedside_protocol::{AccountId, Timestamp};
use secrecy::ExposeSecret;

use super::accounts::with_username;
use super::audit::{Entry, Event, audit};
use super::feed::{self, Object};
use super::people::partners;
use super::tx::Tx;
use crate::store::common::provision::may_provision;
use crate::store::{AccountChange, AccountOutcome, Actor, FactsChange, StoreError};

pub(super) async fn change(
    tx: &Tx<'_>,
    by: Option<Actor>,
    username: &str,
    change: &AccountChange,
    now: Timestamp,
) -> Result<AccountOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(AccountOutcome::Forbidden);
    }
    let Some((account, _)) = with_username(tx, username).await? else {
        return Ok(AccountOutcome::NoSuchAccount);
    };
    let event = match change {
        AccountChange::Disable => {
            let sql = "UPDATE accounts SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL";
            tx.run(sql, &[&account.get(), &now.millis()]).await?;
            Event::AccountDisabled
        }
        AccountChange::Enable => {
            tx.run("UPDATE accounts SET disabled_at = NULL WHERE id = $1", &[&account.get()]).await?;
            Event::AccountEnabled
        }
        AccountChange::SetPassword(hash) => {
            let sql = "UPDATE accounts SET password_hash = $2 WHERE id = $1";
            tx.run(sql, &[&account.get(), &hash.expose_secret()]).await?;
            Event::PasswordSet
        }
        AccountChange::SignOut => Event::SignedOutEverywhere,
        AccountChange::SetFacts(facts) => {
            set_facts(tx, account, facts, now).await?;
            Event::PersonChanged
        }
    };
    if !matches!(change, AccountChange::Enable | AccountChange::SetFacts(_)) {
        end_sessions(tx, account, now).await?;
    }
    audit(tx, Entry::new(event, by).about(account.get()), now).await?;
    Ok(AccountOutcome::Done)
}

/// Everyone who is linked learns of it.
async fn set_facts(
    tx: &Tx<'_>,
    account: AccountId,
    change: &FactsChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    let FactsChange { phone, language, time_zone, record_number } = change;
    tx.run(
        "UPDATE accounts SET phone = CASE WHEN $2 THEN $3 ELSE phone END,
           language = CASE WHEN $4 THEN $5 ELSE language END,
           time_zone = CASE WHEN $6 THEN $7 ELSE time_zone END,
           record_number = CASE WHEN $8 THEN $9 ELSE record_number END
         WHERE id = $1",
        &[
            &account.get(),
            &phone.is_some(),
            &phone.as_ref().and_then(Option::as_ref),
            &language.is_some(),
            &language.as_ref().and_then(Option::as_ref),
            &time_zone.is_some(),
            &time_zone.as_ref().and_then(Option::as_ref),
            &record_number.is_some(),
            &record_number.as_ref().and_then(Option::as_ref),
        ],
    )
    .await?;
    let partners = partners(tx, account).await?;
    if !partners.is_empty() {
        feed::append(tx, &partners, &Object::person(account), now).await?;
    }
    Ok(())
}

/// None comes back, whatever happens to the account later.
async fn end_sessions(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(
        "UPDATE sessions SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL",
        &[&account.get(), &now.millis()],
    )
    .await?;
    Ok(())
}
