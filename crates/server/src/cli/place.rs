//! Where a clinic's data is, and what opens it: a data folder with its embedded database, or a PostgreSQL that servers
//! share.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use bedside_runtime::Runtime;
use bedside_server::store::SharedStore;
use bedside_server::store::postgres::{PgOptions, PgStore, Schema};
use bedside_server::store::sqlite::{Company, SqliteStore, StoreOptions};
use secrecy::{ExposeSecret as _, SecretString};

/// How often a server looks whether its clinic has moved; it writes nothing from the moment it has.
const LOOK_FOR_THE_MARK: Duration = Duration::from_secs(1);

/// Where the clinic's data is.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The data folder; made if missing. The default is in the current folder, where an administrator sees it.
    #[arg(long, env = "BEDSIDE_DATA", default_value = "bedside-data")]
    data: PathBuf,
    /// A file whose first line is the key that encrypts the embedded database; given once, it is needed ever after.
    #[arg(long, env = "BEDSIDE_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// A PostgreSQL database instead of a data folder, for any number of servers:
    /// postgres://user:password@host:5432/name. Others on this machine can see a command line: with a password in it,
    /// rather use the variable or --database-file.
    #[arg(
        long,
        env = "BEDSIDE_DATABASE",
        hide_env_values = true,
        value_name = "URL",
        conflicts_with_all = ["data", "key_file", "database_file"]
    )]
    database: Option<SecretString>,
    /// A file whose first line is the address of that database.
    #[arg(long, env = "BEDSIDE_DATABASE_FILE", value_name = "FILE", conflicts_with_all = ["data", "key_file"])]
    database_file: Option<PathBuf>,
}

impl Place {
    /// How it is called in what is said to an administrator.
    pub(crate) fn shown(&self) -> String {
        if self.database.is_some() || self.database_file.is_some() {
            "the database".to_owned()
        } else {
            self.data.display().to_string()
        }
    }

    /// The address of the database, unless it is the embedded one.
    pub(crate) fn database(&self) -> anyhow::Result<Option<SecretString>> {
        match (&self.database, &self.database_file) {
            (Some(address), _) => Ok(Some(address.clone())),
            (None, Some(file)) => Ok(Some(first_line(file, "address")?)),
            (None, None) => Ok(None),
        }
    }

    /// Waits until the clinic is served elsewhere; for ever if it is in a database that servers share.
    pub(crate) async fn moved(&self, runtime: &Runtime) {
        if self.database.is_some() || self.database_file.is_some() {
            return std::future::pending().await;
        }
        while !SqliteStore::has_moved(&self.data) {
            runtime.sleep(LOOK_FOR_THE_MARK).await;
        }
    }

    /// Opens the store.
    pub(crate) async fn open(&self, runtime: &Runtime, company: Company) -> anyhow::Result<SharedStore> {
        let opened: SharedStore = match self.database()? {
            Some(address) => Arc::new(shared(runtime, address, company).await?),
            None => Arc::new(self.embedded(runtime, company).await?),
        };
        Ok(opened)
    }

    async fn embedded(&self, runtime: &Runtime, company: Company) -> anyhow::Result<SqliteStore> {
        let key = self.key_file.as_deref().map(|file| first_line(file, "key")).transpose()?;
        let (opening, path, options) = (runtime.clone(), self.data.clone(), StoreOptions { company, key });
        let opened = runtime.blocking(move || SqliteStore::open(opening, &path, &options)).await;
        opened.with_context(|| format!("cannot open {}", self.data.display()))
    }
}

async fn shared(runtime: &Runtime, address: SecretString, company: Company) -> anyhow::Result<PgStore> {
    let schema = match company {
        Company::Alone => Schema::Migrate,
        Company::BesideServer => Schema::MustBeCurrent,
    };
    let options = PgOptions { schema, ..PgOptions::new(address) };
    PgStore::open(runtime.clone(), &options).await.context("cannot open the database")
}

/// A secret that a file holds.
pub(super) fn first_line(path: &Path, what: &str) -> anyhow::Result<SecretString> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = SecretString::from(text);
    let line = text.expose_secret().lines().next().unwrap_or_default();
    ensure!(!line.is_empty(), "{} holds no {what}", path.display());
    Ok(SecretString::from(line))
}
