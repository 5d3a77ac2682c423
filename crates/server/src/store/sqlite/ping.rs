//! Whether the database commits: a row that only this writes, so that there is something to sync.

use bedside_protocol::Timestamp;

use super::writer::Write;
use crate::store::StoreError;

/// The row of `meta` that says when it was last found out; no copy of the database takes it over.
pub(super) const PINGED_AT: &str = "pinged_at";

pub(super) fn write(tx: &Write<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute((PINGED_AT, now.millis().to_string()))?;
    Ok(())
}
