//! What happens to a profile's files when its key is lost, or when the person wants them gone.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use bedside_protocol::Timestamp;

use super::error::KeyringError;
use super::file::{self, sync_folder};
use super::{KeychainStore, Keyring};
use crate::cache;

/// Moves a profile's cache and keyring into a folder of their own beside the new ones, and says where. Nothing is
/// deleted: should the key come back, so does what waited there to be sent.
///
/// # Errors
/// When a file could not be moved.
pub fn set_aside(folder: &Path, now: Timestamp) -> Result<PathBuf, KeyringError> {
    let aside = folder.join(format!("set-aside-{}", now.millis()));
    std::fs::create_dir_all(&aside)?;
    for name in names() {
        match std::fs::rename(folder.join(&name), aside.join(&name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    sync_folder(folder)?;
    Ok(aside)
}

/// Removes a profile's key from the keychain, then its keyring, then its cache: whatever a crash leaves in between
/// can no longer be read. Close the cache first.
///
/// # Errors
/// When a file could not be removed.
pub fn erase(folder: &Path, keychain: Option<&dyn KeychainStore>) -> Result<(), KeyringError> {
    if let (Ok(Some(keyring)), Some(keychain)) = (Keyring::find(folder), keychain) {
        for name in keyring.keychain_names() {
            if keychain.remove(name).is_err() {
                tracing::warn!("the keychain did not remove a profile's wrapping key");
            }
        }
    }
    for name in names() {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// The keyring first: without it the rest cannot be read.
fn names() -> [String; 4] {
    let cache = cache::FILE;
    [file::NAME.to_owned(), cache.to_owned(), format!("{cache}-wal"), format!("{cache}-shm")]
}
