//! Opening what is on disk, and keeping a driver on it.

use std::sync::Arc;

use bedside_protocol::ipc::{IpcError, SessionState};
use bedside_protocol::wire::Person;
use secrecy::SecretString;
use tokio::sync::{Mutex, mpsc};

use super::shared::person_view;
use super::{Active, Driver, Profile, Session, Shared, Stage, failure};
use crate::cache::{Cache, CacheError, OpenError};
use crate::keys::{DataKey, Keyring, KeyringError, UnlockError};
use crate::sync::{Setup, start};
use crate::transport::ServerAddress;
use crate::transport::api::Api;

impl Session {
    /// Opens the profile as far as it opens by itself.
    pub(crate) async fn open(shared: Arc<Shared>) -> Session {
        let (ended, watched) = mpsc::channel(1);
        let session = Session { stage: Arc::new(Mutex::new(Stage::Empty)), ended, shared };
        session.watch_end(watched);
        let mut stage = session.stage.lock().await;
        *stage = session.open_disk().await;
        drop(stage);
        session
    }

    async fn open_disk(&self) -> Stage {
        match Keyring::find(&self.shared.config.folder) {
            Ok(None) => self.signed_out_stage(),
            Ok(Some(keyring)) => self.open_by_itself(keyring).await,
            Err(error) => {
                tracing::error!(%error, "the keyring cannot be used");
                self.broken(matches!(error, KeyringError::Newer))
            }
        }
    }

    fn signed_out_stage(&self) -> Stage {
        self.shared.show(SessionState::SignedOut { ended_by_server: false });
        Stage::Empty
    }

    async fn open_by_itself(&self, keyring: Keyring) -> Stage {
        let config = &self.shared.config;
        match keyring.unlock(&config.runtime, config.keychain.clone()).await {
            Ok(key) => self.open_cache(key).await.unwrap_or(Stage::Broken),
            Err(UnlockError::PassphraseNeeded | UnlockError::WrongPassphrase) => {
                self.shared.ask_for_passphrases();
                self.shared.show(SessionState::Locked);
                Stage::Locked(keyring)
            }
            Err(error) => {
                tracing::error!(%error, "the cache's key is not to be had");
                self.broken(false)
            }
        }
    }

    /// Opens a cache that waits for its passphrase.
    pub(crate) async fn unlock(&self, passphrase: SecretString) -> Result<(), IpcError> {
        let mut stage = self.stage.lock().await;
        let Stage::Locked(keyring) = &*stage else { return Ok(()) };
        let runtime = &self.shared.config.runtime;
        let key = keyring.unlock_with(runtime, passphrase).await.map_err(failure::of_unlock)?;
        *stage = self.open_cache(key).await?;
        Ok(())
    }

    /// Opens the cache; somebody who was signed in still is.
    pub(super) async fn open_cache(&self, key: DataKey) -> Result<Stage, IpcError> {
        let config = &self.shared.config;
        let cache = match Cache::open(&config.runtime, &config.folder, key).await {
            Ok(cache) => cache,
            Err(error) => {
                tracing::error!(%error, "the cache cannot be opened");
                self.broken(matches!(error, OpenError::Newer));
                return Err(failure::of_open(error));
            }
        };
        let driver = self.resume(&cache).await.map_err(failure::of_cache)?;
        if driver.is_none() {
            self.shared.show(SessionState::SignedOut { ended_by_server: false });
        }
        Ok(Stage::Open(Profile { cache, driver }))
    }

    /// Starts a driver if there is a session to continue.
    async fn resume(&self, cache: &Cache) -> Result<Option<Driver>, CacheError> {
        let profile = cache.profile().await?;
        self.shared.remember(&profile.server, &profile.username);
        let (Some(token), Some(account_id)) = (cache.token().await?, profile.account_id) else {
            return Ok(None);
        };
        let (Some(me), Ok(server)) = (cache.person(account_id).await?, profile.server.parse()) else {
            return Ok(None);
        };
        let api = self.api(server).with_token(token);
        Ok(Some(self.start_driver(cache.clone(), api, &me)))
    }

    pub(super) fn api(&self, server: ServerAddress) -> Api {
        let config = &self.shared.config;
        Api::new(config.runtime.clone(), Arc::clone(&config.transport), server)
    }

    pub(super) fn start_driver(&self, cache: Cache, api: Api, me: &Person) -> Driver {
        let (sync, task) = start(Setup {
            runtime: self.shared.config.runtime.clone(),
            cache: cache.clone(),
            me: me.account_id,
            api: api.clone(),
            connection: self.shared.connection.clone(),
            people_loading: self.shared.people_loading.clone(),
            notifications: self.shared.notifications.clone(),
            session_ended: self.ended.clone(),
        });
        let active = Active { cache, sync, api };
        self.shared.set_active(Some(active.clone()));
        self.shared.show(SessionState::SignedIn { me: person_view(me), sign_in_again: false });
        Driver { active, task }
    }

    pub(super) fn broken(&self, newer: bool) -> Stage {
        self.shared.show(SessionState::Broken { newer });
        Stage::Broken
    }

    /// When the server ends the session, what is cached stays; the person is asked to sign in again.
    fn watch_end(&self, mut ended: mpsc::Receiver<()>) {
        let shared = Arc::clone(&self.shared);
        self.shared.config.runtime.spawn("session.watch", async move {
            while ended.recv().await.is_some() {
                shared.session.send_modify(|view| {
                    if let SessionState::SignedIn { sign_in_again, .. } = &mut view.state {
                        *sign_in_again = true;
                    }
                });
            }
        });
    }
}
