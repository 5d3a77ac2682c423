//! Brings a database's schema up to date, one file of `migrations/server-postgres/` at a time.
//!
//! Each file is applied in one transaction with its mark, under a lock that lets one server at a time do so. An applied
//! file never changes: its checksum is kept and compared. A database that has seen a migration this build does not know
//! is refused, untouched.

#[cfg(test)]
mod tests;

use bedside_protocol::Timestamp;
use deadpool_postgres::Client;

use super::error::is_in_the_way;
use super::tx::{Tx, at};
use crate::store::StoreError;
use crate::store::common::migration::{self, Migration, Unfit};

/// Why a schema cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer server has used it, or a migration has changed.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The database is older than this program.
    #[error("the database is of an older version: run `bedside-server migrate` first")]
    Pending,
    /// A migration failed; it was rolled back.
    #[error("migration {id} failed and was rolled back")]
    Failed {
        /// Which.
        id: i64,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// The list of migrations cannot be read or written.
    #[error("the list of applied migrations cannot be read")]
    Database(#[from] StoreError),
}

macro_rules! migration {
    ($id:literal, $name:literal) => {
        Migration {
            id: $id,
            name: $name,
            sql: include_str!(concat!("../../../../../migrations/server-postgres/", $id, "_", $name, ".sql")),
        }
    };
}

/// The same ids and names as the embedded database's.
pub(super) const MIGRATIONS: &[Migration] = &[
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

/// "bedside" as a number: who holds this lock migrates.
const LOCK: i64 = 0x62_65_64_73_69_64_65;

/// How long a migration waits for a table that others use. Running servers stand in line behind it all the while.
const PATIENCE: &str = "SET LOCAL lock_timeout = '2s'";
/// How often a migration is done that others were in the way of; between two times it is their turn.
const TRIES: u32 = 10;

/// Applies what is missing; how many files that were.
pub(super) async fn migrate(client: &mut Client, now: Timestamp) -> Result<usize, MigrateError> {
    apply(client, MIGRATIONS, now).await
}

/// Refuses anything but the schema of this build; changes nothing.
pub(super) async fn require_current(client: &mut Client) -> Result<(), MigrateError> {
    let tx = Tx::to_read(client).await?;
    let exists: bool = at(&tx.one("SELECT to_regclass('migrations') IS NOT NULL", &[]).await?, 0)?;
    let applied = if exists { check(&tx, MIGRATIONS).await?.len() } else { 0 };
    if applied == MIGRATIONS.len() { Ok(()) } else { Err(MigrateError::Pending) }
}

async fn apply(client: &mut Client, migrations: &[Migration], now: Timestamp) -> Result<usize, MigrateError> {
    let mut applied_now = 0;
    for migration in migrations {
        let mut left = TRIES;
        applied_now += loop {
            match apply_unless_done(client, migrations, migration, now).await {
                Err(MigrateError::Failed { source, .. }) if left > 1 && is_in_the_way(&source) => left -= 1,
                applied => break usize::from(applied?),
            }
        };
    }
    Ok(applied_now)
}

/// Whether it was to be done.
async fn apply_unless_done(
    client: &mut Client,
    migrations: &[Migration],
    migration: &Migration,
    now: Timestamp,
) -> Result<bool, MigrateError> {
    let tx = Tx::to_write(client).await?;
    tx.run("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
    make_list(&tx).await?;
    let due = !check(&tx, migrations).await?.contains(&migration.id);
    if due {
        let applied = apply_one(&tx, migration, now).await;
        applied.map_err(|source| MigrateError::Failed { id: migration.id, source })?;
    }
    tx.commit().await?;
    Ok(due)
}

async fn make_list(tx: &Tx<'_>) -> Result<(), StoreError> {
    // Asked first: to make a table, if only perhaps, needs rights that a server need not have.
    let exists: bool = at(&tx.one("SELECT to_regclass('migrations') IS NOT NULL", &[]).await?, 0)?;
    if exists {
        return Ok(());
    }
    tx.script(
        "CREATE TABLE migrations (
           id BIGINT PRIMARY KEY,
           name TEXT NOT NULL,
           checksum BYTEA NOT NULL,
           applied_at BIGINT NOT NULL
         )",
    )
    .await
}

/// What was applied, each known to this build and unchanged.
async fn check(tx: &Tx<'_>, migrations: &[Migration]) -> Result<Vec<i64>, MigrateError> {
    let rows = tx.rows("SELECT id, checksum FROM migrations ORDER BY id", &[]).await?;
    let applied =
        rows.iter().map(|row| Ok((at(row, 0)?, at(row, 1)?))).collect::<Result<Vec<_>, StoreError>>()?;
    migration::check(migrations, &applied)?;
    Ok(applied.into_iter().map(|(id, _)| id).collect())
}

async fn apply_one(tx: &Tx<'_>, migration: &Migration, now: Timestamp) -> Result<(), StoreError> {
    // An index over years of messages takes longer than any other statement of ours.
    tx.script("SET LOCAL statement_timeout = 0").await?;
    tx.script(PATIENCE).await?;
    tx.script(migration.sql).await?;
    tx.run(
        "INSERT INTO migrations (id, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
        &[&migration.id, &migration.name, &migration.checksum().as_slice(), &now.millis()],
    )
    .await?;
    Ok(())
}
