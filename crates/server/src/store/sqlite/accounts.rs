//! Accounts: making them, finding them to sign in, reading one's own.

use bedside_protocol::AccountId;
use bedside_protocol::wire::{Account, Role};
use rusqlite::{Connection, OptionalExtension, params};
use secrecy::{ExposeSecret, SecretString};

use super::audit::{Entry, Event, audit};
use super::people::{PERSON_WIDTH, Sees, person_at, person_columns, role_at};
use super::writer::Write;
use crate::access::{Action, Decision, Relation, can};
use crate::store::common::provision::may_provision;
use crate::store::username::username_key;
use crate::store::{Actor, Credentials, NewAccount, NewAccountOutcome, StoreError};

pub(super) fn create(
    tx: &Write<'_>,
    by: Option<Actor>,
    new: &NewAccount,
    demo: bool,
) -> Result<NewAccountOutcome, StoreError> {
    if !may_provision(by) {
        return Ok(NewAccountOutcome::Forbidden);
    }
    if demo {
        return Ok(NewAccountOutcome::DemoDatabase);
    }
    if with_username(tx, &new.username)?.is_some() {
        return Ok(NewAccountOutcome::UsernameTaken);
    }
    let id = insert(tx, new)?;
    audit(tx, Entry::new(Event::AccountCreated, by).about(id.get()), new.now)?;
    let account = account(tx, id)?.ok_or(StoreError::Corrupt("an account vanished"))?;
    Ok(NewAccountOutcome::Created(account))
}

/// Numbers within the role are dense; the write lock keeps two from getting the same.
pub(super) fn insert(tx: &Write<'_>, new: &NewAccount) -> Result<AccountId, StoreError> {
    // Not RETURNING: with it SQLite plans to scan every table that refers to accounts.
    tx.prepare_cached(
        "INSERT INTO accounts
           (role, role_no, username, username_key, name, profession, birth_date, password_hash, created_at,
            phone, language, time_zone, record_number)
         VALUES
           (?1, 1 + max(coalesce((SELECT max(role_no) FROM accounts WHERE role = ?1), 0),
                            coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'role_no_base'), 0)),
            ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        new.role.as_str(),
        new.username.trim(),
        username_key(&new.username),
        new.name,
        new.profession,
        new.birth_date,
        new.password_hash.expose_secret(),
        new.now.millis(),
        new.facts.phone,
        new.facts.language,
        new.facts.time_zone,
        new.facts.record_number,
    ])?;
    Ok(AccountId(tx.last_insert_rowid()))
}

/// The account of a user name, whatever its role.
pub(super) fn with_username(
    db: &Connection,
    username: &str,
) -> Result<Option<(AccountId, Role)>, StoreError> {
    let found = db
        .prepare_cached("SELECT id, role FROM accounts WHERE username_key = ?1")?
        .query_row([username_key(username)], |row| Ok((AccountId(row.get(0)?), role_at(row, 1)?)))
        .optional()?;
    Ok(found)
}

pub(super) fn credentials(db: &Connection, username: &str) -> Result<Option<Credentials>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT id, role, password_hash, disabled_at IS NULL FROM accounts WHERE username_key = ?1",
        )?
        .query_row([username_key(username)], |row| {
            Ok(Credentials {
                account_id: AccountId(row.get(0)?),
                role: role_at(row, 1)?,
                password_hash: SecretString::from(row.get::<_, String>(2)?),
                enabled: row.get(3)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// One's own account.
pub(super) fn own(db: &Connection, actor: Actor) -> Result<Option<Account>, StoreError> {
    match can(actor.role, Action::UseAccount, Relation::Oneself) {
        Decision::Allow => account(db, actor.account_id),
        Decision::Deny | Decision::Hide => Ok(None),
    }
}

fn account(db: &Connection, id: AccountId) -> Result<Option<Account>, StoreError> {
    let account = db
        .prepare_cached(concat!(
            "SELECT ",
            person_columns!("a"),
            ", a.username FROM accounts a WHERE a.id = ?1"
        ))?
        .query_row([id.get()], |row| {
            Ok(Account { person: person_at(row, 0, Sees::BirthDates)?, username: row.get(PERSON_WIDTH)? })
        })
        .optional()?;
    Ok(account)
}

/// Whether anybody has an account.
pub(super) fn any(db: &Connection) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM accounts WHERE id > 0)")?
        .query_row([], |row| row.get(0))?)
}
