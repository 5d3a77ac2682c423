//! Seals audit rows: each seal's hash covers the rows since the last one and the last one's hash, so that no row
//! can be changed or taken out later without every following seal failing.
//!
//! Ids are given before a transaction commits: a row may appear behind one that is there. What is sealed is therefore
//! bounded while nobody writes ([`bound`]): a row that came later with an earlier id would break the chain.

use bedside_protocol::Timestamp;
use sha2::{Digest, Sha256};
use tokio_postgres::Row;

use super::tx::{Tx, at};
use crate::store::StoreError;
use crate::store::common::seal::{AuditRow, Hash, Link, ROWS_PER_SEAL};

/// The last row there is, of which all before it are there too. Waits for the transactions under way, and lets no other
/// begin to write meanwhile: to be asked in a transaction that does nothing else.
pub(super) async fn bound(tx: &Tx<'_>) -> Result<i64, StoreError> {
    tx.script("SET LOCAL lock_timeout = '2s'; LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE").await?;
    at(&tx.one("SELECT coalesce(max(id), 0) FROM audit", &[]).await?, 0)
}

/// Seals what is not sealed yet, up to a row; how many rows that were.
pub(super) async fn seal(tx: &Tx<'_>, up_to: i64, now: Timestamp) -> Result<u64, StoreError> {
    tx.script("LOCK TABLE audit_seals IN SHARE ROW EXCLUSIVE MODE").await?; // One sealer at a time.
    let mut link = newest(tx).await?.unwrap_or_default();
    let mut rows = 0;
    while let Some((next, covered)) = extend(tx, link, up_to).await? {
        tx.run(
            "INSERT INTO audit_seals (last_audit_id, hash, sealed_at) VALUES ($1, $2, $3)",
            &[&next.last_audit_id, &next.hash.as_slice(), &now.millis()],
        )
        .await?;
        rows += covered;
        link = next;
    }
    Ok(rows)
}

/// Recomputes the chain from the rows; false at the first seal that does not match.
pub(super) async fn chain_holds(tx: &Tx<'_>) -> Result<bool, StoreError> {
    let mut link = Link::default();
    while let Some(sealed) = seal_after(tx, link.last_audit_id).await? {
        let (hash, covered) = hash_rows(tx, link, sealed.last_audit_id).await?;
        if covered == 0 || hash != sealed.hash {
            return Ok(false);
        }
        link = sealed;
    }
    Ok(true)
}

/// The link over the next rows, and how many it covers.
async fn extend(tx: &Tx<'_>, from: Link, up_to: i64) -> Result<Option<(Link, u64)>, StoreError> {
    let row = tx
        .one(
            "SELECT max(id) FROM
               (SELECT id FROM audit WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) AS next",
            &[&from.last_audit_id, &up_to, &ROWS_PER_SEAL],
        )
        .await?;
    let Some(last) = at::<Option<i64>>(&row, 0)? else { return Ok(None) };
    let (hash, covered) = hash_rows(tx, from, last).await?;
    Ok(Some((Link { last_audit_id: last, hash }, covered)))
}

async fn hash_rows(tx: &Tx<'_>, from: Link, last: i64) -> Result<(Hash, u64), StoreError> {
    let rows = tx
        .rows(
            "SELECT id, happened_at, event, actor_id, device_id, room_id, object_id
             FROM audit WHERE id > $1 AND id <= $2 ORDER BY id",
            &[&from.last_audit_id, &last],
        )
        .await?;
    let mut hasher = Sha256::new_with_prefix(from.hash);
    let mut covered = 0;
    for row in &rows {
        hasher.update(row_at(row)?.canonical());
        covered += 1;
    }
    Ok((hasher.finalize().into(), covered))
}

fn row_at(row: &Row) -> Result<AuditRow, StoreError> {
    Ok(AuditRow {
        id: at(row, 0)?,
        happened_at: at(row, 1)?,
        event: at(row, 2)?,
        actor: at(row, 3)?,
        device: at(row, 4)?,
        room: at(row, 5)?,
        object: at(row, 6)?,
    })
}

async fn newest(tx: &Tx<'_>) -> Result<Option<Link>, StoreError> {
    let sql = "SELECT last_audit_id, hash FROM audit_seals ORDER BY last_audit_id DESC LIMIT 1";
    tx.maybe(sql, &[]).await?.map(|row| link_at(&row)).transpose()
}

async fn seal_after(tx: &Tx<'_>, audit_id: i64) -> Result<Option<Link>, StoreError> {
    let sql = "SELECT last_audit_id, hash FROM audit_seals WHERE last_audit_id > $1
               ORDER BY last_audit_id LIMIT 1";
    tx.maybe(sql, &[&audit_id]).await?.map(|row| link_at(&row)).transpose()
}

fn link_at(row: &Row) -> Result<Link, StoreError> {
    let hash: Vec<u8> = at(row, 1)?;
    let hash = Hash::try_from(hash).map_err(|_| StoreError::Corrupt("a seal that is no hash"))?;
    Ok(Link { last_audit_id: at(row, 0)?, hash })
}
