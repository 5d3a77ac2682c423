//! What a failure of SQLite means to a caller.

use std::sync::Arc;

use rusqlite::ErrorCode;

use crate::store::StoreError;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            error if is_disk(error) => Self::Disk,
            error if is_busy(error) => Self::ReadOnly,
            _ => Self::Database(Box::new(error)),
        }
    }
}

/// A failure that ends a whole batch, told to each of its jobs.
#[derive(Clone, Debug)]
pub(super) enum BatchLost {
    Closing,
    /// The folder has the mark of a clinic that has moved.
    Moved,
    Failed(Arc<rusqlite::Error>),
}

impl From<rusqlite::Error> for BatchLost {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(Arc::new(error))
    }
}

impl From<BatchLost> for StoreError {
    fn from(lost: BatchLost) -> Self {
        match lost {
            BatchLost::Closing => Self::Closing,
            BatchLost::Moved => Self::Moved,
            BatchLost::Failed(error) if is_disk(&error) => Self::Disk,
            BatchLost::Failed(error) if is_busy(&error) => Self::ReadOnly,
            BatchLost::Failed(error) => Self::Database(Box::new(error)),
        }
    }
}

/// Another program writes, and has for longer than is waited.
fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

fn is_disk(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen)
    )
}
