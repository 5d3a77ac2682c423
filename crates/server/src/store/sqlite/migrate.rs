//! Brings a database's schema up to date, one file of `migrations/server-sqlite/` at a time.
//!
//! Each file is applied in one transaction with its mark. An applied file never changes: its checksum is kept and
//! compared. A database that has seen a migration this build does not know is refused, untouched.

use bedside_protocol::Timestamp;
use rusqlite::{Connection, TransactionBehavior, params};

use crate::store::common::migration::{self, Migration, Unfit};

/// Why a schema cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer server has used it, or a migration has changed.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The running server is older than this program.
    #[error("a server of another version is running on this folder; stop it first, or use its own program")]
    Pending,
    /// A migration failed; it was rolled back.
    #[error("migration {id} failed and was rolled back")]
    Failed {
        /// Which.
        id: i64,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
    /// The list of migrations cannot be read.
    #[error("the list of applied migrations cannot be read")]
    Database(#[from] rusqlite::Error),
}

macro_rules! migration {
    ($id:literal, $name:literal) => {
        Migration {
            id: $id,
            name: $name,
            sql: include_str!(concat!("../../../../../migrations/server-sqlite/", $id, "_", $name, ".sql")),
        }
    };
}

pub(in crate::store) const MIGRATIONS: &[Migration] = &[
    migration!(20261122164500, "first_schema"),
    migration!(20261122174700, "number_messages_per_sender"),
    migration!(20261122200500, "feed_kinds_compared"),
    migration!(20261122203000, "one_sigma_in_user_names"),
    migration!(20261122203500, "sessions_of_an_account"),
    migration!(20261130210100, "presence"),
    migration!(20261130210200, "delivered_marks"),
    migration!(20261130210300, "room_flags"),
    migration!(20261130210400, "replies"),
    migration!(20261130210500, "clinic"),
    migration!(20261130210501, "person_facts"),
    migration!(20261130210600, "quick_replies"),
    migration!(20261201000700, "notifications"),
    migration!(20261201003000, "shared_drafts"),
    migration!(20261201041000, "search"),
    migration!(20261201042000, "exports"),
    migration!(20261201043000, "notification_content"),
    migration!(20261201044500, "flag_order"),
];

pub(super) fn migrate(connection: &mut Connection, now: Timestamp) -> Result<(), MigrateError> {
    apply(connection, MIGRATIONS, now)
}

/// Refuses anything but the schema of this build; changes nothing.
pub(super) fn require_current(connection: &Connection) -> Result<(), MigrateError> {
    let applied = check(connection, MIGRATIONS)?;
    if applied.len() == MIGRATIONS.len() { Ok(()) } else { Err(MigrateError::Pending) }
}

fn apply(connection: &mut Connection, migrations: &[Migration], now: Timestamp) -> Result<(), MigrateError> {
    make_list(connection)?;
    let applied = check(connection, migrations)?;
    for migration in migrations.iter().filter(|one| !applied.iter().any(|(id, _)| *id == one.id)) {
        apply_one(connection, migration, now)
            .map_err(|source| MigrateError::Failed { id: migration.id, source })?;
    }
    Ok(())
}

/// What was applied, each known to this build and unchanged.
fn check(connection: &Connection, migrations: &[Migration]) -> Result<Vec<(i64, Vec<u8>)>, MigrateError> {
    let applied = applied(connection)?;
    migration::check(migrations, &applied)?;
    Ok(applied)
}

fn make_list(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (
           id INTEGER PRIMARY KEY,
           name TEXT NOT NULL,
           checksum BLOB NOT NULL,
           applied_at INTEGER NOT NULL
         ) STRICT",
    )
}

fn applied(connection: &Connection) -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
    connection
        .prepare("SELECT id, checksum FROM migrations ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn apply_one(connection: &mut Connection, migration: &Migration, now: Timestamp) -> rusqlite::Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(migration.sql)?;
    tx.execute(
        "INSERT INTO migrations (id, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        params![migration.id, migration.name, migration.checksum(), now.millis()],
    )?;
    tx.commit()
}

#[cfg(test)]
mod tests;
