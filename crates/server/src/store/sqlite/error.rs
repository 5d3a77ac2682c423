//! What a failure of SQLite means to a caller.

use std::sync::Arc;

use rusqlite::ErrorCode;

use crate::store::StoreError;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if is_disk(&error) { Self::Disk } else { Self::Database(Box::new(error)) }
    }
}

/// A failure that ends a whole batch, told to each of its jobs.
#[derive(Clone, Debug)]
pub(super) enum BatchLost {
    Closing,
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
            BatchLost::Failed(error) if is_disk(&error) => Self::Disk,
            BatchLost::Failed(error) => Self::Database(Box::new(error)),
        }
    }
}

fn is_disk(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen)
    )
}
