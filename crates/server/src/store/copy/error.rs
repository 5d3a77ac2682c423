//! Why a clinic is not copied.

use std::path::PathBuf;

use crate::store::StoreError;
use crate::store::postgres::PgOpenError;
use crate::store::sqlite::OpenError;

/// Why a clinic is not copied. No sentence holds anything of what is copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Nothing to copy.
    #[error("there is no clinic in {0}")]
    NoClinic(PathBuf),
    /// Somebody else holds it, such as an administrator's command.
    #[error("another program holds the database in {0}: wait until it has ended, then run this again")]
    OpenElsewhere(PathBuf),
    /// The two would not have the same columns.
    #[error("the clinic in {0} is of another version: serve it once with this program, then copy it")]
    AnotherVersion(PathBuf),
    /// The folder or its database cannot be opened.
    #[error("the clinic cannot be opened")]
    Source(#[from] OpenError),
    /// The target cannot be opened.
    #[error("the target cannot be opened")]
    Target(#[from] PgOpenError),
    /// It would mix two clinics.
    #[error("the target holds a clinic already: name an empty database")]
    NotEmpty,
    /// Begun from another folder, or before the clinic was put back from a backup.
    #[error("the target holds an unfinished copy of another clinic: name an empty database")]
    AnotherClinic,
    /// Nothing is left to do.
    #[error("this clinic's copy is finished already: serve it with --database")]
    Finished,
    /// It would not notice that the clinic arrives.
    #[error("a server is running on the target: stop it first")]
    ServerOnTarget,
    /// Two at once.
    #[error("another copy into this database is under way")]
    CopyUnderWay,
    /// The copy is not the original.
    #[error(
        "the table {0} is not the same on both sides: something else has changed the target; \
         name an empty database and copy again"
    )]
    Differs(&'static str),
    /// PostgreSQL stores no such text.
    #[error(
        "a row of {0} holds a zero character, which PostgreSQL does not store; nothing of it was changed"
    )]
    ZeroCharacter(&'static str),
    /// A database failed.
    #[error("the copy stopped; run it again and it goes on")]
    Database(#[source] StoreError),
    /// Whether the last step was done is not known.
    #[error(
        "the connection was lost at the very end; run this again with --finish: it says what is the case"
    )]
    LastStep(#[source] StoreError),
    /// The folder could not be marked, so that the clinic did not move.
    #[error("cannot write {file}; the clinic has not moved")]
    Mark {
        /// The mark's file.
        file: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl From<StoreError> for CopyError {
    fn from(error: StoreError) -> Self {
        Self::Database(without_content(error))
    }
}

/// PostgreSQL's details quote the row.
pub(super) fn without_content(error: StoreError) -> StoreError {
    let StoreError::Database(source) = error else { return error };
    let told = source.downcast_ref::<tokio_postgres::Error>().and_then(tokio_postgres::Error::as_db_error);
    match told.map(|told| format!("{} ({})", told.message(), told.code().code())) {
        Some(told) => StoreError::Database(told.into()),
        None => StoreError::Database(source),
    }
}
