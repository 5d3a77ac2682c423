//! Opening the data folder: its lock, its connections, and the settings that durability rests on.

mod folder;
pub(super) mod moved;

use std::path::{Path, PathBuf};
use std::time::Duration;

use bedside_protocol::Epoch;
use bedside_runtime::Runtime;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use secrecy::{ExposeSecret, SecretString};

pub(super) use folder::FolderLock;

use super::migrate::{self, MigrateError};
use crate::store::StoreFacts;
pub(super) use crate::store::common::epoch::fresh_epoch;

pub(super) const DATABASE: &str = "bedside.sqlite3";
/// Connections that read; a small clinic's server has few cores, and each costs up to 8 MB of page cache.
const READERS: usize = 4;
/// A WAL corruption bug before it (<https://sqlite.org/releaselog/3_51_3.html>).
const OLDEST_SQLITE: i32 = 3_051_003;
/// How long a server waits for another program that writes before it says that it can only be read.
const PATIENCE: Duration = Duration::from_secs(2);
/// Statements kept prepared per connection; the store has about 60.
const STATEMENTS: usize = 128;

/// How a data folder is opened.
#[derive(Debug, Default)]
pub struct StoreOptions {
    /// Encrypts the database when given; the same is needed ever after.
    pub key: Option<SecretString>,
    /// Who else may have the folder open.
    pub company: Company,
}

/// Who else may have a data folder open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Company {
    /// Nobody: a server, which holds part of the truth in memory.
    #[default]
    Alone,
    /// A running server, if there is one: short work that touches nothing a server keeps in memory. It never changes
    /// the schema under a server.
    BesideServer,
}

/// Why a data folder cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or its lock file not written.
    #[error("cannot use the data folder {folder}")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Others can look into it, and it is not ours to close.
    #[error(
        "others can read the data folder {0}, which holds more than a clinic: chmod 700 it, or choose another"
    )]
    Shared(PathBuf),
    /// Another process has it.
    #[error("the data folder {0} is in use by another bedside-server")]
    InUse(PathBuf),
    /// It is served elsewhere.
    #[error(
        "this clinic has moved to PostgreSQL on {on}: use --database; {} says how to go back", mark.display()
    )]
    Moved {
        /// The mark that says so.
        mark: PathBuf,
        /// When.
        on: String,
    },
    /// Not a database, or encrypted with another key.
    #[error("the database is not one of Bedside's, or its key is wrong; it is left as it is")]
    NotADatabase,
    /// SQLite failed.
    #[error("the database cannot be opened")]
    Database(#[from] rusqlite::Error),
    /// Linked with an SQLite that may lose data.
    #[error("SQLite {0} is too old to be trusted with a write-ahead log; 3.51.3 is the oldest allowed")]
    OldSqlite(&'static str),
    /// A setting did not take.
    #[error("the database refused {setting}: it is {found}, and an acknowledged message could be lost")]
    Unsafe {
        /// The pragma.
        setting: &'static str,
        /// What it is.
        found: String,
    },
    /// The schema is newer, changed or cannot be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

pub(super) struct Opened {
    pub(super) writer: Connection,
    pub(super) readers: Vec<Connection>,
    pub(super) facts: StoreFacts,
    pub(super) lock: FolderLock,
    /// The mark of a clinic that has moved, which is not there.
    pub(super) moved: PathBuf,
}

pub(super) fn open(runtime: &Runtime, folder: &Path, options: &StoreOptions) -> Result<Opened, OpenError> {
    open_with(runtime, folder, options, SETTINGS)
}

fn open_with(
    runtime: &Runtime,
    folder: &Path,
    options: &StoreOptions,
    settings: &str,
) -> Result<Opened, OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::OldSqlite(rusqlite::version()));
    }
    let lock = FolderLock::take(folder, options.company)?;
    let file = folder::private_database(folder)?;
    let mut writer = connect(&file, OpenFlags::default(), options, settings)?;
    moved::refuse(folder)?;
    if lock.is_held() {
        migrate::migrate(&mut writer, runtime.now())?;
    } else {
        migrate::require_current(&writer)?;
    }
    let facts = facts(&writer, runtime)?;
    let readers = (0..READERS)
        .map(|_| connect(&file, OpenFlags::default(), options, settings).and_then(read_only))
        .collect::<Result<_, _>>()?;
    if lock.is_held() {
        // Whoever writes waits for this long on another program, and reads meanwhile.
        writer.busy_timeout(PATIENCE)?;
    }
    Ok(Opened { writer, readers, facts, lock, moved: moved::file(folder) })
}

/// What every connection is given; [`verify`] asks whether it took.
pub(super) const SETTINGS: &str = "
    PRAGMA busy_timeout = 10000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -8000;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
";

/// What must hold, whatever was asked for.
const REQUIRED: [(&str, &str, &str); 7] = [
    ("journal_mode", "PRAGMA journal_mode", "wal"),
    ("synchronous", "PRAGMA synchronous", "2"),
    ("fullfsync", "PRAGMA fullfsync", "1"),
    ("checkpoint_fullfsync", "PRAGMA checkpoint_fullfsync", "1"),
    ("foreign_keys", "PRAGMA foreign_keys", "1"),
    ("secure_delete", "PRAGMA secure_delete", "1"),
    ("temp_store", "PRAGMA temp_store", "2"),
];

pub(super) fn connect(
    file: &Path,
    flags: OpenFlags,
    options: &StoreOptions,
    settings: &str,
) -> Result<Connection, OpenError> {
    let connection = Connection::open_with_flags(file, flags)?;
    if let Some(key) = &options.key {
        connection.pragma_update(None, "key", key.expose_secret())?;
    }
    connection.execute_batch(settings).map_err(unreadable)?;
    verify(&connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn read_only(connection: Connection) -> Result<Connection, OpenError> {
    connection.execute_batch("PRAGMA query_only = ON")?;
    Ok(connection)
}

fn verify(connection: &Connection) -> Result<(), OpenError> {
    for (setting, query, wanted) in REQUIRED {
        let found: rusqlite::types::Value = connection.query_row(query, [], |row| row.get(0))?;
        let found = match found {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(word) => word,
            other => format!("{other:?}"),
        };
        if found != wanted {
            return Err(OpenError::Unsafe { setting, found });
        }
    }
    Ok(())
}

/// A file that is no database, or one whose key is another, must never be taken for an empty one.
fn unreadable(error: rusqlite::Error) -> OpenError {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) {
        return OpenError::NotADatabase;
    }
    OpenError::Database(error)
}

fn facts(writer: &Connection, runtime: &Runtime) -> Result<StoreFacts, OpenError> {
    writer.execute(
        "INSERT INTO meta (key, value) VALUES ('epoch', ?1) ON CONFLICT (key) DO NOTHING",
        [fresh_epoch(runtime)],
    )?;
    let epoch = writer.query_row("SELECT value FROM meta WHERE key = 'epoch'", [], |row| row.get(0))?;
    let demo = writer.query_row("SELECT 1 FROM meta WHERE key = 'demo'", [], |_| Ok(())).optional()?;
    Ok(StoreFacts { epoch: Epoch(epoch), demo: demo.is_some() })
}

#[cfg(test)]
mod tests;
