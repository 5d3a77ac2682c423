//! Moves a clinic from the embedded database into PostgreSQL.
//!
//! One thing is done over and over: a stretch of a table is read from the source, the same stretch from the target, and
//! the target is made equal in one transaction. It does not matter what was copied before, what has changed since or
//! where it was interrupted. The first pass runs beside a server; during the last a server can only read: it goes through
//! everything once more, compares digests, and only then says that the clinic has moved.
//!
//! Never changes the source, but for the mark that it has moved; never prints or logs anything of what it copies.

mod error;
pub(in crate::store) mod row;
pub(in crate::store) mod table;
mod verify;

use std::path::PathBuf;

use bedside_runtime::Runtime;
use secrecy::SecretString;

pub use error::CopyError;
use row::{Key, Row};
use table::{Resume, TABLES, Table};

use super::common::epoch::fresh_epoch;
use super::postgres::PgOptions;
use super::postgres::copy_target::CopyTarget;
use super::sqlite::copy_source::CopySource;

/// Rows of a stretch: some hundred kilobytes.
const BATCH: usize = 2_000;

/// What is copied, and where to.
#[derive(Debug)]
pub struct CopyOptions {
    /// The clinic's data folder.
    pub from: PathBuf,
    /// What its database is encrypted with.
    pub key: Option<SecretString>,
    /// An empty database, or one with an unfinished copy of this clinic.
    pub to: PgOptions,
    /// How far it is to go.
    pub pass: Pass,
}

/// How far a copy is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// As far as it gets beside a running server.
    BesideServer,
    /// To its end; a server that runs can only read meanwhile, and ends when the clinic has moved.
    Last,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Rows are copied, or found to be there.
    Copying,
    /// Both databases are read again.
    Verifying,
}

/// How far it is.
#[derive(Clone, Copy, Debug)]
pub struct CopyProgress {
    /// Of what.
    pub stage: Stage,
    /// In which table.
    pub table: &'static str,
    /// Rows looked at.
    pub done: u64,
    /// Rows there are.
    pub total: u64,
}

/// Is told after every stretch.
pub type OnProgress = Box<dyn Fn(CopyProgress) + Send + Sync>;

/// Copies a clinic; may be interrupted at any moment and begun again.
///
/// # Errors
/// When either side cannot be opened or used for this, or fails, or what was copied is not what is there.
pub async fn copy_store(
    runtime: &Runtime,
    options: &CopyOptions,
    progress: OnProgress,
) -> Result<(), CopyError> {
    let mut copy = Copy::begin(runtime, options, progress).await?;
    copy.copy(options.pass).await?;
    if options.pass == Pass::Last {
        copy.verify().await?;
        copy.finish().await?;
    }
    Ok(())
}

struct Copy<'r> {
    runtime: &'r Runtime,
    /// Lent to the thread that reads; there otherwise.
    source: Option<CopySource>,
    target: CopyTarget,
    total: u64,
    progress: OnProgress,
}

impl<'r> Copy<'r> {
    async fn begin(
        runtime: &'r Runtime,
        options: &CopyOptions,
        progress: OnProgress,
    ) -> Result<Self, CopyError> {
        let (from, key, pass) = (options.from.clone(), options.key.clone(), options.pass);
        let source = runtime.blocking(move || CopySource::open(&from, key, pass)).await?;
        let target = CopyTarget::open(runtime, &options.to, source.epoch()).await?;
        let total = source.rows();
        Ok(Self { runtime, source: Some(source), target, total, progress })
    }

    async fn copy(&mut self, pass: Pass) -> Result<(), CopyError> {
        let mut done = 0;
        for table in TABLES {
            done = self.copy_table(table, pass, done).await?;
        }
        // The next pass looks at everything: rows may have been added anywhere.
        Ok(self.target.forget_places().await?)
    }

    async fn copy_table(
        &mut self,
        table: &'static Table,
        pass: Pass,
        mut done: u64,
    ) -> Result<u64, CopyError> {
        let mut after = None;
        if pass == Pass::BesideServer
            && table.resume == Resume::Continue
            && let Some(place) = self.target.place(table).await?
        {
            after = Some(place.key);
            done += place.rows;
        }
        let before = done;
        loop {
            let rows = self.page(table, after.clone()).await?;
            let last = rows.last().map(|row| row.key(table));
            let full = rows.len() >= BATCH;
            done += u64::try_from(rows.len()).unwrap_or_default();
            let until = if full { last.as_ref() } else { None };
            self.target.make_equal(table, after.as_ref(), until, rows, done - before).await?;
            self.tell(Stage::Copying, table, done);
            match last {
                Some(last) if full => after = Some(last),
                _ => return Ok(done),
            }
        }
    }

    /// The next rows of the source.
    async fn page(&mut self, table: &'static Table, after: Option<Key>) -> Result<Vec<Row>, CopyError> {
        let source = self.source.take().ok_or(crate::store::StoreError::Closing)?;
        let (source, page) = self
            .runtime
            .blocking(move || {
                let page = source.page(table, after.as_ref(), BATCH);
                (source, page)
            })
            .await;
        self.source = Some(source);
        let page = page?;
        if page.iter().any(Row::has_nul) { Err(CopyError::ZeroCharacter(table.name)) } else { Ok(page) }
    }

    fn tell(&self, stage: Stage, table: &Table, done: u64) {
        // Rows written since they were counted are not there to the count.
        let total = self.total.max(done);
        (self.progress)(CopyProgress { stage, table: table.name, done, total });
    }

    /// From the mark on nobody serves the folder, from the commit on the target may be served: at no moment both.
    async fn finish(mut self) -> Result<(), CopyError> {
        let source = self.source.take().ok_or(crate::store::StoreError::Closing)?;
        let now = self.runtime.now();
        let handover = source.handover()?;
        let ready = self.target.ready(&handover, &fresh_epoch(self.runtime), now).await?;
        source.mark_moved(now)?;
        ready.commit().await.map_err(|error| CopyError::LastStep(error::without_content(error)))
    }
}
