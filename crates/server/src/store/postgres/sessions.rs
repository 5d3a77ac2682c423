//! Sessions and the devices they belong to. Tokens are known by their hash only; expiry slides.

use bedside_protocol::{AccountId, DeviceId, Timestamp};
use tokio_postgres::Row;

use super::audit::{Entry, Event, audit};
use super::people::role_at;
use super::tx::{Tx, at};
use crate::access::{Action, Decision, Relation, can};
pub(super) use crate::store::common::session::Found;
use crate::store::common::session::SessionRow;
use crate::store::{Actor, NewSession, Session, SessionKind, StoreError, TokenHash};

pub(super) async fn create(tx: &Tx<'_>, new: &NewSession) -> Result<Session, StoreError> {
    let device = match continued(tx, new).await? {
        Some(device) => device,
        None => insert_device(tx, new).await?,
    };
    insert(tx, new, device).await?;
    let row = with_token(tx, WITH_TOKEN, &new.token).await?;
    let row = row.ok_or(StoreError::Corrupt("a session of a disabled account"))?;
    audit(tx, Entry::new(Event::SignedIn, Some(row.session.actor)), new.now).await?;
    Ok(row.session)
}

pub(super) async fn find(tx: &Tx<'_>, token: &TokenHash, now: Timestamp) -> Result<Found, StoreError> {
    Ok(Found::by(with_token(tx, WITH_TOKEN, token).await?, now))
}

/// A live session, left as it is.
pub(super) async fn peek(
    tx: &Tx<'_>,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<Session>, StoreError> {
    Ok(with_token(tx, WITH_TOKEN, token).await?.and_then(|row| row.live(now)))
}

/// Moves the expiry of a live session to where it has been moved; false if it has ended, or others are at it.
pub(super) async fn slide(tx: &Tx<'_>, used: &Session, now: Timestamp) -> Result<bool, StoreError> {
    let end = used.expires_at.millis();
    Ok(tx.run(SLIDE, &[&used.actor.session_id, &now.millis(), &end]).await? == 1)
}

/// Nobody is told that it is stored: whoever only reads waits neither for the disk nor for a standby that is away, nor
/// for a session that is just being ended and waits for one.
const SLIDE: &str = "WITH hurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', TRUE)),
      free AS MATERIALIZED (
        SELECT id FROM sessions WHERE id = $1 AND ended_at IS NULL FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE sessions s SET used_at = greatest(s.used_at, $2), expires_at = greatest(s.expires_at, $3)
    FROM hurried, free WHERE s.id = free.id";

/// Ends a session that has run out, unless somebody used it in the last moment.
pub(super) async fn run_out(
    tx: &Tx<'_>,
    token: &TokenHash,
    now: Timestamp,
) -> Result<Option<Session>, StoreError> {
    let Some(row) = with_token(tx, WITH_TOKEN_LOCKED, token).await? else { return Ok(None) };
    let session = row.session;
    if session.expires_at > now {
        return Ok(Some(session));
    }
    finish(tx, session.actor.session_id, now).await?;
    audit(tx, Entry::new(Event::SessionExpired, Some(session.actor)), now).await?;
    Ok(None)
}

pub(super) async fn end(tx: &Tx<'_>, actor: Actor, now: Timestamp) -> Result<(), StoreError> {
    if can(actor.role, Action::UseAccount, Relation::Oneself) == Decision::Allow
        && finish(tx, actor.session_id, now).await?
    {
        audit(tx, Entry::new(Event::SignedOut, Some(actor)), now).await?;
    }
    Ok(())
}

/// Ends a session; false if it had ended.
async fn finish(tx: &Tx<'_>, session: i64, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.run(sql, &[&session, &now.millis()]).await? == 1)
}

/// The account's own device that the session asks to continue, unless it is another's or revoked.
async fn continued(tx: &Tx<'_>, new: &NewSession) -> Result<Option<DeviceId>, StoreError> {
    let Some(device) = new.device_id else { return Ok(None) };
    let row = tx
        .maybe(
            "UPDATE devices SET name = $3, platform = $4
             WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING id",
            &[&device.get(), &new.account_id.get(), &new.device_name, &new.platform],
        )
        .await?;
    row.map(|row| Ok(DeviceId(at(&row, 0)?))).transpose()
}

async fn insert_device(tx: &Tx<'_>, new: &NewSession) -> Result<DeviceId, StoreError> {
    let row = tx
        .one(
            "INSERT INTO devices (account_id, name, platform, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
            &[&new.account_id.get(), &new.device_name, &new.platform, &new.now.millis()],
        )
        .await?;
    Ok(DeviceId(at(&row, 0)?))
}

async fn insert(tx: &Tx<'_>, new: &NewSession, device: DeviceId) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO sessions
           (account_id, device_id, kind, token_hash, lifetime_ms, created_at, used_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
        &[
            &new.account_id.get(),
            &device.get(),
            &new.kind.word(),
            &new.token.0.as_slice(),
            &new.lifetime_ms,
            &new.now.millis(),
            &new.now.millis().saturating_add(new.lifetime_ms),
        ],
    )
    .await?;
    Ok(())
}

/// A session that has not been ended, of an account and device that may still act. It may have run out. The caller
/// adds columns after its own, tables, and what else is to be done.
macro_rules! token_query {
    ($columns:expr, $tables:expr, $rest:literal) => {
        concat!(
            "SELECT s.id, s.account_id, a.role, s.device_id, s.kind, s.expires_at, s.used_at, s.lifetime_ms",
            $columns,
            " FROM sessions s
             JOIN accounts a ON a.id = s.account_id
             JOIN devices d ON d.id = s.device_id ",
            $tables,
            " WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL AND d.revoked_at IS NULL ",
            $rest
        )
    };
}
pub(super) use token_query;

/// How many columns of its own [`token_query`] names.
pub(super) const SESSION_WIDTH: usize = 8;

pub(super) const WITH_TOKEN: &str = token_query!("", "", "");
const WITH_TOKEN_LOCKED: &str = token_query!("", "", "FOR NO KEY UPDATE OF s");

async fn with_token(tx: &Tx<'_>, sql: &str, token: &TokenHash) -> Result<Option<SessionRow>, StoreError> {
    let row = tx.maybe(sql, &[&token.0.as_slice()]).await?;
    row.map(|row| session_row(&row)).transpose()
}

/// The session of a row of [`token_query`].
pub(super) fn session_row(row: &Row) -> Result<SessionRow, StoreError> {
    let actor = Actor {
        session_id: at(row, 0)?,
        account_id: AccountId(at(row, 1)?),
        role: role_at(row, 2)?,
        device_id: DeviceId(at(row, 3)?),
    };
    let kind = SessionKind::parse(at(row, 4)?);
    let session = Session { actor, kind, expires_at: Timestamp(at(row, 5)?) };
    Ok(SessionRow { session, used_at: at(row, 6)?, lifetime_ms: at(row, 7)? })
}
