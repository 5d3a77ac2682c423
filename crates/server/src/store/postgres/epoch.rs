//! A new life of the database, after a backup was put back (sync rule 10).
//!
//! Apps hold messages, and pages hold addresses, that the restored copy lacks. A new epoch makes every app rebuild and
//! offer its own again; the jump keeps what is made from now on from taking a number that somebody has seen before.

use bedside_protocol::Timestamp;

use super::accounts::lock_numbers;
use super::audit::{Entry, Event, audit};
use super::tx::{Tx, at};
use crate::store::StoreError;
pub(super) use crate::store::common::epoch::{Jump, fresh_epoch};

pub(super) async fn begin(
    tx: &Tx<'_>,
    epoch: &str,
    Jump(by): Jump,
    now: Timestamp,
) -> Result<(), StoreError> {
    lock_numbers(tx).await?;
    set(tx, "epoch", epoch).await?;
    jump_ids(tx, by).await?;
    let row = tx.one("SELECT coalesce(max(role_no), 0) FROM accounts", &[]).await?;
    set(tx, "role_no_base", &(at::<i64>(&row, 0)? + by).to_string()).await?;
    audit(tx, Entry::new(Event::EpochBegun, None), now).await
}

async fn set(tx: &Tx<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO meta (key, value) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &[&key, &value],
    )
    .await?;
    Ok(())
}

/// The counter of every table whose rows are numbered.
async fn jump_ids(tx: &Tx<'_>, by: i64) -> Result<(), StoreError> {
    tx.rows(
        "SELECT setval(counter, nextval(counter) + $1)
         FROM (SELECT pg_get_serial_sequence(quote_ident(table_name), column_name)::regclass AS counter
               FROM information_schema.columns
               WHERE table_schema = current_schema() AND is_identity = 'YES') AS counters",
        &[&by],
    )
    .await?;
    Ok(())
}
