//! Accounts: making them, finding them to sign in, reading one's own.

use bedside_protocol::AccountId;
use bedside_protocol::wire::{Account, Role};
use secrecy::{ExposeSecret, SecretString};
use tokio_postgres::Row;

use super::audit::{Entry, Event, audit};
use super::feed;
use super::people::{PERSON_WIDTH, Sees, person_at, person_columns, role_at};
use super::tx::{Tx, at};
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::provision::may_provision;
use crate::store::username::username_key;
use crate::store::{Actor, Credentials, NewAccount, NewAccountOutcome, StoreError};

pub(super) async fn create(
    tx: &Tx<'_>,
    by: Option<Actor>,
    new: &NewAccount,
) -> Result<NewAccountOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(NewAccountOutcome::Forbidden);
    }
    lock_numbers(tx).await?;
    if tx.maybe("SELECT 1 FROM meta WHERE key = 'demo'", &[]).await?.is_some() {
        return Ok(NewAccountOutcome::DemoDatabase);
    }
    if with_username(tx, &new.username).await?.is_some() {
        return Ok(NewAccountOutcome::UsernameTaken);
    }
    let id = insert(tx, new).await?;
    audit(tx, Entry::new(Event::AccountCreated, by).about(id.get()), new.now).await?;
    let account = account(tx, id).await?.ok_or(StoreError::Corrupt("an account vanished"))?;
    Ok(NewAccountOutcome::Created(account))
}

/// Nobody else makes an account, or begins a demo clinic, until this transaction ends: numbers within a role are dense.
pub(super) async fn lock_numbers(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.script("LOCK TABLE meta IN SHARE ROW EXCLUSIVE MODE").await
}

/// Makes an account with its feed. The numbers are locked.
pub(super) async fn insert(tx: &Tx<'_>, new: &NewAccount) -> Result<AccountId, StoreError> {
    let row = tx
        .one(
            "INSERT INTO accounts
               (role, role_no, username, username_key, name, profession, birth_date, password_hash, created_at,
                phone, language, time_zone, record_number)
             VALUES
               ($1, 1 + greatest(coalesce((SELECT max(role_no) FROM accounts WHERE role = $1), 0),
                                 coalesce((SELECT value::BIGINT FROM meta WHERE key = 'role_no_base'), 0)),
                $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             RETURNING id",
            &[
                &new.role.as_str(),
                &new.username.trim(),
                &username_key(&new.username),
                &new.name,
                &new.profession,
                &new.birth_date,
                &new.password_hash.expose_secret(),
                &new.now.millis(),
                &new.facts.phone,
                &new.facts.language,
                &new.facts.time_zone,
                &new.facts.record_number,
            ],
        )
        .await?;
    let account = AccountId(at(&row, 0)?);
    feed::begin(tx, account).await?;
    Ok(account)
}

/// The account of a user name, whatever its role.
pub(super) async fn with_username(
    tx: &Tx<'_>,
    username: &str,
) -> Result<Option<(AccountId, Role)>, StoreError> {
    let sql = "SELECT id, role FROM accounts WHERE username_key = $1";
    let row = tx.maybe(sql, &[&username_key(username)]).await?;
    row.map(|row| Ok((AccountId(at(&row, 0)?), role_at(&row, 1)?))).transpose()
}

pub(super) async fn credentials(tx: &Tx<'_>, username: &str) -> Result<Option<Credentials>, StoreError> {
    let sql = "SELECT id, role, password_hash, disabled_at IS NULL FROM accounts WHERE username_key = $1";
    let row = tx.maybe(sql, &[&username_key(username)]).await?;
    row.map(|row| {
        Ok(Credentials {
            account_id: AccountId(at(&row, 0)?),
            role: role_at(&row, 1)?,
            password_hash: SecretString::from(at::<String>(&row, 2)?),
            enabled: at(&row, 3)?,
        })
    })
    .transpose()
}

/// One's own account.
pub(super) async fn own(tx: &Tx<'_>, actor: Actor) -> Result<Option<Account>, StoreError> {
    match can(actor.role, Action::UseAccount, Relation::Oneself) {
        Decision::Allow => account(tx, actor.account_id).await,
        Decision::Deny | Decision::Hide => Ok(None),
    }
}

async fn account(tx: &Tx<'_>, id: AccountId) -> Result<Option<Account>, StoreError> {
    const SQL: &str =
        concat!("SELECT ", person_columns!("a"), ", a.username FROM accounts a WHERE a.id = $1");
    let row = tx.maybe(SQL, &[&id.get()]).await?;
    row.map(|row| own_at(&row, 0)).transpose()
}

/// One's own account: a person's columns from here on, then the user name.
pub(super) fn own_at(row: &Row, first: usize) -> Result<Account, StoreError> {
    Ok(Account { person: person_at(row, first, Sees::BirthDates)?, username: at(row, first + PERSON_WIDTH)? })
}

/// How many columns [`own_at`] reads.
pub(super) const OWN_WIDTH: usize = PERSON_WIDTH + 1;

/// Whether anybody has an account.
pub(super) async fn any(tx: &Tx<'_>) -> Result<bool, StoreError> {
    at(&tx.one("SELECT EXISTS (SELECT FROM accounts)", &[]).await?, 0)
}
