//! The system's keychain as the engine sees it; the shell brings the real one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::error::KeychainUnavailable;

/// Keeps small secrets under a name. Calls may block (the person may be asked to unlock it).
pub trait KeychainStore: Send + Sync {
    /// The secret of that name, if there is one.
    ///
    /// # Errors
    /// When there is no keychain or it refuses: not the same as not having it.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainUnavailable>;

    /// Keeps a secret, replacing one of that name.
    ///
    /// # Errors
    /// When there is no keychain or it refuses.
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainUnavailable>;

    /// Forgets a secret; one that is not there is forgotten already.
    ///
    /// # Errors
    /// When there is no keychain or it refuses.
    fn remove(&self, name: &str) -> Result<(), KeychainUnavailable>;
}

/// A keychain that lives as long as the process, for tests and for running without a window.
#[derive(Default)]
pub struct MemoryKeychain {
    secrets: Mutex<HashMap<String, Zeroizing<Vec<u8>>>>,
}

impl std::fmt::Debug for MemoryKeychain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemoryKeychain")
    }
}

impl KeychainStore for MemoryKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainUnavailable> {
        Ok(self.secrets.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainUnavailable> {
        let secret = Zeroizing::new(secret.to_vec());
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret);
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), KeychainUnavailable> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}
