//! `bedside-server migrate`: brings a schema up to date without serving, before servers are exchanged one by one.

use bedside_runtime::Runtime;
use bedside_server::store::sqlite::Company;
use clap::Args;

use super::say;
use crate::cli::place::Place;

/// Brings the schema up to date.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        let store = self.place.open(&runtime, Company::Alone).await?;
        store.close().await;
        say(&format!("{} has the schema of this version", self.place.shown()))
    }
}
