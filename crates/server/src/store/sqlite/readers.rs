//! Read-only connections, lent to one reader at a time.

use std::sync::{Arc, Mutex, PoisonError};

use bedside_runtime::Runtime;
use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::store::StoreError;

pub(super) struct Readers {
    /// One permit per connection: whoever has one finds a connection, unless the store is closing.
    permits: Arc<Semaphore>,
    free: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(connections: Vec<Connection>) -> Self {
        Self { permits: Arc::new(Semaphore::new(connections.len())), free: Arc::new(Mutex::new(connections)) }
    }

    /// Runs work in one read transaction.
    pub(super) async fn read<T, F>(&self, runtime: &Runtime, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let lent = self.lend().await.ok_or(StoreError::Closing)?;
        runtime.blocking(move || lent.in_transaction(work)).await
    }

    /// Lets no new reader in and closes the connections as they come back.
    pub(super) fn close(&self) {
        self.permits.close();
        lock(&self.free).clear();
    }

    async fn lend(&self) -> Option<Lent> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.ok()?;
        let connection = lock(&self.free).pop()?;
        let (permits, free) = (Arc::clone(&self.permits), Arc::clone(&self.free));
        Some(Lent { connection: Some(connection), free, permits, _permit: permit })
    }
}

/// Goes back by being dropped, so that neither a reader who stops waiting nor a panic loses a connection.
struct Lent {
    connection: Option<Connection>,
    free: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    _permit: OwnedSemaphorePermit,
}

impl Lent {
    fn in_transaction<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let connection = self.connection.as_ref().ok_or(StoreError::Closing)?;
        connection.prepare_cached("BEGIN")?.execute([])?;
        let result = work(connection);
        connection.prepare_cached("ROLLBACK")?.execute([])?;
        result
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let clean = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
        if clean && !self.permits.is_closed() {
            lock(&self.free).push(connection);
        }
    }
}

fn lock(free: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    free.lock().unwrap_or_else(PoisonError::into_inner)
}
