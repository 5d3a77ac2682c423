//! `bedside-server restored`: tells a database that it was put back from a backup.

use bedside_runtime::Runtime;

use bedside_server::store::sqlite::Company;
use clap::Args;

use super::place::Place;
use super::say;

/// Begins a new epoch.
#[derive(Debug, Args)]
pub(super) struct Restored {
    #[command(flatten)]
    place: Place,
}

impl Restored {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        let store = self.place.open(&runtime, Company::Alone).await?;
        let begun = store.begin_epoch().await;
        store.close().await;
        begun?;
        say(&format!("{} begins anew: every app will rebuild and offer what is missing", self.place.shown()))
    }
}
