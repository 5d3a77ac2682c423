//! Seals audit rows: each seal's hash covers the rows since the last one and the last one's hash, so that no row
//! can be changed or taken out later without every following seal failing.

use bedside_protocol::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::writer::Write;
use crate::store::StoreError;
use crate::store::common::seal::{AuditRow, Hash, Link, ROWS_PER_SEAL};

/// Seals what is not sealed yet; how many rows that were.
pub(super) fn seal(tx: &Write<'_>, now: Timestamp) -> Result<u64, StoreError> {
    let mut link = newest(tx)?.unwrap_or_default();
    let mut rows = 0;
    while let Some((next, covered)) = extend(tx, link, ROWS_PER_SEAL)? {
        insert(tx, next, now)?;
        rows += covered;
        link = next;
    }
    Ok(rows)
}

/// Recomputes the chain from the rows; false at the first seal that does not match.
pub(super) fn chain_holds(db: &Connection) -> Result<bool, StoreError> {
    let mut link = Link::default();
    while let Some(sealed) = seal_after(db, link.last_audit_id)? {
        match extend_to(db, link, sealed.last_audit_id)? {
            Some(computed) if computed == sealed => link = sealed,
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// The link over the next rows, at most so many, and how many it covers.
fn extend(db: &Connection, from: Link, rows: i64) -> Result<Option<(Link, u64)>, StoreError> {
    let last: Option<i64> = db
        .prepare_cached("SELECT max(id) FROM (SELECT id FROM audit WHERE id > ?1 ORDER BY id LIMIT ?2)")?
        .query_row(params![from.last_audit_id, rows], |row| row.get(0))?;
    let Some(last) = last else { return Ok(None) };
    let (hash, covered) = hash_rows(db, from, last)?;
    Ok(Some((Link { last_audit_id: last, hash }, covered)))
}

fn extend_to(db: &Connection, from: Link, last: i64) -> Result<Option<Link>, StoreError> {
    let (hash, covered) = hash_rows(db, from, last)?;
    Ok((covered > 0).then_some(Link { last_audit_id: last, hash }))
}

fn hash_rows(db: &Connection, from: Link, last: i64) -> Result<(Hash, u64), StoreError> {
    let mut hasher = Sha256::new_with_prefix(from.hash);
    let mut covered = 0;
    let mut statement = db.prepare_cached(
        "SELECT id, happened_at, event, actor_id, device_id, room_id, object_id
         FROM audit WHERE id > ?1 AND id <= ?2 ORDER BY id",
    )?;
    let mut rows = statement.query(params![from.last_audit_id, last])?;
    while let Some(row) = rows.next()? {
        hasher.update(row_at(row)?.canonical());
        covered += 1;
    }
    Ok((hasher.finalize().into(), covered))
}

fn row_at(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    Ok(AuditRow {
        id: row.get(0)?,
        happened_at: row.get(1)?,
        event: row.get(2)?,
        actor: row.get(3)?,
        device: row.get(4)?,
        room: row.get(5)?,
        object: row.get(6)?,
    })
}

fn newest(db: &Connection) -> Result<Option<Link>, StoreError> {
    let link = db
        .prepare_cached("SELECT last_audit_id, hash FROM audit_seals ORDER BY last_audit_id DESC LIMIT 1")?
        .query_row([], link_at)
        .optional()?;
    Ok(link)
}

fn seal_after(db: &Connection, audit_id: i64) -> Result<Option<Link>, StoreError> {
    let link = db
        .prepare_cached(
            "SELECT last_audit_id, hash FROM audit_seals WHERE last_audit_id > ?1
             ORDER BY last_audit_id LIMIT 1",
        )?
        .query_row([audit_id], link_at)
        .optional()?;
    Ok(link)
}

fn link_at(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link { last_audit_id: row.get(0)?, hash: row.get(1)? })
}

fn insert(tx: &Write<'_>, link: Link, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("INSERT INTO audit_seals (last_audit_id, hash, sealed_at) VALUES (?1, ?2, ?3)")?
        .execute(params![link.last_audit_id, link.hash, now.millis()])?;
    Ok(())
}
