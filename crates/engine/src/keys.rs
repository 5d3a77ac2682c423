//! The key that encrypts a profile, and how it is kept: never raw, only wrapped, in a versioned list of ways to open it.
//!
//! The list (`keyring.json`) stands beside the database. A way is the system's keychain, which holds a wrapping key,
//! or a passphrase. Without either there is no cache: never a constant key, never one in plain text. A key that is
//! lost is said to be lost; the files it opened are set aside, never overwritten.

mod aside;
mod data_key;
mod error;
mod file;
mod hex;
mod keychain;
mod lock_code;
mod seal;

use std::path::Path;
use std::sync::Arc;

use bedside_runtime::Runtime;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

pub use aside::{erase, set_aside};
pub use data_key::DataKey;
pub use error::{KeychainUnavailable, KeyringError, UnlockError};
pub use keychain::{KeychainStore, MemoryKeychain};
pub(crate) use lock_code::LockCode;

use crate::cache::Cache;
use file::{KeyringFile, Way};

/// The list of ways to open one profile.
#[derive(Clone, Debug)]
pub struct Keyring {
    file: KeyringFile,
}

/// What is to protect a new profile.
#[derive(Clone)]
pub enum Protection {
    /// A wrapping key in the system's keychain.
    Keychain(Arc<dyn KeychainStore>),
    /// A passphrase only its owner knows.
    Passphrase(SecretString),
}

impl std::fmt::Debug for Protection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Keychain(_) => "Keychain",
            Self::Passphrase(_) => "Passphrase",
        })
    }
}

impl Keyring {
    /// The keyring of a profile's folder; `None` for a new profile.
    ///
    /// # Errors
    /// [`KeyringError::Missing`] if there is a cache but no list: its key is lost.
    pub fn find(folder: &Path) -> Result<Option<Keyring>, KeyringError> {
        match file::read(folder)? {
            Some(file) => Ok(Some(Keyring { file })),
            None if Cache::exists(folder) => Err(KeyringError::Missing),
            None => Ok(None),
        }
    }

    /// Makes a new profile's key and the list that holds it, wrapped.
    ///
    /// # Errors
    /// [`KeyringError::Exists`] if the folder already has a list or a cache; nothing is overwritten.
    pub async fn create(
        runtime: &Runtime,
        folder: &Path,
        protection: Protection,
    ) -> Result<(Keyring, DataKey), KeyringError> {
        if Self::find(folder)?.is_some() {
            return Err(KeyringError::Exists);
        }
        let (runtime_held, folder) = (runtime.clone(), folder.to_owned());
        runtime.blocking(move || Self::make(&runtime_held, &folder, &protection)).await
    }

    fn make(
        runtime: &Runtime,
        folder: &Path,
        protection: &Protection,
    ) -> Result<(Keyring, DataKey), KeyringError> {
        let (key, profile) = (DataKey::random(runtime), runtime.uuid());
        let way = match protection {
            Protection::Keychain(store) => Self::by_keychain(runtime, store.as_ref(), profile, &key)?,
            Protection::Passphrase(words) => {
                let (salt, nonce) = (runtime.random_bytes(), runtime.random_bytes());
                seal::by_passphrase(words, &key, profile, salt, nonce)?
            }
        };
        let file = KeyringFile::new(profile, way);
        file::write(folder, &file)?;
        Ok((Keyring { file }, key))
    }

    /// The wrapping key is read back before anything relies on it.
    fn by_keychain(
        runtime: &Runtime,
        store: &dyn KeychainStore,
        profile: uuid::Uuid,
        key: &DataKey,
    ) -> Result<Way, KeyringError> {
        let name = format!("profile-{profile}");
        let wrapping = Zeroizing::new(runtime.random_bytes::<32>());
        store.set(&name, wrapping.as_slice())?;
        match store.get(&name)? {
            Some(kept) if kept.as_slice() == wrapping.as_slice() => {}
            _ => return Err(KeychainUnavailable.into()),
        }
        seal::by_keychain(name, &wrapping, key, profile, runtime.random_bytes())
    }

    /// Whether a passphrase opens it.
    #[must_use]
    pub fn has_passphrase(&self) -> bool {
        self.file.ways().any(|way| matches!(way, Way::Passphrase { .. }))
    }

    /// Opens it without asking anybody, if the keychain can.
    ///
    /// # Errors
    /// See [`UnlockError`]. Without a keychain in this session a profile that has a passphrase asks for it.
    pub async fn unlock(
        &self,
        runtime: &Runtime,
        keychain: Option<Arc<dyn KeychainStore>>,
    ) -> Result<DataKey, UnlockError> {
        let keyring = self.clone();
        runtime.blocking(move || keyring.open_by_keychain(keychain.as_deref())).await
    }

    fn open_by_keychain(&self, keychain: Option<&dyn KeychainStore>) -> Result<DataKey, UnlockError> {
        let mut outcome = UnlockError::KeyLost;
        for way in self.file.ways() {
            let Way::Keychain { name, .. } = way else { continue };
            match keychain.ok_or(KeychainUnavailable).and_then(|store| store.get(name)) {
                Err(KeychainUnavailable) => outcome = UnlockError::KeychainUnavailable,
                Ok(None) => {}
                Ok(Some(wrapping)) => {
                    if let Some(key) = seal::open_keychain(way, &wrapping, self.file.profile()) {
                        return Ok(key);
                    }
                }
            }
        }
        Err(if self.has_passphrase() { UnlockError::PassphraseNeeded } else { outcome })
    }

    /// Opens it with a passphrase; takes a moment by intention.
    ///
    /// # Errors
    /// [`UnlockError::WrongPassphrase`] if none of the ways opens by it.
    pub async fn unlock_with(
        &self,
        runtime: &Runtime,
        passphrase: SecretString,
    ) -> Result<DataKey, UnlockError> {
        let keyring = self.clone();
        runtime.blocking(move || keyring.open_by_passphrase(&passphrase)).await
    }

    fn open_by_passphrase(&self, passphrase: &SecretString) -> Result<DataKey, UnlockError> {
        let profile = self.file.profile();
        let opened = self
            .file
            .ways()
            .find_map(|way| seal::open_passphrase(way, passphrase.expose_secret().as_bytes(), profile));
        opened.ok_or(UnlockError::WrongPassphrase)
    }

    /// The names its wrapping keys have in the keychain.
    pub(crate) fn keychain_names(&self) -> impl Iterator<Item = &str> {
        self.file.ways().filter_map(|way| match way {
            Way::Keychain { name, .. } => Some(name.as_str()),
            Way::Passphrase { .. } => None,
        })
    }
}
