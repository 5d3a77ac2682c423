//! What can go wrong with the cache, told apart by what a caller may do about it.

use rusqlite::ErrorCode as Sqlite;

/// Why a cache could not be opened. Nothing on disk is changed by any of these.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process, or another handle of this one, has the profile open.
    #[error("the profile is open elsewhere")]
    InUse,
    /// The key does not open the file, or the file is no database of ours. It has been left as it is.
    #[error("the key does not open the cache")]
    WrongKey,
    /// A newer version of the app wrote it.
    #[error("the cache was written by a newer version")]
    Newer,
    /// An applied migration differs from the one this build knows.
    #[error("migration {id} differs from the one applied")]
    MigrationChanged {
        /// Which.
        id: i64,
    },
    /// A safety setting did not take: the build links the wrong SQLite.
    #[error("the setting {setting} did not take effect")]
    Unsafe {
        /// Which.
        setting: &'static str,
    },
    /// The folder or the lock file.
    #[error("cannot use the profile's folder")]
    Folder(#[source] std::io::Error),
    /// Anything else.
    #[error("cannot open the cache")]
    Store(#[from] CacheError),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(Sqlite::NotADatabase) => OpenError::WrongKey,
            _ => OpenError::Store(error.into()),
        }
    }
}

/// Why a read or write failed. A failed write changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The cache has been closed.
    #[error("the cache is closed")]
    Closed,
    /// The disk is full, gone or read-only.
    #[error("the disk cannot be written")]
    Disk(#[source] rusqlite::Error),
    /// The file is damaged.
    #[error("the cache is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// A stored value has a form this build does not know.
    #[error("a stored {what} cannot be read")]
    Unreadable {
        /// What kind of value.
        what: &'static str,
    },
    /// No such room, message or outbox row.
    #[error("no such row")]
    NotFound,
    /// The server may have the message already.
    #[error("the server may have the message")]
    NotDiscardable,
    /// Somebody else's text, a message that was taken back, or a conversation that is over.
    #[error("the message cannot be changed")]
    NotChangeable,
    /// Any other refusal of the database: a defect of ours.
    #[error("the database refused")]
    Sql(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for CacheError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(Sqlite::DiskFull | Sqlite::ReadOnly | Sqlite::SystemIoFailure | Sqlite::CannotOpen) => {
                CacheError::Disk(error)
            }
            Some(Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) => CacheError::Damaged(error),
            _ => CacheError::Sql(error),
        }
    }
}
