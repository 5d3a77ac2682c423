//! Whether the database commits: a word in its log that nobody reads, and no row that servers would wait for each other at.

use super::tx::Tx;
use crate::store::StoreError;

/// A transaction that has changed nothing does not wait for a standby; one that has written to the log does.
pub(super) async fn write(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.one("SELECT pg_logical_emit_message(true, 'bedside.ping', '') IS NOT NULL", &[]).await.map(drop)
}
