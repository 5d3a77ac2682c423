//! Where clinics' data lies while they are measured: made, copied, removed, and gone with the run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};
use bedside_testservices::{Options, Postgres, Redis, Session};
use tempfile::TempDir;

use super::clinic::Clinic;
use crate::server::process;

/// A kind of store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// What runs beside the servers.
pub(crate) struct Services {
    pub(crate) postgres: Postgres,
    pub(crate) redis: Redis,
}

/// One clinic's data, which no server need have open.
pub(crate) enum Stored {
    Folder(PathBuf),
    Database(String),
}

impl Stored {
    /// What names it on the server's command line.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        match self {
            Stored::Folder(folder) => vec!["--data".into(), folder.into()],
            Stored::Database(address) => vec!["--database".into(), address.into()],
        }
    }

    fn name(&self) -> &str {
        match self {
            Stored::Folder(_) => "",
            Stored::Database(address) => address.rsplit('/').next().unwrap_or_default(),
        }
    }
}

/// Makes data and keeps it.
pub(crate) struct Stock {
    program: PathBuf,
    services: Services,
    folder: TempDir,
    made: AtomicU32,
}

impl Stock {
    pub(crate) async fn new(program: PathBuf) -> Result<Self> {
        let services =
            Services { postgres: Postgres::start(Options::durable()).await?, redis: Redis::start().await? };
        Ok(Stock { program, services, folder: tempfile::tempdir()?, made: AtomicU32::new(0) })
    }

    /// A clinic of so many linked pairs and no messages.
    pub(crate) async fn of_pairs(&self, kind: Kind, pairs: u32) -> Result<Stored> {
        let name = self.next_name();
        let stored = match kind {
            Kind::Sqlite => Stored::Folder(self.folder.path().join(name)),
            Kind::Postgres => {
                self.maintain(&format!("CREATE DATABASE {name} TEMPLATE template0")).await?;
                Stored::Database(self.services.postgres.url_of(&name))
            }
        };
        process::fill_with_pairs(&self.program, &stored.arguments(), pairs).await?;
        Ok(stored)
    }

    /// Another clinic with the same data. No server may have it open.
    pub(crate) async fn copy(&self, stored: &Stored) -> Result<Stored> {
        let name = self.next_name();
        match stored {
            Stored::Folder(from) => {
                let to = self.folder.path().join(name);
                copy_files(from, &to)?;
                Ok(Stored::Folder(to))
            }
            Stored::Database(_) => {
                let from = stored.name();
                self.maintain(&format!("CREATE DATABASE {name} TEMPLATE {from} STRATEGY FILE_COPY")).await?;
                Ok(Stored::Database(self.services.postgres.url_of(&name)))
            }
        }
    }

    pub(crate) async fn remove(&self, stored: Stored) -> Result<()> {
        match &stored {
            Stored::Folder(folder) => Ok(std::fs::remove_dir_all(folder)?),
            Stored::Database(_) => {
                self.maintain(&format!("DROP DATABASE {} WITH (FORCE)", stored.name())).await.map(drop)
            }
        }
    }

    /// Bytes on disk, without PostgreSQL's log.
    pub(crate) async fn size(&self, stored: &Stored) -> Result<i64> {
        match stored {
            Stored::Folder(folder) => {
                let mut bytes = 0;
                for entry in std::fs::read_dir(folder)? {
                    bytes += i64::try_from(entry?.metadata()?.len())?;
                }
                Ok(bytes)
            }
            Stored::Database(_) => {
                let size = self.maintain(&format!("SELECT pg_database_size('{}')", stored.name())).await?;
                Ok(size.context("no size")?.parse()?)
            }
        }
    }

    /// Starts so many servers on it.
    pub(crate) async fn open(&self, stored: &Stored, nodes: u32) -> Result<Clinic<'_>> {
        Clinic::open(&self.program, stored, &self.services, nodes).await
    }

    /// A session in a database of this stock.
    pub(crate) async fn session(&self, address: &str) -> Result<Session> {
        self.services.postgres.session(address).await
    }

    async fn maintain(&self, statement: &str) -> Result<Option<String>> {
        self.session(&self.services.postgres.url()).await?.ask(statement).await
    }

    fn next_name(&self) -> String {
        format!("scale_{}", self.made.fetch_add(1, Ordering::Relaxed))
    }
}

/// A data folder is flat.
fn copy_files(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))
            .with_context(|| format!("cannot copy {}", entry.path().display()))?;
    }
    Ok(())
}
