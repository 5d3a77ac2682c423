//! How a profile's key is kept, lost and found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "test helpers")]

use std::path::Path;
use std::sync::Arc;

use bedside_engine::cache::{Cache, OpenError};
use bedside_engine::keys::{
    self, DataKey, KeychainStore, KeychainUnavailable, Keyring, KeyringError, MemoryKeychain, Protection,
    UnlockError,
};
use bedside_protocol::Timestamp;
use bedside_runtime::Runtime;
use secrecy::SecretString;
use tempfile::TempDir;
use zeroize::Zeroizing;

const NOW: Timestamp = Timestamp(1_795_363_200_000);

/// A keychain nobody can reach.
struct NoKeychain;

impl KeychainStore for NoKeychain {
    fn get(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainUnavailable> {
        Err(KeychainUnavailable)
    }
    fn set(&self, _: &str, _: &[u8]) -> Result<(), KeychainUnavailable> {
        Err(KeychainUnavailable)
    }
    fn remove(&self, _: &str) -> Result<(), KeychainUnavailable> {
        Err(KeychainUnavailable)
    }
}

fn runtime() -> Runtime {
    Runtime::simulated(7, NOW)
}

async fn by_keychain(folder: &Path) -> (Keyring, DataKey, Arc<MemoryKeychain>) {
    let keychain = Arc::new(MemoryKeychain::default());
    let made = Keyring::create(&runtime(), folder, Protection::Keychain(keychain.clone())).await.unwrap();
    (made.0, made.1, keychain)
}

async fn by_passphrase(folder: &Path) -> (Keyring, DataKey) {
    let words = SecretString::from("correct horse");
    Keyring::create(&runtime(), folder, Protection::Passphrase(words)).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_keychain_opens_a_profile_without_asking() {
    let folder = TempDir::new().unwrap();
    let (_, key, keychain) = by_keychain(folder.path()).await;
    let found = Keyring::find(folder.path()).unwrap().unwrap();
    assert!(found.unlock(&runtime(), Some(keychain)).await.unwrap() == key);
}

#[tokio::test(start_paused = true)]
async fn a_passphrase_opens_a_profile_and_another_does_not() {
    let folder = TempDir::new().unwrap();
    let (_, key) = by_passphrase(folder.path()).await;
    let found = Keyring::find(folder.path()).unwrap().unwrap();
    assert_eq!(found.unlock(&runtime(), None).await.unwrap_err(), UnlockError::PassphraseNeeded);
    let wrong = found.unlock_with(&runtime(), SecretString::from("correct house")).await;
    assert_eq!(wrong.unwrap_err(), UnlockError::WrongPassphrase);
    assert!(found.unlock_with(&runtime(), SecretString::from("correct horse")).await.unwrap() == key);
}

#[tokio::test(start_paused = true)]
async fn a_keychain_that_is_away_is_not_one_that_lost_the_key() {
    let folder = TempDir::new().unwrap();
    let (keyring, _, _) = by_keychain(folder.path()).await;
    let away = keyring.unlock(&runtime(), Some(Arc::new(NoKeychain))).await;
    assert_eq!(away.unwrap_err(), UnlockError::KeychainUnavailable);
    let emptied = keyring.unlock(&runtime(), Some(Arc::new(MemoryKeychain::default()))).await;
    assert_eq!(emptied.unwrap_err(), UnlockError::KeyLost);
}

#[tokio::test(start_paused = true)]
async fn without_a_keychain_nothing_is_made_and_nothing_left_behind() {
    let folder = TempDir::new().unwrap();
    let refused =
        Keyring::create(&runtime(), folder.path(), Protection::Keychain(Arc::new(NoKeychain))).await;
    assert!(matches!(refused, Err(KeyringError::Keychain(KeychainUnavailable))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_second_key_never_replaces_the_first() {
    let folder = TempDir::new().unwrap();
    by_keychain(folder.path()).await;
    let again = Keyring::create(&runtime(), folder.path(), Protection::Passphrase("x".into())).await;
    assert!(matches!(again, Err(KeyringError::Exists)));
}

#[tokio::test(start_paused = true)]
async fn no_file_and_no_debug_text_holds_the_key() {
    let folder = TempDir::new().unwrap();
    let (keyring, key, keychain) = by_keychain(folder.path()).await;
    let cache = Cache::open(&runtime(), folder.path(), key.clone()).await.unwrap();
    cache.close().await;
    let opened = keyring.unlock(&runtime(), Some(keychain)).await.unwrap();
    assert_eq!(format!("{key:?} {opened:?}"), "DataKey DataKey");
    // The first bytes a simulated runtime gives are the key's.
    let raw: [u8; 32] = runtime().random_bytes();
    let hex: String = raw.iter().map(|byte| format!("{byte:02x}")).collect();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(32).any(|window| window == raw));
        assert!(!bytes.windows(64).any(|window| window == hex.as_bytes()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_keyring_of_another_profile_opens_nothing() {
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let (_, _, keychain) = by_keychain(one.path()).await;
    let text = std::fs::read_to_string(one.path().join("keyring.json")).unwrap();
    let profile: serde_json::Value = serde_json::from_str(&text).unwrap();
    let id = profile["profile"].as_str().unwrap();
    let moved = text.replacen(
        &format!("\"profile\": \"{id}\""),
        &format!("\"profile\": \"{}\"", uuid::Uuid::nil()),
        1,
    );
    assert_ne!(text, moved);
    std::fs::write(other.path().join("keyring.json"), moved).unwrap();
    let found = Keyring::find(other.path()).unwrap().unwrap();
    assert_eq!(found.unlock(&runtime(), Some(keychain)).await.unwrap_err(), UnlockError::KeyLost);
}

#[tokio::test(start_paused = true)]
async fn a_cache_without_its_keyring_is_a_lost_key() {
    let folder = TempDir::new().unwrap();
    let (_, key, _) = by_keychain(folder.path()).await;
    Cache::open(&runtime(), folder.path(), key).await.unwrap().close().await;
    std::fs::remove_file(folder.path().join("keyring.json")).unwrap();
    assert!(matches!(Keyring::find(folder.path()), Err(KeyringError::Missing)));
}

#[tokio::test(start_paused = true)]
async fn setting_aside_keeps_every_byte_and_makes_room_for_a_new_profile() {
    let folder = TempDir::new().unwrap();
    let (_, key, keychain) = by_keychain(folder.path()).await;
    Cache::open(&runtime(), folder.path(), key.clone()).await.unwrap().close().await;
    let before = std::fs::read(folder.path().join("cache.db")).unwrap();
    let aside = keys::set_aside(folder.path(), NOW).unwrap();
    assert_eq!(std::fs::read(aside.join("cache.db")).unwrap(), before);
    assert!(Keyring::find(folder.path()).unwrap().is_none());
    let old = Keyring::find(&aside).unwrap().unwrap();
    assert!(old.unlock(&runtime(), Some(keychain)).await.unwrap() == key);
}

#[tokio::test(start_paused = true)]
async fn an_erased_profile_leaves_no_file_and_no_key() {
    let folder = TempDir::new().unwrap();
    let (keyring, key, keychain) = by_keychain(folder.path()).await;
    Cache::open(&runtime(), folder.path(), key).await.unwrap().close().await;
    keys::erase(folder.path(), Some(keychain.as_ref())).unwrap();
    assert!(!Cache::exists(folder.path()));
    assert_eq!(keyring.unlock(&runtime(), Some(keychain)).await.unwrap_err(), UnlockError::KeyLost);
}

#[tokio::test(start_paused = true)]
async fn a_cache_that_is_open_is_not_set_aside() {
    let folder = TempDir::new().unwrap();
    let (_, key, _) = by_keychain(folder.path()).await;
    let cache = Cache::open(&runtime(), folder.path(), key).await.unwrap();
    assert!(matches!(keys::set_aside(folder.path(), NOW), Err(OpenError::InUse)));
    assert!(Cache::exists(folder.path()));
    cache.close().await;
    assert!(keys::set_aside(folder.path(), NOW).is_ok());
}

#[tokio::test(start_paused = true)]
async fn erasing_removes_what_was_set_aside_before_with_its_keys() {
    let folder = TempDir::new().unwrap();
    let (keyring, key, keychain) = by_keychain(folder.path()).await;
    Cache::open(&runtime(), folder.path(), key).await.unwrap().close().await;
    let aside = keys::set_aside(folder.path(), NOW).unwrap();
    keys::erase(folder.path(), Some(keychain.as_ref())).unwrap();
    assert!(!aside.exists());
    assert_eq!(keyring.unlock(&runtime(), Some(keychain)).await.unwrap_err(), UnlockError::KeyLost);
}
