//! A profile's life from outside: what does not open can be opened later or begun anew, and no failure is final.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "test helpers")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bedside_engine::keys::{KeychainStore, KeychainUnavailable, MemoryKeychain};
use bedside_engine::transport::{Socket, Transport, TransportError};
use bedside_engine::{Client, ClientConfig};
use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{BrokenCause, IpcError, Request, SessionState};
use bedside_runtime::Runtime;
use bytes::Bytes;
use tempfile::TempDir;
use zeroize::Zeroizing;

const NOW: Timestamp = Timestamp(1_795_363_200_000);

/// A server that lets ana in, and is then out of reach.
struct Clinic;

#[async_trait]
impl Transport for Clinic {
    async fn request(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let body = match request.uri().path() {
            "/healthz" => r#"{"status": "ok", "proto": [1], "version": "0"}"#,
            "/accounts/login/" => {
                r#"{"token": "t", "expires_at": "2027-11-22T16:00:00.123Z", "device_id": 5, "account": {
                    "account_id": 1, "role": "patient", "role_id": 1, "name": "Ana Ribeiro",
                    "birth_date": "1972-05-04", "since": "2026-11-22T16:00:00.123Z", "username": "ana"}}"#
            }
            _ => return Err(TransportError::Unreachable("out of reach".into())),
        };
        let answer = http::Response::builder().header("content-type", "application/json");
        Ok(answer.body(Bytes::from_static(body.as_bytes())).unwrap())
    }

    async fn socket(&self, _: http::Request<()>) -> Result<Socket, TransportError> {
        Err(TransportError::Unreachable("out of reach".into()))
    }
}

/// A keychain that can be away.
#[derive(Default)]
struct Keychain {
    kept: MemoryKeychain,
    away: AtomicBool,
}

impl Keychain {
    fn here(&self) -> Result<&MemoryKeychain, KeychainUnavailable> {
        if self.away.load(Ordering::SeqCst) { Err(KeychainUnavailable) } else { Ok(&self.kept) }
    }
}

impl KeychainStore for Keychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainUnavailable> {
        self.here()?.get(name)
    }
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainUnavailable> {
        self.here()?.set(name, secret)
    }
    fn remove(&self, name: &str) -> Result<(), KeychainUnavailable> {
        self.here()?.remove(name)
    }
}

async fn open(folder: &Path, keychain: Option<Arc<Keychain>>) -> Client {
    let keychain = keychain.map(|keychain| keychain as Arc<dyn KeychainStore>);
    Client::open(ClientConfig {
        runtime: Runtime::simulated(7, NOW),
        folder: folder.to_owned(),
        profile: String::new(),
        server: String::new(),
        version: "0".to_owned(),
        device_name: "test".to_owned(),
        platform: "linux".to_owned(),
        time_zone: Arc::new(|| "Europe/Berlin".to_owned()),
        keychain,
        transport: Arc::new(Clinic),
    })
    .await
}

async fn sign_in(client: &Client, passphrase: Option<&str>) -> Result<(), IpcError> {
    let request = Request::SignIn {
        server: "http://127.0.0.1".to_owned(),
        username: "ana".to_owned(),
        password: "correct horse battery".to_owned(),
        passphrase: passphrase.map(str::to_owned),
    };
    client.request(request).await.map(drop)
}

fn state(client: &Client) -> SessionState {
    client.session().borrow().state.clone()
}

fn is_signed_in(client: &Client) -> bool {
    matches!(state(client), SessionState::SignedIn { .. })
}

fn broken(cause: BrokenCause) -> SessionState {
    SessionState::Broken { cause }
}

const OUT: SessionState = SessionState::SignedOut { ended_by_server: false };

/// A folder where the lock should be: the cache cannot be used as long as it is there.
fn bar(folder: &Path) {
    let lock = folder.join("cache.lock");
    let _not_there_before = std::fs::remove_file(&lock);
    std::fs::create_dir_all(lock).unwrap();
}

fn unbar(folder: &Path) {
    std::fs::remove_dir(folder.join("cache.lock")).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_first_sign_in_that_could_not_be_kept_can_be_repeated() {
    let folder = TempDir::new().unwrap();
    let client = open(folder.path(), Some(Arc::default())).await;
    bar(folder.path());
    assert_eq!(sign_in(&client, None).await, Err(IpcError::Disk));
    assert_eq!(state(&client), OUT);
    unbar(folder.path());
    assert_eq!(sign_in(&client, None).await, Ok(()));
    assert!(is_signed_in(&client));
}

#[tokio::test(start_paused = true)]
async fn a_lost_key_is_said_and_a_fresh_start_keeps_the_old_files() {
    let folder = TempDir::new().unwrap();
    let first = open(folder.path(), Some(Arc::default())).await;
    sign_in(&first, None).await.unwrap();
    first.close().await;
    let client = open(folder.path(), Some(Arc::default())).await;
    assert_eq!(state(&client), broken(BrokenCause::KeyLost));
    client.request(Request::StartAnew).await.unwrap();
    assert_eq!(state(&client), OUT);
    sign_in(&client, None).await.unwrap();
    assert!(is_signed_in(&client));
    let aside = folder.path().join(format!("set-aside-{}", NOW.millis()));
    assert!(aside.join("cache.db").exists() && aside.join("keyring.json").exists());
}

#[tokio::test(start_paused = true)]
async fn a_profile_open_elsewhere_is_not_begun_anew_and_opens_once_it_is_free() {
    let (folder, keychain) = (TempDir::new().unwrap(), Arc::<Keychain>::default());
    let first = open(folder.path(), Some(keychain.clone())).await;
    sign_in(&first, None).await.unwrap();
    let second = open(folder.path(), Some(keychain)).await;
    assert_eq!(state(&second), broken(BrokenCause::InUse));
    assert_eq!(second.request(Request::StartAnew).await, Err(IpcError::CacheUnreadable));
    first.close().await;
    second.request(Request::Reopen).await.unwrap();
    assert!(is_signed_in(&second));
}

#[tokio::test(start_paused = true)]
async fn a_keychain_that_comes_back_opens_the_profile() {
    let (folder, keychain) = (TempDir::new().unwrap(), Arc::<Keychain>::default());
    let first = open(folder.path(), Some(keychain.clone())).await;
    sign_in(&first, None).await.unwrap();
    first.close().await;
    keychain.away.store(true, Ordering::SeqCst);
    let client = open(folder.path(), Some(keychain.clone())).await;
    assert_eq!(state(&client), broken(BrokenCause::KeychainAway));
    keychain.away.store(false, Ordering::SeqCst);
    client.request(Request::Reopen).await.unwrap();
    assert!(is_signed_in(&client));
}

#[tokio::test(start_paused = true)]
async fn an_unlocking_that_fails_on_the_disk_can_be_repeated() {
    let folder = TempDir::new().unwrap();
    let first = open(folder.path(), None).await;
    sign_in(&first, Some("four plain words here")).await.unwrap();
    first.close().await;
    let client = open(folder.path(), None).await;
    let unlock = || Request::Unlock { passphrase: "four plain words here".to_owned() };
    assert_eq!(state(&client), SessionState::Locked);
    bar(folder.path());
    assert_eq!(client.request(unlock()).await, Err(IpcError::Disk));
    assert_eq!(state(&client), broken(BrokenCause::Disk));
    unbar(folder.path());
    client.request(Request::Reopen).await.unwrap();
    client.request(unlock()).await.unwrap();
    assert!(is_signed_in(&client));
}

#[tokio::test(start_paused = true)]
async fn an_erasing_that_fails_leaves_a_profile_one_can_sign_in_to() {
    let folder = TempDir::new().unwrap();
    let client = open(folder.path(), Some(Arc::default())).await;
    sign_in(&client, None).await.unwrap();
    let obstacle = folder.path().join("set-aside-1/keyring.json");
    std::fs::create_dir_all(&obstacle).unwrap();
    let out = Request::SignOut { discard_unsent: true, erase: true };
    assert_eq!(client.request(out).await, Err(IpcError::Disk));
    assert_eq!(state(&client), OUT);
    sign_in(&client, None).await.unwrap();
    assert!(is_signed_in(&client));
}

#[tokio::test(start_paused = true)]
async fn a_passphrase_is_asked_for_only_where_one_is_chosen() {
    let folder = TempDir::new().unwrap();
    let client = open(folder.path(), None).await;
    let needed = |client: &Client| client.session().borrow().passphrase_needed;
    assert!(needed(&client));
    sign_in(&client, Some("four plain words here")).await.unwrap();
    client.request(Request::SignOut { discard_unsent: false, erase: false }).await.unwrap();
    assert_eq!((state(&client), needed(&client)), (OUT, false));
    sign_in(&client, None).await.unwrap();
    client.request(Request::SignOut { discard_unsent: false, erase: true }).await.unwrap();
    assert_eq!((state(&client), needed(&client)), (OUT, true));
}

fn unlock_with(words: &str) -> Request {
    Request::Unlock { passphrase: words.to_owned() }
}

async fn set_code(client: &Client, before: Option<&str>, code: Option<&str>) -> Result<(), IpcError> {
    let (before, code) = (before.map(str::to_owned), code.map(str::to_owned));
    client.request(Request::SetLockCode { before, code }).await.map(drop)
}

#[tokio::test(start_paused = true)]
async fn what_is_locked_shows_nothing_and_does_nothing_until_the_code_is_said() {
    let folder = TempDir::new().unwrap();
    let keychain: Arc<Keychain> = Arc::default();
    let client = open(folder.path(), Some(Arc::clone(&keychain))).await;
    sign_in(&client, None).await.unwrap();
    assert_eq!(client.request(Request::Lock).await, Err(IpcError::NoLockCode));
    assert!(is_signed_in(&client) && client.cache().is_some());
    assert_eq!(set_code(&client, None, Some("123")).await, Err(IpcError::BadLockCode));
    set_code(&client, None, Some("4711")).await.unwrap();
    assert_eq!(set_code(&client, Some("0815"), None).await, Err(IpcError::WrongPassphrase));

    client.request(Request::Lock).await.unwrap();
    client.request(Request::Lock).await.unwrap();
    assert_eq!((state(&client), client.cache().is_none()), (SessionState::Locked, true));
    let out = Request::SignOut { discard_unsent: true, erase: true };
    for refused in [Request::RefreshPeople, out] {
        assert_eq!(client.request(refused).await, Err(IpcError::NotSignedIn));
    }
    assert_eq!(client.request(unlock_with("0815")).await, Err(IpcError::WrongPassphrase));

    // Starting anew opens nothing.
    client.close().await;
    drop(client);
    let client = open(folder.path(), Some(keychain)).await;
    assert_eq!((state(&client), client.cache().is_none()), (SessionState::Locked, true));
    client.request(unlock_with("4711")).await.unwrap();
    assert!(is_signed_in(&client) && client.cache().is_some());
}

#[tokio::test(start_paused = true)]
async fn guessing_the_code_takes_longer_and_longer_and_whoever_has_forgotten_it_signs_in_anew() {
    let folder = TempDir::new().unwrap();
    let client = open(folder.path(), Some(Arc::default())).await;
    sign_in(&client, None).await.unwrap();
    set_code(&client, None, Some("4711")).await.unwrap();
    client.request(Request::Lock).await.unwrap();
    for _ in 0..6 {
        assert_eq!(client.request(unlock_with("0815")).await, Err(IpcError::WrongPassphrase));
    }
    let waits = client.request(unlock_with("4711")).await;
    assert_eq!(waits, Err(IpcError::TooManyAttempts { retry_after_s: 30 }));
    client.request(Request::StartAnew).await.unwrap();
    assert_eq!(state(&client), OUT);
    sign_in(&client, None).await.unwrap();
    assert!(is_signed_in(&client));
}

#[tokio::test(start_paused = true)]
async fn where_a_passphrase_protects_the_cache_it_opens_what_was_locked() {
    let folder = TempDir::new().unwrap();
    let client = open(folder.path(), None).await;
    sign_in(&client, Some("four plain words here")).await.unwrap();
    client.request(Request::Lock).await.unwrap();
    assert_eq!(client.request(unlock_with("other words")).await, Err(IpcError::WrongPassphrase));
    client.request(unlock_with("four plain words here")).await.unwrap();
    assert!(is_signed_in(&client));
}
