//! Where the measured server keeps its data.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;
use bedside_testservices::{Options, Postgres};
use clap::ValueEnum;

/// A kind of store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Store {
    /// The embedded one.
    Sqlite,
    /// A PostgreSQL of the benchmark's own on this machine, as durable as in production. Its CPU is not counted.
    Postgres,
}

impl Store {
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Store::Sqlite => "SQLite",
            Store::Postgres => "PostgreSQL, its own CPU not counted",
        }
    }
}

/// A place for a server's data, gone with it.
pub(crate) struct Place {
    arguments: Vec<OsString>,
    _postgres: Option<Postgres>,
}

impl Place {
    pub(crate) async fn new(store: Store, folder: &Path) -> Result<Self> {
        Ok(match store {
            Store::Sqlite => Place { arguments: vec!["--data".into(), folder.into()], _postgres: None },
            Store::Postgres => {
                let postgres = Postgres::start(Options::durable()).await?;
                let address = postgres.fresh_database().await?;
                Place { arguments: vec!["--database".into(), address.into()], _postgres: Some(postgres) }
            }
        })
    }

    /// What names it on the server's command line.
    pub(crate) fn arguments(&self) -> &[OsString] {
        &self.arguments
    }
}
