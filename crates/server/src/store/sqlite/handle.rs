//! Opening the store, and handing work to its writer and readers.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

use bedside_runtime::Runtime;
use rusqlite::Connection;

use super::open::{self, OpenError, StoreOptions};
use super::readers::Readers;
use super::writer::{Write, Writer, WriterStats};
use super::{Inner, SqliteStore, seal};
use crate::store::{StoreError, StoreFacts};

impl SqliteStore {
    /// Opens the database of a data folder, making both if missing, and brings its schema up to date. Blocks.
    ///
    /// # Errors
    /// When another process has the folder, the key or file is wrong, the schema is newer than this build, or
    /// durability cannot be guaranteed.
    pub fn open(runtime: Runtime, folder: &Path, options: &StoreOptions) -> Result<Self, OpenError> {
        let opened = open::open(&runtime, folder, options)?;
        let demo = opened.facts.demo;
        Ok(Self {
            inner: Arc::new(Inner {
                writer: Writer::start(&runtime, opened.writer, opened.moved),
                readers: Readers::new(opened.readers),
                demo_facts: StoreFacts { demo: true, ..opened.facts.clone() },
                facts: opened.facts,
                demo: AtomicBool::new(demo),
                there: RwLock::default(),
                lock: opened.lock,
                runtime,
            }),
        })
    }

    /// Whether the clinic of a data folder is served elsewhere.
    #[must_use]
    pub fn has_moved(folder: &Path) -> bool {
        open::moved::file(folder).exists()
    }

    /// How often the writer has committed, and how many jobs that made durable.
    #[must_use]
    pub fn writer_stats(&self) -> WriterStats {
        self.inner.writer.stats()
    }

    /// Recomputes the chain of audit seals; false when any sealed row is not as it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_chain_holds(&self) -> Result<bool, StoreError> {
        self.read(seal::chain_holds).await
    }

    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Fn(&Write<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.inner.writer.write(work).await
    }

    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.inner.readers.read(&self.inner.runtime, work).await
    }
}
