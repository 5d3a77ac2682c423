//! Opening what is on disk, and keeping a driver on it.

use std::sync::Arc;

use bedside_protocol::ipc::{BrokenCause, IpcError, SessionState};
use bedside_protocol::wire::Person;
use secrecy::SecretString;
use tokio::sync::{Mutex, mpsc};

use super::shared::person_view;
use super::{Active, Driver, Profile, Session, Shared, Stage, failure};
use crate::cache::{Cache, CacheError, OpenError};
use crate::keys::{DataKey, Keyring, UnlockError};
use crate::sync::{Setup, Telling, follow_reply_waits, start};
use crate::transport::ServerAddress;
use crate::transport::api::Api;

/// Why a cache did not open, as the session shows it and as the request is answered.
struct Unopened {
    cause: BrokenCause,
    error: IpcError,
}

impl From<OpenError> for Unopened {
    fn from(error: OpenError) -> Self {
        tracing::error!(%error, "the cache cannot be opened");
        Unopened { cause: failure::cause_of_open(&error), error: failure::of_open(error) }
    }
}

impl From<CacheError> for Unopened {
    fn from(error: CacheError) -> Self {
        tracing::error!(%error, "the cache cannot be read");
        Unopened { cause: failure::cause_of_cache(&error), error: failure::of_cache(error) }
    }
}

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

    /// Opens what is on disk as far as it opens by itself, and shows how far that is.
    pub(super) async fn open_disk(&self) -> Stage {
        match Keyring::find(&self.shared.config.folder) {
            Ok(None) => self.signed_out_stage(),
            Ok(Some(keyring)) => self.open_by_itself(keyring).await,
            Err(error) => {
                tracing::error!(%error, "the keyring cannot be used");
                self.broken(failure::cause_of_keyring(&error))
            }
        }
    }

    fn signed_out_stage(&self) -> Stage {
        if self.shared.config.keychain.is_none() {
            self.shared.ask_for_passphrases();
        }
        self.shared.show(SessionState::SignedOut { ended_by_server: false });
        Stage::Empty
    }

    async fn open_by_itself(&self, keyring: Keyring) -> Stage {
        let config = &self.shared.config;
        match keyring.unlock(&config.runtime, config.keychain.clone()).await {
            Ok(key) => match self.open_cache(key).await {
                Ok(profile) => Stage::Open(profile),
                Err(unopened) => self.broken(unopened.cause),
            },
            Err(UnlockError::PassphraseNeeded | UnlockError::WrongPassphrase) => {
                self.shared.show(SessionState::Locked);
                Stage::Locked(keyring)
            }
            Err(error) => {
                tracing::error!(%error, "the cache's key is not to be had");
                let away = matches!(error, UnlockError::KeychainUnavailable);
                self.broken(if away { BrokenCause::KeychainAway } else { BrokenCause::KeyLost })
            }
        }
    }

    /// Opens a cache that waits for its passphrase.
    pub(crate) async fn unlock(&self, passphrase: SecretString) -> Result<(), IpcError> {
        let mut stage = self.stage.lock().await;
        if let Stage::Open(Profile { cache, .. }) = &*stage
            && self.shared.is_locked()
        {
            return self.open_locked(cache, passphrase).await;
        }
        let Stage::Locked(keyring) = &*stage else { return Ok(()) };
        let runtime = &self.shared.config.runtime;
        let key = keyring.unlock_with(runtime, passphrase).await.map_err(failure::of_unlock)?;
        match self.open_cache(key).await {
            Ok(profile) => *stage = Stage::Open(profile),
            Err(unopened) => {
                *stage = self.broken(unopened.cause);
                return Err(unopened.error);
            }
        }
        // Whoever has just said the passphrase is not asked for it once more.
        if let Stage::Open(Profile { cache, .. }) = &*stage
            && self.shared.is_locked()
        {
            cache.keep_locked(false).await.map_err(failure::of_cache)?;
            self.shared.open_lock();
        }
        Ok(())
    }

    /// Opens the cache; somebody who was signed in still is.
    async fn open_cache(&self, key: DataKey) -> Result<Profile, Unopened> {
        let config = &self.shared.config;
        let cache = Cache::open(&config.runtime, &config.folder, key).await?;
        self.know_lock_way(&cache).await;
        if cache.is_locked().await? && self.shared.lock_way().is_some() {
            self.shared.begin_locked();
        }
        match self.resume(&cache).await {
            Ok(driver) => {
                self.shared.passphrases_are_not_asked();
                if driver.is_none() {
                    self.shared.show(SessionState::SignedOut { ended_by_server: false });
                }
                Ok(Profile { cache, driver })
            }
            Err(error) => {
                cache.close().await;
                Err(error.into())
            }
        }
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
        Api::new(Arc::clone(&config.transport), server)
    }

    pub(super) fn start_driver(&self, cache: Cache, api: Api, me: &Person) -> Driver {
        let (sync, task) = start(Setup {
            runtime: self.shared.config.runtime.clone(),
            cache: cache.clone(),
            me: me.account_id,
            api: api.clone(),
            connection: self.shared.connection.clone(),
            people_loading: self.shared.people_loading.clone(),
            others: self.shared.others.clone(),
            telling: self.telling(cache.clone()),
            session_ended: self.ended.clone(),
        });
        let active = Active { cache, sync, api };
        self.shared.set_active(Some(active.clone()));
        self.shared.show(SessionState::SignedIn { me: person_view(me), sign_in_again: false });
        let waits = follow_reply_waits(self.telling(active.cache.clone()));
        let waits = self.shared.config.runtime.spawn("sync.reply_waits", waits);
        Driver { active, task, waits }
    }

    fn telling(&self, cache: Cache) -> Telling {
        let config = &self.shared.config;
        Telling {
            runtime: config.runtime.clone(),
            cache,
            wishes: self.shared.notifications.clone(),
            time_zone: Arc::clone(&config.time_zone),
            locked: self.shared.locked.subscribe(),
        }
    }

    fn broken(&self, cause: BrokenCause) -> Stage {
        self.shared.show(SessionState::Broken { cause });
        Stage::Broken(cause)
    }

    /// When the server ends the session, what is cached stays; the person is asked to sign in again.
    fn watch_end(&self, mut ended: mpsc::Receiver<()>) {
        let shared = Arc::clone(&self.shared);
        let runtime = &self.shared.config.runtime;
        let stopping = runtime.stopping();
        runtime.spawn("session.watch", async move {
            while let Some(Some(())) = stopping.run_until_cancelled(ended.recv()).await {
                shared.ask_to_sign_in_again();
            }
        });
    }
}
