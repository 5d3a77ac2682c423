//! A copy of the server's data folder, taken and put back as an administrator would.

use std::path::Path;

use anyhow::{Context, Result};
use bedside_server::store::Store;
use bedside_server::store::sqlite::{SqliteStore, StoreOptions};
use tempfile::TempDir;

use crate::world::World;

/// A copy from one moment.
#[derive(Debug)]
pub struct Backup(TempDir);

impl World {
    /// Stops the server, copies its folder, starts it again.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn back_up(&mut self) -> Result<Backup> {
        self.stop_server().await;
        let copy = TempDir::new()?;
        copy_files(&self.server_folder(), copy.path())?;
        self.start_server().await?;
        Ok(Backup(copy))
    }

    /// The server's disk is lost; the copy takes its place, as `bedside-server restored` would have it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn restore(&mut self, backup: &Backup) -> Result<()> {
        self.crash_server().await;
        self.restored = true;
        let folder = self.server_folder();
        std::fs::remove_dir_all(&folder)?;
        std::fs::create_dir(&folder)?;
        copy_files(backup.0.path(), &folder)?;
        let runtime = self.runtime.fork();
        let store = SqliteStore::open(runtime.clone(), &folder, &StoreOptions::default())?;
        store.begin_epoch().await?;
        store.close().await;
        runtime.kill();
        self.start_server().await
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), to.join(entry.file_name()))
            .context("cannot copy a file of the database")?;
    }
    Ok(())
}
