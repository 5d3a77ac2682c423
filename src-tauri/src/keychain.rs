//! The system's keychain, where the key that wraps the cache's key is kept.

use std::sync::mpsc;
use std::time::Duration;

use bedside_engine::keys::{KeychainStore, KeychainUnavailable};
use keyring::{Entry, Error};
use zeroize::Zeroizing;

/// A keychain that asks its owner for a password may take as long as that takes; one that is broken must not keep
/// the app from going on for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// The entry by which it is tried out.
const PROBE: &str = "probe";

/// The keychain of the person's session.
#[derive(Clone, Debug)]
pub(crate) struct SystemKeychain {
    service: String,
}

impl SystemKeychain {
    /// The keychain, with the app's identifier as the owner of what is kept there.
    pub(crate) fn new(service: String) -> Self {
        SystemKeychain { service }
    }

    /// Whether it can be asked.
    pub(crate) fn answers(&self) -> bool {
        self.get(PROBE).is_ok()
    }

    /// Whether it keeps what it is given: some sessions have a keychain that answers and has nowhere to store.
    pub(crate) fn stores(&self) -> bool {
        // One that refuses is not asked again: each question may take all of the patience.
        if self.set(PROBE, b"probe").is_err() {
            return false;
        }
        let kept = self.get(PROBE);
        let removed = self.remove(PROBE);
        removed.is_ok() && kept.is_ok_and(|secret| secret.is_some_and(|secret| *secret == *b"probe"))
    }

    /// Does one piece of work on an entry. On a thread of its own: the library blocks, and on Linux it runs an
    /// executor that must not be nested in ours.
    fn with<T, F>(&self, name: &str, work: F) -> Result<T, KeychainUnavailable>
    where
        T: Send + 'static,
        F: FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
    {
        let (service, name) = (self.service.clone(), name.to_owned());
        let (done, answer) = mpsc::sync_channel(1);
        let ask = move || {
            // Nobody listens any more once the patience has run out.
            let _ = done.send(Entry::new(&service, &name).and_then(|entry| work(&entry)));
        };
        let started = std::thread::Builder::new().name("keychain".to_owned()).spawn(ask);
        started.map_err(|_| KeychainUnavailable)?;
        answer.recv_timeout(PATIENCE).map_err(|_| KeychainUnavailable)?.map_err(|error| unavailable(&error))
    }
}

/// What went wrong, without the details: some of the library's errors carry the secret itself.
fn unavailable(error: &Error) -> KeychainUnavailable {
    let kind = match error {
        Error::PlatformFailure(_) => "platform failure",
        Error::NoStorageAccess(_) => "no access",
        Error::NoDefaultStore => "no keychain",
        _ => "other",
    };
    tracing::info!(keychain.error = kind, "the keychain is not available");
    KeychainUnavailable
}

impl KeychainStore for SystemKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainUnavailable> {
        self.with(name, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainUnavailable> {
        let secret = Zeroizing::new(secret.to_vec());
        self.with(name, move |entry| entry.set_secret(&secret))
    }

    fn remove(&self, name: &str) -> Result<(), KeychainUnavailable> {
        self.with(name, |entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
    }
}
