//! A database as the target of a copy: claimed, filled stretch by stretch, and handed over as a clinic.
//!
//! Until the copy is finished a mark in `meta` keeps every server out.

mod finish;
mod stretch;

use bedside_runtime::Runtime;
use deadpool_postgres::Client;
use serde::{Deserialize, Serialize};
use tokio_postgres::error::SqlState;

use super::open::{self, UNFINISHED};
use super::tx::{Tx, at};
use super::{PgOpenError, PgOptions, migrate};
use crate::store::StoreError;
use crate::store::copy::CopyError;
use crate::store::copy::row::Key;
use crate::store::copy::table::Table;

/// The clinic that this database is a finished copy of.
const COPIED_FROM: &str = "copied_from";
/// "copy" as a number: who holds this lock copies.
const LOCK: i64 = 0x63_6f_70_79;

/// A claimed database.
pub(in crate::store) struct CopyTarget {
    client: Client,
    source_epoch: String,
}

/// How far a table is copied.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct Place {
    pub(in crate::store) key: Key,
    pub(in crate::store) rows: u64,
}

impl CopyTarget {
    /// Claims a database for the clinic of this epoch.
    pub(in crate::store) async fn open(
        runtime: &Runtime,
        options: &PgOptions,
        source_epoch: &str,
    ) -> Result<Self, CopyError> {
        let pool = open::pool(options).map_err(PgOpenError::from)?;
        let mut client = pool.get().await.map_err(|error| PgOpenError::from(StoreError::from(error)))?;
        open::check(&mut client, options.durability).await?;
        take_lock(&client).await?;
        migrate::migrate(&mut client, runtime.now()).await.map_err(PgOpenError::from)?;
        let mut target = Self { client, source_epoch: source_epoch.to_owned() };
        target.claim().await?;
        Ok(target)
    }

    /// A server that opens the database waits for the lock on `meta`, and then sees the mark.
    async fn claim(&mut self) -> Result<(), CopyError> {
        let tx = Tx::to_write(&mut self.client).await?;
        tx.script("LOCK TABLE meta IN ACCESS EXCLUSIVE MODE").await?;
        match meta(&tx, UNFINISHED).await? {
            Some(epoch) if epoch != self.source_epoch => return Err(CopyError::AnotherClinic),
            Some(_) => {}
            None if meta(&tx, COPIED_FROM).await?.is_some_and(|epoch| epoch == self.source_epoch) => {
                return Err(CopyError::Finished);
            }
            None if is_used(&tx).await? => return Err(CopyError::NotEmpty),
            None => begin(&tx, &self.source_epoch).await?,
        }
        if has_server(&tx).await? {
            return Err(CopyError::ServerOnTarget);
        }
        Ok(tx.commit().await?)
    }

    /// Where a table's copy is to go on, if it was interrupted.
    pub(in crate::store) async fn place(&mut self, table: &Table) -> Result<Option<Place>, StoreError> {
        let tx = Tx::to_read(&mut self.client).await?;
        let row = tx.maybe("SELECT place FROM copy_progress WHERE table_name = $1", &[&table.name]).await?;
        let Some(row) = row else { return Ok(None) };
        let place: String = at(&row, 0)?;
        serde_json::from_str(&place).map(Some).map_err(|_| StoreError::Corrupt("copy_progress"))
    }

    /// The next pass begins at the start of every table.
    pub(in crate::store) async fn forget_places(&mut self) -> Result<(), StoreError> {
        let tx = Tx::to_write(&mut self.client).await?;
        tx.run("DELETE FROM copy_progress", &[]).await?;
        tx.commit().await
    }
}

/// Held as long as the connection; one that has just died may hold it a moment longer.
async fn take_lock(client: &Client) -> Result<(), CopyError> {
    client
        .batch_execute("SET application_name = 'bedside-server copy-store'")
        .await
        .map_err(StoreError::from)?;
    match client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await {
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => Err(CopyError::CopyUnderWay),
        Err(error) => Err(StoreError::from(error).into()),
    }
}

async fn meta(tx: &Tx<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let row = tx.maybe("SELECT value FROM meta WHERE key = $1", &[&key]).await?;
    row.map(|row| at(&row, 0)).transpose()
}

async fn is_used(tx: &Tx<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT FROM accounts) OR EXISTS (SELECT FROM audit)
                 OR EXISTS (SELECT FROM login_throttle) OR EXISTS (SELECT FROM meta WHERE key <> 'epoch')";
    at(&tx.one(sql, &[]).await?, 0)
}

async fn has_server(tx: &Tx<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT FROM pg_stat_activity
               WHERE datname = current_database() AND application_name = 'bedside-server')";
    at(&tx.one(sql, &[]).await?, 0)
}

async fn begin(tx: &Tx<'_>, source_epoch: &str) -> Result<(), StoreError> {
    tx.run("INSERT INTO meta (key, value) VALUES ($1, $2)", &[&UNFINISHED, &source_epoch]).await?;
    tx.script("CREATE TABLE copy_progress (table_name TEXT PRIMARY KEY, place TEXT NOT NULL)").await
}
