//! `bedside-server restored`: tells a data folder that it was put back from a backup.

use bedside_runtime::Runtime;
use bedside_server::store::Store as _;
use bedside_server::store::sqlite::Company;
use clap::Args;

use super::{DataFolder, open, say};

/// Begins a new epoch.
#[derive(Debug, Args)]
pub(super) struct Restored {
    #[command(flatten)]
    folder: DataFolder,
}

impl Restored {
    pub(super) async fn run(self, runtime: Runtime) -> anyhow::Result<()> {
        let store = open(&runtime, &self.folder.data, Company::Alone).await?;
        let begun = store.begin_epoch().await;
        store.close().await;
        begun?;
        say(&format!(
            "{} begins anew: every app will rebuild and offer what is missing",
            self.folder.data.display()
        ))
    }
}
