//! The end of a copy: what is not in a table, and the mark taken away, in one transaction.

use bedside_protocol::Timestamp;

use super::{COPIED_FROM, CopyTarget};
use crate::store::StoreError;
use crate::store::postgres::audit::{Entry, Event, audit};
use crate::store::postgres::open::UNFINISHED;
use crate::store::postgres::tx::Tx;
use crate::store::sqlite::copy_source::Handover;

/// All but committed.
pub(in crate::store) struct Ready<'c>(Tx<'c>);

impl Ready<'_> {
    /// From now on servers open the database.
    pub(in crate::store) async fn commit(self) -> Result<(), StoreError> {
        self.0.commit().await
    }
}

impl CopyTarget {
    /// A new epoch, so that every app asks anew; no number jumps, for nothing was lost.
    pub(in crate::store) async fn ready(
        &mut self,
        handover: &Handover,
        epoch: &str,
        now: Timestamp,
    ) -> Result<Ready<'_>, StoreError> {
        // Else the first queries are planned for empty tables.
        self.client.batch_execute("ANALYZE").await?;
        let tx = Tx::to_write(&mut self.client).await?;
        for (key, value) in &handover.meta {
            set(&tx, key, value).await?;
        }
        set(&tx, "epoch", epoch).await?;
        set(&tx, COPIED_FROM, &self.source_epoch).await?;
        tx.run("DELETE FROM meta WHERE key = $1", &[&UNFINISHED]).await?;
        tx.script("DROP TABLE copy_progress").await?;
        for (table, highest) in &handover.highest {
            go_on_after(&tx, table, *highest).await?;
        }
        begin_feeds(&tx).await?;
        audit(&tx, Entry::new(Event::EpochBegun, None), now).await?;
        Ok(Ready(tx))
    }
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

/// A table's next number is beyond the highest it has ever given, also to rows that are gone.
async fn go_on_after(tx: &Tx<'_>, table: &str, highest: i64) -> Result<(), StoreError> {
    let sql = "SELECT setval(pg_get_serial_sequence($1, 'id')::regclass, $2) WHERE $2 > 0";
    tx.run(sql, &[&table, &highest]).await?;
    Ok(())
}

/// The embedded database begins an account's feed with its first event, this one with the account.
async fn begin_feeds(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO feed_heads (account_id, head) SELECT id, 0 FROM accounts
         ON CONFLICT (account_id) DO NOTHING",
        &[],
    )
    .await?;
    Ok(())
}
