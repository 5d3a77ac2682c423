//! Sessions and the devices they belong to. Tokens are known by their hash only; expiry slides.

use bedside_protocol::{AccountId, DeviceId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::audit::{Entry, Event, audit};
use super::people::role_at;
use super::writer::Write;
use crate::access::{Action, Decision, Relation, can};
pub(super) use crate::store::common::session::Found;
use crate::store::common::session::SessionRow;
use crate::store::{Actor, NewSession, Session, SessionKind, StoreError, TokenHash};

pub(super) fn create(tx: &Write<'_>, new: &NewSession) -> Result<Session, StoreError> {
    let device = match continued(tx, new)? {
        Some(device) => device,
        None => insert_device(tx, new)?,
    };
    insert(tx, new, device)?;
    let row = with_token(tx, &new.token)?.ok_or(StoreError::Corrupt("a session of a disabled account"))?;
    audit(tx, Entry::new(Event::SignedIn, Some(row.session.actor)), new.now)?;
    Ok(row.session)
}

pub(super) fn find(db: &Connection, token: &TokenHash, now: Timestamp) -> Result<Found, StoreError> {
    Ok(Found::by(with_token(db, token)?, now))
}

/// A live session, left as it is.
pub(super) fn peek(
    db: &Connection,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<Session>, StoreError> {
    Ok(with_token(db, token)?.and_then(|row| row.live(now)))
}

/// Moves the expiry of a live session, or ends one that has run out.
pub(super) fn touch(
    tx: &Write<'_>,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<Session>, StoreError> {
    let Some(row) = with_token(tx, token)? else { return Ok(None) };
    if row.session.expires_at <= now {
        let actor = row.session.actor;
        finish(tx, actor.session_id, now)?;
        audit(tx, Entry::new(Event::SessionExpired, Some(actor)), now)?;
        return Ok(None);
    }
    let session = row.used(now);
    tx.prepare_cached("UPDATE sessions SET used_at = ?2, expires_at = ?3 WHERE id = ?1")?
        .execute(params![session.actor.session_id, now.millis(), session.expires_at.millis()])?;
    Ok(Some(session))
}

pub(super) fn end(tx: &Write<'_>, actor: Actor, now: Timestamp) -> Result<(), StoreError> {
    if can(actor.role, Action::UseAccount, Relation::Oneself) == Decision::Allow
        && finish(tx, actor.session_id, now)?
    {
        audit(tx, Entry::new(Event::SignedOut, Some(actor)), now)?;
    }
    Ok(())
}

/// Ends a session; false if it had ended.
fn finish(tx: &Write<'_>, session: i64, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx
        .prepare_cached("UPDATE sessions SET ended_at = ?2 WHERE id = ?1 AND ended_at IS NULL")?
        .execute(params![session, now.millis()])?;
    Ok(changed == 1)
}

/// The account's own device that the session asks to continue, unless it is another's or revoked.
fn continued(tx: &Write<'_>, new: &NewSession) -> Result<Option<DeviceId>, StoreError> {
    let Some(device) = new.device_id else { return Ok(None) };
    let found = tx
        .prepare_cached(
            "UPDATE devices SET name = ?3, platform = ?4
             WHERE id = ?1 AND account_id = ?2 AND revoked_at IS NULL RETURNING id",
        )?
        .query_row(params![device.get(), new.account_id.get(), new.device_name, new.platform], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(found.map(DeviceId))
}

fn insert_device(tx: &Write<'_>, new: &NewSession) -> Result<DeviceId, StoreError> {
    tx.prepare_cached(
        "INSERT INTO devices (account_id, name, platform, created_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![new.account_id.get(), new.device_name, new.platform, new.now.millis()])?;
    Ok(DeviceId(tx.last_insert_rowid()))
}

fn insert(tx: &Write<'_>, new: &NewSession, device: DeviceId) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO sessions
           (account_id, device_id, kind, token_hash, lifetime_ms, created_at, used_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
    )?
    .execute(params![
        new.account_id.get(),
        device.get(),
        new.kind.word(),
        new.token.0,
        new.lifetime_ms,
        new.now.millis(),
        new.now.millis().saturating_add(new.lifetime_ms),
    ])?;
    Ok(())
}

/// A session that has not been ended, of an account and device that may still act. It may have run out.
fn with_token(db: &Connection, token: &TokenHash) -> Result<Option<SessionRow>, StoreError> {
    let row = db
        .prepare_cached(
            "SELECT s.id, s.account_id, a.role, s.device_id, s.kind, s.expires_at, s.used_at, s.lifetime_ms
             FROM sessions s
             JOIN accounts a ON a.id = s.account_id
             JOIN devices d ON d.id = s.device_id
             WHERE s.token_hash = ?1 AND s.ended_at IS NULL AND a.disabled_at IS NULL AND d.revoked_at IS NULL",
        )?
        .query_row([token.0], session_row)
        .optional()?;
    Ok(row)
}

fn session_row(row: &Row<'_>) -> rusqlite::Result<SessionRow> {
    let actor = Actor {
        session_id: row.get(0)?,
        account_id: AccountId(row.get(1)?),
        role: role_at(row, 2)?,
        device_id: DeviceId(row.get(3)?),
    };
    let kind = SessionKind::parse(row.get_ref(4)?.as_str()?);
    let session = Session { actor, kind, expires_at: Timestamp(row.get(5)?) };
    Ok(SessionRow { session, used_at: row.get(6)?, lifetime_ms: row.get(7)? })
}
