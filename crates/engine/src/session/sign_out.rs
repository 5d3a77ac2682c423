//! Signing out: nothing unsent is lost without a word, and the token dies at the server too.

use std::time::Duration;

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
        let next = match &mut *stage {
            Stage::Open(profile) => {
                unsent_allows(&profile.cache, how).await?;
                self.leave(profile, how).await.map_err(failure::of_cache)?;
                self.after(profile, how).await?
            }
            Stage::Broken | Stage::Locked(_) if how.erase => {
                self.set_aside()?;
                Some(Stage::Empty)
            }
            Stage::Empty | Stage::Broken | Stage::Locked(_) => None,
        };
        if let Some(next) = next {
            *stage = next;
        }
        if !matches!(*stage, Stage::Broken | Stage::Locked(_)) {
            self.shared.show(SessionState::SignedOut { ended_by_server: false });
        }
        Ok(())
    }

    /// Stops the driver, ends the session at the server if it can be reached, forgets the token.
    async fn leave(&self, profile: &mut Profile, how: SignOut) -> Result<(), CacheError> {
        self.shared.set_active(None);
        if let Some(driver) = profile.driver.take() {
            driver.task.abort();
            self.say_goodbye(&driver.active.api).await;
        }
        self.shared.connection.send_replace(disconnected());
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

    async fn after(&self, profile: &Profile, how: SignOut) -> Result<Option<Stage>, IpcError> {
        if !how.erase {
            return Ok(None);
        }
        profile.cache.close().await;
        let config = &self.shared.config;
        keys::erase(&config.folder, config.keychain.as_deref()).map_err(failure::of_keyring)?;
        Ok(Some(Stage::Empty))
    }

    /// A fresh start where the cache does not open: its files are kept aside, not deleted.
    fn set_aside(&self) -> Result<(), IpcError> {
        let config = &self.shared.config;
        let aside = keys::set_aside(&config.folder, config.runtime.now()).map_err(failure::of_keyring)?;
        tracing::warn!(folder = %aside.display(), "a cache that does not open was set aside");
        Ok(())
    }
}

async fn unsent_allows(cache: &Cache, how: SignOut) -> Result<(), IpcError> {
    let counts = cache.outbox_counts().await.map_err(failure::of_cache)?;
    let count = counts.waiting + counts.parked;
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
    Ok(())
}
