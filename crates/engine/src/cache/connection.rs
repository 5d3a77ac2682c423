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

/// What the connection that writes is given; [`assert_settings`] asks whether it took. Only macOS knows a full sync, and
/// there a plain one leaves the data in the drive's own memory.
const SETTINGS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA wal_autocheckpoint = 4000;
";

/// The one connection that writes.
pub(super) fn writer(file: &Path, key: &DataKey) -> Result<Connection, OpenError> {
    writer_with(file, key, SETTINGS)
}

fn writer_with(file: &Path, key: &DataKey, settings: &str) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let db = keyed(file, key, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.execute_batch(settings)?;
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
    ensure(integer(db, "PRAGMA fullfsync")? == 1, "fullfsync")?;
    ensure(integer(db, "PRAGMA checkpoint_fullfsync")? == 1, "checkpoint_fullfsync")?;
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

#[cfg(test)]
mod tests {
    use bedside_protocol::Timestamp;
    use bedside_runtime::Runtime;

    use super::{SETTINGS, writer_with};
    use crate::cache::error::OpenError;
    use crate::keys::DataKey;

    fn refused(more: &str) -> Option<&'static str> {
        let folder = tempfile::tempdir().unwrap();
        let key = DataKey::random(&Runtime::simulated(1, Timestamp(0)));
        match writer_with(&folder.path().join("cache.db"), &key, &format!("{SETTINGS} {more};")) {
            Ok(_) => None,
            Err(OpenError::Unsafe { setting }) => Some(setting),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_cache_is_used_only_if_its_settings_took() {
        assert_eq!(refused(""), None);
        for (setting, otherwise) in [
            ("journal_mode", "DELETE"),
            ("synchronous", "NORMAL"),
            ("fullfsync", "OFF"),
            ("checkpoint_fullfsync", "OFF"),
            ("foreign_keys", "OFF"),
            ("secure_delete", "OFF"),
            ("temp_store", "FILE"),
        ] {
            assert_eq!(refused(&format!("PRAGMA {setting} = {otherwise}")), Some(setting));
        }
    }
}
