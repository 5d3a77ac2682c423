//! Opening a database: its pool, its schema, and the settings that durability rests on.

use std::time::Duration;

use bedside_protocol::Epoch;
use bedside_runtime::Runtime;
use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod};
use secrecy::{ExposeSecret, SecretString};
use tokio_postgres::NoTls;

use super::epoch::fresh_epoch;
use super::migrate::{self, MigrateError};
use super::target::{Target, TargetError};
use super::tx::{Tx, at};
use crate::bus;
use crate::bus::postgres::Connector;
use crate::store::{StoreError, StoreFacts};

/// The oldest PostgreSQL that is tried out.
const OLDEST: i32 = 150_000;
/// A silent network is given up after this, so that a failover is noticed.
const SILENT: Duration = Duration::from_secs(20);
/// A host that does not take a connection by then is passed over for the next: two fit into what a connection that
/// listens is given.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// How many times that a connection may take in all: an address may name several hosts, and one may be silent later on.
const HOSTS: u32 = 5;
/// What no statement of ours exceeds, unless something is wrong; and that none reads a whole table where an index serves,
/// whatever statistics, old or missing, say of it. Compiling such small statements takes longer than running them, and so
/// does planning them anew for each value: by an index they have one plan each.
const SESSION: &str = "-c statement_timeout=60s -c lock_timeout=20s -c idle_in_transaction_session_timeout=60s \
                       -c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan";

/// The mark of a database that a clinic is being copied into.
pub(super) const UNFINISHED: &str = "copy_unfinished";

/// How a database is opened.
#[derive(Debug)]
pub struct PgOptions {
    /// `postgres://user:password@host:5432/name`; several hosts with commas, of which the one that writes is used.
    /// `sslmode=`, `sslrootcert=` and what the library knows besides may follow.
    pub address: SecretString,
    /// Connections at most: half of them to write by, half to read by.
    pub connections: usize,
    /// How long connecting to one host may take; `None` for as long as the system lets it (with a clock that is not real).
    pub connect_within: Option<Duration>,
    /// Whether the database must be one that loses nothing.
    pub durability: Durability,
    /// What is done about a schema that is not this build's.
    pub schema: Schema,
}

/// Whether a database must be one that loses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It is refused otherwise.
    Required,
    /// For tests whose database lives as long as they do.
    Whatever,
}

/// What is done about a schema that is older than this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// It is brought up to date.
    Migrate,
    /// It is refused: for short work beside running servers.
    MustBeCurrent,
}

impl PgOptions {
    /// What a server uses.
    #[must_use]
    pub fn new(address: SecretString) -> Self {
        PgOptions {
            address,
            connections: 24,
            connect_within: Some(CONNECT_WITHIN),
            durability: Durability::Required,
            schema: Schema::Migrate,
        }
    }
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum PgOpenError {
    /// Its address is not used.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// It cannot be reached, or refuses.
    #[error("the database cannot be reached")]
    Database(#[from] StoreError),
    /// Too old.
    #[error("PostgreSQL {0} is too old; 15 is the oldest that is tried out")]
    Old(String),
    /// A setting under which something could be lost or garbled.
    #[error(
        "the database's {setting} is {found}; it must be {wanted}, or an acknowledged message could be lost"
    )]
    Unsafe {
        /// Which.
        setting: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// A clinic is being copied into it.
    #[error("a copy into this database is not finished: run copy-store again, at last with --finish")]
    Unfinished,
    /// The schema is newer, changed or cannot be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

/// Connections. What writes may wait long (for a lock, for a standby that is away): what reads has its own.
pub(super) struct Pools {
    pub(super) writing: Pool,
    pub(super) reading: Pool,
}

impl Pools {
    pub(super) fn close(&self) {
        self.writing.close();
        self.reading.close();
    }
}

pub(super) struct Opened {
    pub(super) pools: Pools,
    pub(super) facts: StoreFacts,
}

pub(super) async fn open(runtime: &Runtime, options: &PgOptions) -> Result<Opened, PgOpenError> {
    let pools = Pools { writing: pool(options)?, reading: pool(options)? };
    let mut client = client(runtime, &pools.writing, options.connect_within).await?;
    check(&mut client, options.durability).await?;
    match options.schema {
        Schema::Migrate => {
            let applied = migrate::migrate(&mut client, runtime.now()).await?;
            tracing::debug!(applied, "the schema is this build's");
        }
        Schema::MustBeCurrent => migrate::require_current(&mut client).await?,
    }
    let facts = facts(&mut client, runtime).await?;
    drop(client);
    Ok(Opened { pools, facts })
}

/// A connection of the pool. A host that takes a connection and then says nothing is given up like one that is not there:
/// the library limits only the way to it.
pub(super) async fn client(
    runtime: &Runtime,
    pool: &Pool,
    within: Option<Duration>,
) -> Result<Client, StoreError> {
    let Some(within) = within else { return Ok(pool.get().await?) };
    match runtime.timeout(within.saturating_mul(HOSTS), pool.get()).await {
        Some(client) => Ok(client?),
        None => Err(StoreError::Unreachable("no connection in time".into())),
    }
}

/// What connects to a database outside the pool, for a connection that listens.
///
/// # Errors
/// When its address is not used.
pub fn connector(address: &SecretString) -> Result<Connector, TargetError> {
    let Target { mut config, tls } = Target::parse(address.expose_secret())?;
    config.application_name("bedside-server (listening)").connect_timeout(CONNECT_WITHIN);
    config.keepalives_idle(SILENT).tcp_user_timeout(SILENT);
    Ok(match tls {
        Some(tls) => bus::postgres::connector(config, tls),
        None => bus::postgres::connector(config, NoTls),
    })
}

pub(super) fn pool(options: &PgOptions) -> Result<Pool, TargetError> {
    let Target { mut config, tls } = Target::parse(options.address.expose_secret())?;
    config.application_name("bedside-server").keepalives_idle(SILENT).tcp_user_timeout(SILENT);
    let session = config.get_options().map_or_else(|| SESSION.to_owned(), |own| format!("{SESSION} {own}"));
    config.options(session);
    if let Some(within) = options.connect_within {
        config.connect_timeout(within);
    }
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = match tls {
        Some(tls) => Manager::from_config(config, tls, recycling),
        None => Manager::from_config(config, NoTls, recycling),
    };
    let pool = Pool::builder(manager).max_size(options.connections.max(2) / 2).build();
    // It can only fail for want of a timer, and it is given none.
    pool.map_err(|_| TargetError::SslMode("a pool without a timer".to_owned()))
}

/// What must hold, and the values under which it does.
const REQUIRED: [(&str, &[&str], &str); 4] = [
    ("fsync", &["on"], "on"),
    ("full_page_writes", &["on"], "on"),
    ("synchronous_commit", &["on", "remote_apply"], "on"),
    ("transaction_read_only", &["off"], "off"),
];

pub(super) async fn check(client: &mut Client, durability: Durability) -> Result<(), PgOpenError> {
    let tx = Tx::to_write(client).await?;
    let version: i32 = at(&tx.one("SELECT current_setting('server_version_num')::INT", &[]).await?, 0)?;
    if version < OLDEST {
        return Err(PgOpenError::Old(setting(&tx, "server_version").await?));
    }
    let encoding = setting(&tx, "server_encoding").await?;
    if encoding != "UTF8" {
        return Err(PgOpenError::Unsafe { setting: "server_encoding", found: encoding, wanted: "UTF8" });
    }
    for (name, allowed, wanted) in REQUIRED {
        let found = setting(&tx, name).await?;
        if durability == Durability::Required && !allowed.contains(&found.as_str()) {
            return Err(PgOpenError::Unsafe { setting: name, found, wanted });
        }
    }
    Ok(())
}

async fn setting(tx: &Tx<'_>, name: &str) -> Result<String, StoreError> {
    at(&tx.one("SELECT current_setting($1)", &[&name]).await?, 0)
}

async fn facts(client: &mut Client, runtime: &Runtime) -> Result<StoreFacts, PgOpenError> {
    let tx = Tx::to_write(client).await?;
    tx.run(
        "INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT (key) DO NOTHING",
        &[&fresh_epoch(runtime)],
    )
    .await?;
    // After a statement that has waited for a copy that was just claiming the database.
    if tx.maybe("SELECT 1 FROM meta WHERE key = $1", &[&UNFINISHED]).await?.is_some() {
        return Err(PgOpenError::Unfinished);
    }
    let epoch = at(&tx.one("SELECT value FROM meta WHERE key = 'epoch'", &[]).await?, 0)?;
    let demo = tx.maybe("SELECT 1 FROM meta WHERE key = 'demo'", &[]).await?;
    tx.commit().await?;
    Ok(StoreFacts { epoch: Epoch(epoch), demo: demo.is_some() })
}
