//! Makes connections to the encrypted file and asserts the settings that durability and secrecy rest on.
//!
//! Never creates a file where one exists, and never hands out a connection whose key has not been proven.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use super::error::OpenError;
use crate::keys::DataKey;

/// Pages kept decrypted per connection, in KiB.
const PAGE_CACHE_KIB: i64 = 16_384;
/// Prepared statements kept per connection.
const STATEMENTS: usize = 96;

/// The one connection that writes.
pub(super) fn writer(file: &Path, key: &DataKey) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let db = keyed(file, key, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA wal_autocheckpoint = 4000;",
    )?;
    assert_settings(&db)?;
    Ok(db)
}

/// A connection that can only read.
pub(super) fn reader(file: &Path, key: &DataKey) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = keyed(file, key, flags)?;
    db.execute_batch("PRAGMA query_only = ON;")?;
    Ok(db)
}

fn keyed(file: &Path, key: &DataKey, flags: OpenFlags) -> Result<Connection, OpenError> {
    let db = Connection::open_with_flags(file, flags)?;
    db.execute_batch("PRAGMA cipher_log_level = NONE;")?; // It would write to stderr by itself.
    let sql = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", key.hex().as_str()));
    db.execute_batch(&sql)?;
    prove_key(&db)?;
    db.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;")?;
    db.pragma_update(None, "cache_size", -PAGE_CACHE_KIB)?;
    db.busy_timeout(Duration::from_secs(5))?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(db)
}

/// The first read decrypts the first page: it fails unless the key is right.
fn prove_key(db: &Connection) -> Result<(), OpenError> {
    let _tables: i64 = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok(())
}

/// Durability cannot be seen from outside (a killed process loses nothing either way), so it is asserted here.
fn assert_settings(db: &Connection) -> Result<(), OpenError> {
    let cipher: String = db.query_row("PRAGMA cipher_version", [], |row| row.get(0)).unwrap_or_default();
    let journal: String = db.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    ensure(!cipher.is_empty(), "cipher")?;
    ensure(journal == "wal", "journal_mode")?;
    ensure(integer(db, "PRAGMA synchronous")? == 2, "synchronous")?;
    ensure(integer(db, "PRAGMA foreign_keys")? == 1, "foreign_keys")?;
    ensure(integer(db, "PRAGMA secure_delete")? == 1, "secure_delete")?;
    ensure(integer(db, "PRAGMA temp_store")? == 2, "temp_store")
}

fn integer(db: &Connection, sql: &str) -> Result<i64, OpenError> {
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

fn ensure(holds: bool, setting: &'static str) -> Result<(), OpenError> {
    if holds { Ok(()) } else { Err(OpenError::Unsafe { setting }) }
}
