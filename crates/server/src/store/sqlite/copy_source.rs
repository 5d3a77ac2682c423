//! The embedded database as the source of a copy: read beside a server, or held until the clinic has moved. While it is
//! held a server on it reads and does not write; when it is let go the server finds the mark and writes no more.
//!
//! Never writes to the database.

use std::path::{Path, PathBuf};

use bedside_protocol::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params_from_iter};
use secrecy::SecretString;

use super::migrate;
use super::open::{Company, DATABASE, FolderLock, OpenError, SETTINGS, StoreOptions, connect, moved};
use super::ping::PINGED_AT;
use crate::store::StoreError;
use crate::store::copy::row::{Key, Row, Value};
use crate::store::copy::table::{Kind, TABLES, Table};
use crate::store::copy::{CopyError, Pass};

/// Held alone, no other program can even have the database open: one that waits for its turn to write would else write
/// to a clinic that has moved meanwhile.
const ALONE: &str = "PRAGMA locking_mode = EXCLUSIVE;";

/// A clinic's database, seen at one moment.
pub(in crate::store) struct CopySource {
    connection: Connection,
    folder: PathBuf,
    epoch: String,
    rows: u64,
    _lock: Option<FolderLock>,
}

/// What is not in a table that is copied.
pub(in crate::store) struct Handover {
    /// What the database knows of itself, but for its epoch.
    pub(in crate::store) meta: Vec<(String, String)>,
    /// The highest number each numbered table has ever given.
    pub(in crate::store) highest: Vec<(String, i64)>,
}

impl CopySource {
    /// Blocks.
    pub(in crate::store) fn open(
        folder: &Path,
        key: Option<SecretString>,
        pass: Pass,
    ) -> Result<Self, CopyError> {
        let file = folder.join(DATABASE);
        if !file.is_file() {
            return Err(CopyError::NoClinic(folder.to_owned()));
        }
        let lock =
            (pass == Pass::Last).then(|| FolderLock::take(folder, Company::BesideServer)).transpose()?;
        let alone = lock.as_ref().is_some_and(FolderLock::is_held);
        let settings = if alone { format!("{ALONE}{SETTINGS}") } else { SETTINGS.to_owned() };
        let options = StoreOptions { key, company: Company::BesideServer };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            connect(&file, flags, &options, &settings).map_err(|error| elsewhere(error, folder))?;
        Self::look(connection, folder, lock).map_err(|error| held(error, folder))
    }

    fn look(connection: Connection, folder: &Path, lock: Option<FolderLock>) -> Result<Self, CopyError> {
        let version = |_| CopyError::AnotherVersion(folder.to_owned());
        // Nobody else writes from here on, if this is the last pass.
        let begin = if lock.is_some() { "BEGIN IMMEDIATE" } else { "BEGIN" };
        connection.execute_batch(begin).map_err(StoreError::from)?;
        connection.execute_batch("PRAGMA query_only = ON").map_err(StoreError::from)?;
        migrate::require_current(&connection).map_err(version)?;
        let epoch = connection
            .query_row("SELECT value FROM meta WHERE key = 'epoch'", [], |row| row.get(0))
            .optional()
            .map_err(StoreError::from)?
            .ok_or_else(|| CopyError::NoClinic(folder.to_owned()))?;
        let rows = count(&connection).map_err(StoreError::from)?;
        Ok(Self { connection, folder: folder.to_owned(), epoch, rows, _lock: lock })
    }

    pub(in crate::store) fn epoch(&self) -> &str {
        &self.epoch
    }

    /// Of all tables together.
    pub(in crate::store) fn rows(&self) -> u64 {
        self.rows
    }

    /// The next rows in order of their keys. Blocks.
    pub(in crate::store) fn page(
        &self,
        table: &Table,
        after: Option<&Key>,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.connection.prepare_cached(&page_sql(table, after.is_some(), limit))?;
        let bound = after.into_iter().flatten().map(bind);
        let mut rows = statement.query(params_from_iter(bound))?;
        let mut page = Vec::new();
        while let Some(row) = rows.next()? {
            page.push(read(table, row)?);
        }
        Ok(page)
    }

    /// Blocks, but for a moment.
    pub(in crate::store) fn handover(&self) -> Result<Handover, StoreError> {
        let pairs = "SELECT key, value FROM meta WHERE key NOT IN ('epoch', ?1)";
        let mut meta = self.connection.prepare(pairs)?;
        let meta =
            meta.query_map([PINGED_AT], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut highest = self.connection.prepare("SELECT name, seq FROM sqlite_sequence")?;
        let highest =
            highest.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(Handover { meta, highest })
    }

    /// From now on nobody opens the folder's database to serve it. Blocks, but for a moment.
    pub(in crate::store) fn mark_moved(&self, now: Timestamp) -> Result<(), CopyError> {
        moved::mark(&self.folder, now)
            .map_err(|source| CopyError::Mark { file: moved::file(&self.folder), source })
    }
}

/// A writer that does not end within the patience of [`SETTINGS`] is no server.
fn held(error: CopyError, folder: &Path) -> CopyError {
    match error {
        CopyError::Database(StoreError::ReadOnly) => CopyError::OpenElsewhere(folder.to_owned()),
        other => other,
    }
}

fn elsewhere(error: OpenError, folder: &Path) -> CopyError {
    let busy = [rusqlite::ErrorCode::DatabaseBusy, rusqlite::ErrorCode::DatabaseLocked];
    match &error {
        OpenError::Database(failed)
            if failed.sqlite_error_code().is_some_and(|code| busy.contains(&code)) =>
        {
            CopyError::OpenElsewhere(folder.to_owned())
        }
        _ => error.into(),
    }
}

fn count(connection: &Connection) -> rusqlite::Result<u64> {
    let mut rows = 0;
    for table in TABLES {
        let sql = format!("SELECT count(*) FROM {}", table.name);
        let count: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
        rows += count.unsigned_abs();
    }
    Ok(rows)
}

fn page_sql(table: &Table, bounded: bool, limit: usize) -> String {
    let key: Vec<&str> = table.key().map(|(name, _)| *name).collect();
    let (key, marks) = (key.join(", "), vec!["?"; table.keys].join(", "));
    let after = if bounded { format!("WHERE ({key}) > ({marks})") } else { String::new() };
    format!("SELECT {} FROM {} {after} ORDER BY {key} LIMIT {limit}", table.names(), table.name)
}

fn bind(value: &Value) -> rusqlite::types::Value {
    match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Int(number) => rusqlite::types::Value::Integer(*number),
        Value::Text(text) => rusqlite::types::Value::Text(text.clone()),
        Value::Bytes(bytes) => rusqlite::types::Value::Blob(bytes.clone()),
        Value::Uuid(uuid) => rusqlite::types::Value::Blob(uuid.as_bytes().to_vec()),
        Value::Flag(flag) => rusqlite::types::Value::Integer(i64::from(*flag)),
    }
}

fn read(table: &Table, row: &rusqlite::Row<'_>) -> Result<Row, StoreError> {
    let values =
        table.columns.iter().enumerate().map(|(column, (_, kind))| {
            value(*kind, row.get_ref(column)?).ok_or(StoreError::Corrupt(table.name))
        });
    values.collect::<Result<_, _>>().map(Row)
}

/// `None` for what the column cannot hold.
fn value(kind: Kind, found: ValueRef<'_>) -> Option<Value> {
    Some(match (kind, found) {
        (_, ValueRef::Null) => Value::Null,
        (Kind::Int, ValueRef::Integer(number)) => Value::Int(number),
        (Kind::Flag, ValueRef::Integer(flag)) => Value::Flag(flag != 0),
        (Kind::Text, ValueRef::Text(text)) => Value::Text(std::str::from_utf8(text).ok()?.to_owned()),
        (Kind::Bytes, ValueRef::Blob(bytes)) => Value::Bytes(bytes.to_vec()),
        (Kind::Uuid, ValueRef::Blob(bytes)) => Value::Uuid(uuid::Uuid::from_slice(bytes).ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_and_column_of_the_schema_is_copied() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::migrate(&mut connection, Timestamp(0)).unwrap();
        let mut statement = connection
            .prepare(
                "SELECT t.name, c.name, c.pk FROM pragma_table_list t, pragma_table_info(t.name) c
                 WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT IN ('meta', 'migrations')
                   AND t.name NOT LIKE 'search%'
                 ORDER BY t.name, c.name",
            )
            .unwrap();
        let there = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        let there: Vec<(String, String, i64)> = there.collect::<Result<_, _>>().unwrap();
        let mut copied: Vec<(String, String, i64)> = Vec::new();
        for table in TABLES {
            for (place, (column, _)) in (1..).zip(table.columns) {
                let key = if usize::try_from(place).unwrap() <= table.keys { place } else { 0 };
                copied.push((table.name.to_owned(), (*column).to_owned(), key));
            }
        }
        copied.sort();
        assert_eq!(copied, there);
    }
}
