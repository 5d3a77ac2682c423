//! Connections that only read, kept for reuse; a read never waits for the writer (WAL).

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bedside_runtime::Runtime;
use rusqlite::Connection;

use super::connection;
use super::error::{CacheError, OpenError};
use crate::keys::DataKey;

/// Idle connections kept; more are opened when needed and closed after use.
const KEPT: usize = 4;

/// A cheap handle to the pool.
#[derive(Clone)]
pub(super) struct Readers {
    shared: Arc<Shared>,
}

struct Shared {
    runtime: Runtime,
    file: PathBuf,
    key: DataKey,
    idle: Mutex<Idle>,
}

enum Idle {
    Open(Vec<Connection>),
    Closed,
}

impl Readers {
    pub(super) fn new(runtime: Runtime, file: PathBuf, key: DataKey, first: Connection) -> Self {
        let idle = Mutex::new(Idle::Open(vec![first]));
        Readers { shared: Arc::new(Shared { runtime, file, key, idle }) }
    }

    /// Runs a read in one transaction, so that everything it sees is of one moment.
    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, CacheError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, CacheError> + Send + 'static,
    {
        let shared = self.shared.clone();
        self.shared.runtime.blocking(move || shared.read(work)).await
    }

    pub(super) fn close(&self) {
        *self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner) = Idle::Closed;
    }
}

impl Shared {
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, CacheError>) -> Result<T, CacheError> {
        let mut db = self.take()?;
        let tx = db.transaction()?;
        let answer = work(&tx);
        tx.finish()?;
        self.give_back(db);
        answer
    }

    fn take(&self) -> Result<Connection, CacheError> {
        match &mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner) {
            Idle::Closed => return Err(CacheError::Closed),
            Idle::Open(connections) => {
                if let Some(connection) = connections.pop() {
                    return Ok(connection);
                }
            }
        }
        connection::reader(&self.file, &self.key).map_err(|error| match error {
            OpenError::Store(error) => error,
            _ => CacheError::Closed,
        })
    }

    fn give_back(&self, db: Connection) {
        if let Idle::Open(connections) = &mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner)
            && connections.len() < KEPT
        {
            connections.push(db);
        }
    }
}
