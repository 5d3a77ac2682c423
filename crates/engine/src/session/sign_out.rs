//! Signing out: nothing unsent is lost without a word, and the token dies at the server too.

use std::time::Duration;

use bedside_core::sync::Others;
use bedside_protocol::ipc::{IpcError, SessionState};

use super::{Profile, Session, Stage, failure};
use crate::cache::{Cache, CacheError};
use crate::keys;
use crate::sync::disconnected;
use crate::transport::api::Api;

/// How long the server is given to hear of it.
const GOODBYE: Duration = Duration::from_secs(5);

/// How to sign out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignOut {
    pub(crate) discard_unsent: bool,
    pub(crate) erase: bool,
}

impl Session {
    pub(crate) async fn sign_out(&self, how: SignOut) -> Result<(), IpcError> {
        let mut stage = self.stage.lock().await;
        let Stage::Open(profile) = &mut *stage else { return Ok(()) };
        unsent_allows(&profile.cache, how).await?;
        let left = match self.leave(profile, how).await {
            Ok(()) if how.erase => self.erase(profile).await,
            Ok(()) => {
                self.shared.show(SessionState::SignedOut { ended_by_server: false });
                return Ok(());
            }
            Err(error) => Err(failure::of_cache(error)),
        };
        // What is on disk now decides: nothing after erasing, the old profile after a failure.
        self.recover(&mut stage).await;
        left
    }

    /// Stops the driver, ends the session at the server if it can be reached, forgets the token.
    async fn leave(&self, profile: &mut Profile, how: SignOut) -> Result<(), CacheError> {
        self.shared.set_active(None);
        if let Some(driver) = profile.driver.take() {
            driver.task.abort();
            self.say_goodbye(&driver.active.api).await;
        }
        self.shared.connection.send_replace(disconnected());
        self.shared.others.send_replace(Others::default());
        if how.discard_unsent && !how.erase {
            discard_all(&profile.cache).await?;
        }
        profile.cache.forget_token().await
    }

    async fn say_goodbye(&self, api: &Api) {
        let said = self.shared.config.runtime.timeout(GOODBYE, api.sign_out()).await;
        if !matches!(said, Some(Ok(()))) {
            tracing::warn!("the server has not heard of the sign-out; the session ends when it expires");
        }
    }

    /// Removes the cache, its key and whatever was set aside before.
    async fn erase(&self, profile: &Profile) -> Result<(), IpcError> {
        profile.cache.close().await;
        let config = &self.shared.config;
        let (folder, keychain) = (config.folder.clone(), config.keychain.clone());
        let erased = config.runtime.blocking(move || keys::erase(&folder, keychain.as_deref())).await;
        erased.map_err(failure::of_keyring)
    }
}

async fn unsent_allows(cache: &Cache, how: SignOut) -> Result<(), IpcError> {
    let counts = cache.outbox_counts().await.map_err(failure::of_cache)?;
    let changes = cache.message_changes().await.map_err(failure::of_cache)?.len();
    let count = u32::try_from(changes).unwrap_or(u32::MAX).saturating_add(counts.waiting + counts.parked);
    if count > 0 && !how.discard_unsent { Err(IpcError::UnsentMessages { count }) } else { Ok(()) }
}

/// Removes what the server cannot have; what it may have stays until it is known.
async fn discard_all(cache: &Cache) -> Result<(), CacheError> {
    for row in cache.outbox().await? {
        match cache.discard(row.client_id).await {
            Ok(()) | Err(CacheError::NotDiscardable | CacheError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    cache.discard_changes().await
}
