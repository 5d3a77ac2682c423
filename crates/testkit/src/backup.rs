//! A copy of the server's database, taken and put back as an administrator would.

use std::path::Path;

use anyhow::{Context, Result};
use bedside_server::store::Store as _;
use bedside_testservices::shared_copy;
use tempfile::TempDir;

use crate::ground::{Ground, Place};
use crate::world::World;

/// A copy from one moment.
#[derive(Debug)]
pub enum Backup {
    /// The data folder.
    Folder(TempDir),
    /// A database that nobody uses.
    Database(String),
}

impl Backup {
    fn of(place: &Place) -> Result<Self> {
        match place {
            Place::Folder(folder) => {
                let copy = TempDir::new()?;
                copy_files(folder, copy.path())?;
                Ok(Backup::Folder(copy))
            }
            Place::Database(address) => Ok(Backup::Database(shared_copy(address)?)),
        }
    }

    /// Where it is once it has taken the place of what was lost.
    fn put_back(&self, lost: &Place) -> Result<Place> {
        match (self, lost) {
            (Backup::Folder(copy), Place::Folder(folder)) => {
                std::fs::remove_dir_all(folder)?;
                std::fs::create_dir(folder)?;
                copy_files(copy.path(), folder)?;
                Ok(lost.clone())
            }
            (Backup::Database(copy), Place::Database(_)) => Ok(Place::Database(shared_copy(copy)?)),
            _ => anyhow::bail!("a backup of the other kind"),
        }
    }
}

impl World {
    /// Stops the server, copies its database, starts it again.
    ///
    /// # Errors
    /// When the disk or the cluster refuses.
    pub async fn back_up(&mut self) -> Result<Backup> {
        self.stop_server().await;
        let backup = Backup::of(self.place())?;
        self.start_server().await?;
        Ok(backup)
    }

    /// The server's disk is lost; the copy takes its place, as `bedside-server restored` would have it.
    ///
    /// # Errors
    /// When the disk or the cluster refuses.
    pub async fn restore(&mut self, backup: &Backup) -> Result<()> {
        self.crash_server().await;
        self.restored = true;
        let place = backup.put_back(self.place())?;
        let runtime = self.runtime.fork();
        let store = Ground::open(&runtime, &place).await?;
        store.begin_epoch().await?;
        store.close().await;
        runtime.kill();
        self.moved_to(place);
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
