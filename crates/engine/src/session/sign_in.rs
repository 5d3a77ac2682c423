//! Signing in: the server first, then the cache, so that a wrong password leaves nothing behind.

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::ipc::IpcError;
use bedside_protocol::wire::{Login, LoginAnswer, Role};
use bedside_protocol::{DeviceId, PROTO, limits};
use secrecy::{ExposeSecret, SecretString};

use super::{Profile, Session, Stage, failure};
use crate::cache::{Cache, SignedIn};
use crate::keys::{self, DataKey, Keyring, KeyringError, Protection};
use crate::transport::ServerAddress;
use crate::transport::api::Api;

/// What a person signs in with.
pub(crate) struct SignIn {
    pub(crate) server: String,
    pub(crate) username: String,
    pub(crate) password: SecretString,
    pub(crate) passphrase: Option<SecretString>,
}

impl Session {
    pub(crate) async fn sign_in(&self, wish: SignIn) -> Result<(), IpcError> {
        let server: ServerAddress = wish.server.parse().map_err(|_| IpcError::InvalidServer)?;
        let mut stage = self.stage.lock().await;
        self.can_protect(&stage, &wish)?;
        let device_id = known_device(&stage).await;
        let api = self.api(server.clone());
        check_server(&api).await?;
        let answer = api.sign_in(&self.login(&wish, device_id)).await.map_err(failure::of_sign_in)?;
        let api = api.with_token(SecretString::from(answer.token.clone()));
        if answer.account.person.role == Role::Admin {
            let _best_effort = api.sign_out().await;
            return Err(IpcError::AdministratorAccount);
        }
        let was_open = matches!(*stage, Stage::Open(_));
        let kept = self.keep(&mut stage, &wish, &server, &answer).await;
        match kept {
            Ok(cache) => {
                let driver = self.start_driver(cache.clone(), api, &answer.account.person);
                *stage = Stage::Open(Profile { cache, driver: Some(driver) });
                Ok(())
            }
            Err(error) => {
                // The session made a moment ago is of no use to anybody.
                let _best_effort = api.sign_out().await;
                if !was_open {
                    self.recover(&mut stage).await;
                }
                Err(error)
            }
        }
    }

    /// What would fail after signing in is found out before.
    fn can_protect(&self, stage: &Stage, wish: &SignIn) -> Result<(), IpcError> {
        let possible = self.shared.config.keychain.is_some() || wish.passphrase.is_some();
        match stage {
            Stage::Empty if !possible => Err(IpcError::PassphraseNeeded),
            Stage::Locked(_) if wish.passphrase.is_none() => Err(IpcError::PassphraseNeeded),
            Stage::Broken(_) => Err(IpcError::CacheUnreadable),
            Stage::Empty | Stage::Locked(_) | Stage::Open(_) => Ok(()),
        }
    }

    fn login(&self, wish: &SignIn, device_id: Option<DeviceId>) -> Login {
        let config = &self.shared.config;
        Login {
            username: wish.username.trim().to_owned(),
            password: wish.password.expose_secret().to_owned(),
            device_name: config.device_name.chars().take(limits::DEVICE_NAME_CHARS).collect(),
            platform: config.platform.clone(),
            device_id,
        }
    }

    /// Keeps the session in the cache, which is opened or made first.
    async fn keep(
        &self,
        stage: &mut Stage,
        wish: &SignIn,
        server: &ServerAddress,
        answer: &LoginAnswer,
    ) -> Result<Cache, IpcError> {
        let cache = self.cache_for(stage, wish).await?;
        let profile = cache.profile().await.map_err(failure::of_cache)?;
        let account_id = answer.account.person.account_id;
        let other = profile.account_id.is_some_and(|held| held != account_id);
        if other || (!profile.server.is_empty() && profile.server != server.to_string()) {
            return Err(IpcError::OtherAccount);
        }
        let session = SignedIn {
            server: server.to_string(),
            username: answer.account.username.clone(),
            account_id,
            device_id: answer.device_id,
            token: SecretString::from(answer.token.clone()),
        };
        cache.signed_in(session).await.map_err(failure::of_cache)?;
        let account = CacheWrite::Account(answer.account.clone());
        cache.apply(vec![account]).await.map_err(failure::of_cache)?;
        self.shared.remember(&server.to_string(), &answer.account.username);
        self.know_lock_way(&cache).await;
        Ok(cache)
    }

    async fn cache_for(&self, stage: &mut Stage, wish: &SignIn) -> Result<Cache, IpcError> {
        let runtime = &self.shared.config.runtime;
        let key = match &*stage {
            Stage::Open(profile) => return Ok(profile.cache.clone()),
            Stage::Locked(keyring) => {
                let passphrase = wish.passphrase.clone().ok_or(IpcError::PassphraseNeeded)?;
                keyring.unlock_with(runtime, passphrase).await.map_err(failure::of_unlock)?
            }
            Stage::Empty => self.new_key(wish).await?,
            Stage::Broken(_) => return Err(IpcError::CacheUnreadable),
        };
        let cache = match Cache::open(runtime, &self.shared.config.folder, key).await {
            Ok(cache) => cache,
            Err(error) => {
                tracing::error!(%error, "a cache cannot be made");
                if matches!(stage, Stage::Empty) {
                    self.forget_key().await;
                }
                return Err(failure::of_open(error));
            }
        };
        self.shared.passphrases_are_not_asked();
        *stage = Stage::Open(Profile { cache: cache.clone(), driver: None });
        Ok(cache)
    }

    /// The key of a cache that was never made protects nothing, and stands in the way of the next attempt.
    async fn forget_key(&self) {
        let config = &self.shared.config;
        let (folder, keychain) = (config.folder.clone(), config.keychain.clone());
        let forget = move || match Cache::exists(&folder) {
            true => Ok(()),
            false => keys::erase(&folder, keychain.as_deref()),
        };
        if let Err(error) = config.runtime.blocking(forget).await {
            tracing::error!(%error, "the key of a cache that was never made is still there");
        }
    }

    /// The keychain if there is one and it works, else a passphrase.
    async fn new_key(&self, wish: &SignIn) -> Result<DataKey, IpcError> {
        let config = &self.shared.config;
        let mut ways = config.keychain.clone().map(Protection::Keychain).into_iter();
        let passphrase = wish.passphrase.clone().map(Protection::Passphrase);
        for protection in ways.by_ref().chain(passphrase) {
            match Keyring::create(&config.runtime, &config.folder, protection).await {
                Ok((_, key)) => return Ok(key),
                Err(KeyringError::Keychain(_)) => self.shared.ask_for_passphrases(),
                Err(error) => return Err(failure::of_keyring(error)),
            }
        }
        Err(IpcError::PassphraseNeeded)
    }
}

async fn known_device(stage: &Stage) -> Option<DeviceId> {
    match stage {
        Stage::Open(profile) => profile.cache.profile().await.ok()?.device_id,
        Stage::Empty | Stage::Locked(_) | Stage::Broken(_) => None,
    }
}

/// Before a password travels: is this a Bedside server, and one we can speak with?
async fn check_server(api: &Api) -> Result<(), IpcError> {
    let health = api.health().await.map_err(failure::of_sign_in)?;
    if health.proto.contains(&PROTO) { Ok(()) } else { Err(IpcError::Incompatible) }
}
