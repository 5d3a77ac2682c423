//! What happens to a profile's files when its key is lost, or when the person wants them gone.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use bedside_protocol::Timestamp;

use super::error::KeyringError;
use super::file::{self, sync_folder};
use super::{KeychainStore, Keyring};
use crate::cache::{self, Cache, OpenError};

/// What the folders of [`set_aside`] are called, before the time.
const ASIDE: &str = "set-aside-";

/// Moves a profile's cache and keyring into a folder of their own beside the new ones, and says where. Nothing is
/// deleted: should the key come back, so does what waited there to be sent. The profile's lock is held meanwhile, so
/// that nobody loses a cache that is open.
///
/// # Errors
/// [`OpenError::InUse`] if the cache is open anywhere; otherwise when a file could not be moved.
pub fn set_aside(folder: &Path, now: Timestamp) -> Result<PathBuf, OpenError> {
    let _lock = Cache::lock(folder)?;
    let moved = || {
        let aside = folder.join(format!("{ASIDE}{}", now.millis()));
        std::fs::create_dir_all(&aside)?;
        for name in names() {
            unless_missing(std::fs::rename(folder.join(&name), aside.join(&name)))?;
        }
        sync_folder(folder)?;
        Ok(aside)
    };
    moved().map_err(OpenError::Folder)
}

/// Removes a profile's key from the keychain, then its keyring, then its cache, and the same for all that was set
/// aside: whatever a crash leaves in between can no longer be read. Close the cache first.
///
/// # Errors
/// When a file could not be removed.
pub fn erase(folder: &Path, keychain: Option<&dyn KeychainStore>) -> Result<(), KeyringError> {
    for aside in aside_folders(folder)? {
        erase_one(&aside, keychain)?;
        unless_missing(std::fs::remove_dir_all(&aside))?;
    }
    erase_one(folder, keychain)
}

fn erase_one(folder: &Path, keychain: Option<&dyn KeychainStore>) -> Result<(), KeyringError> {
    if let (Ok(Some(keyring)), Some(keychain)) = (Keyring::find(folder), keychain) {
        for name in keyring.keychain_names() {
            if keychain.remove(name).is_err() {
                tracing::warn!("the keychain did not remove a profile's wrapping key");
            }
        }
    }
    for name in names() {
        unless_missing(std::fs::remove_file(folder.join(name)))?;
    }
    Ok(())
}

fn aside_folders(folder: &Path) -> Result<Vec<PathBuf>, KeyringError> {
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(ASIDE) && entry.file_type()?.is_dir() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn unless_missing(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The keyring first: without it the rest cannot be read.
fn names() -> [String; 4] {
    let cache = cache::FILE;
    [file::NAME.to_owned(), cache.to_owned(), format!("{cache}-wal"), format!("{cache}-shm")]
}
