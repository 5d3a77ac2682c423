//! Locking: everything is hidden until its owner is back, while messages go on arriving and are told of without a word.
//!
//! Nothing of the cache reaches a window meanwhile: views are empty, requests are refused. That it is locked is kept, so
//! that starting the app anew opens nothing.

use bedside_protocol::ipc::{IpcError, LockWay};
use bedside_protocol::{Timestamp, limits};
use secrecy::{ExposeSecret, SecretString};

use super::{Profile, Session, Stage, failure};
use crate::cache::Cache;
use crate::keys::{Keyring, LockCode};
use crate::sync::Command;

/// So many wrong words cost nothing.
const FREE: u32 = 5;
/// The next costs so much, and each after it twice as much.
const FIRST_WAIT_S: i64 = 30;
const LONGEST_WAIT_S: i64 = 15 * 60;

/// Words that were wrong, one after another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wrong {
    count: u32,
    until: Option<Timestamp>,
}

impl Wrong {
    /// How long the next attempt has to wait.
    fn left(self, now: Timestamp) -> Option<u64> {
        let left = self.until?.millis().saturating_sub(now.millis());
        u64::try_from(left).ok().filter(|left| *left > 0).map(|left| left.div_ceil(1_000))
    }

    fn again(self, now: Timestamp) -> Self {
        let count = self.count + 1;
        let doubled = FIRST_WAIT_S << count.saturating_sub(FREE + 1).min(10);
        let wait = (count > FREE).then_some(doubled.min(LONGEST_WAIT_S) * 1_000);
        Wrong { count, until: wait.map(|wait| Timestamp(now.millis().saturating_add(wait))) }
    }
}

impl Session {
    /// Hides everything.
    pub(crate) async fn lock(&self) -> Result<(), IpcError> {
        let stage = self.stage.lock().await;
        let Stage::Open(Profile { cache, driver: Some(driver) }) = &*stage else { return Ok(()) };
        if self.shared.is_locked() {
            return Ok(());
        }
        if self.shared.lock_way().is_none() {
            return Err(IpcError::NoLockCode);
        }
        cache.keep_locked(true).await.map_err(failure::of_cache)?;
        self.shared.lock();
        driver.active.sync.tell(Command::Locked).await;
        Ok(())
    }

    /// Opens what was locked, if the words are right.
    pub(super) async fn open_locked(&self, cache: &Cache, words: SecretString) -> Result<(), IpcError> {
        self.check(cache, words).await?;
        cache.keep_locked(false).await.map_err(failure::of_cache)?;
        self.shared.open_lock();
        Ok(())
    }

    /// Sets another code, or none.
    pub(crate) async fn set_lock_code(
        &self,
        before: Option<String>,
        code: Option<String>,
    ) -> Result<(), IpcError> {
        let stage = self.stage.lock().await;
        let Stage::Open(Profile { cache, .. }) = &*stage else { return Err(IpcError::NotSignedIn) };
        if cache.lock_code().await.map_err(failure::of_cache)?.is_some() {
            self.check(cache, SecretString::from(before.unwrap_or_default())).await?;
        }
        let code = match code {
            Some(code) => Some(self.made_of(SecretString::from(code)).await?),
            None => None,
        };
        cache.keep_lock_code(code.as_ref()).await.map_err(failure::of_cache)?;
        self.know_lock_way(cache).await;
        Ok(())
    }

    async fn made_of(&self, code: SecretString) -> Result<LockCode, IpcError> {
        let chars = code.expose_secret().chars().count();
        if !(limits::LOCK_CODE_CHARS..=limits::LOCK_CODE_CHARS_MAX).contains(&chars) {
            return Err(IpcError::BadLockCode);
        }
        LockCode::of(&self.shared.config.runtime, code).await.ok_or(IpcError::Internal)
    }

    /// Whether the words open it: those of the keyring, or the code. Wrong ones cost time.
    async fn check(&self, cache: &Cache, words: SecretString) -> Result<(), IpcError> {
        let now = self.shared.config.runtime.now();
        if let Some(retry_after_s) = self.shared.wrong().left(now) {
            return Err(IpcError::TooManyAttempts { retry_after_s });
        }
        let right = self.are_right(cache, words).await?;
        self.shared.change_wrong(|wrong| if right { Wrong::default() } else { wrong.again(now) });
        if right { Ok(()) } else { Err(IpcError::WrongPassphrase) }
    }

    async fn are_right(&self, cache: &Cache, words: SecretString) -> Result<bool, IpcError> {
        let runtime = &self.shared.config.runtime;
        match self.keyring_with_passphrase() {
            Some(keyring) => Ok(keyring.unlock_with(runtime, words).await.is_ok()),
            None => match cache.lock_code().await.map_err(failure::of_cache)? {
                Some(code) => Ok(code.is(runtime, words).await),
                None => Ok(false),
            },
        }
    }

    /// Finds out what opens it after it was locked.
    pub(super) async fn know_lock_way(&self, cache: &Cache) {
        let has_code = cache.lock_code().await.is_ok_and(|code| code.is_some());
        let code = has_code.then_some(LockWay::Code);
        let way = if self.keyring_with_passphrase().is_some() { Some(LockWay::Passphrase) } else { code };
        self.shared.session.send_modify(|view| view.lock = way);
    }

    fn keyring_with_passphrase(&self) -> Option<Keyring> {
        Keyring::find(&self.shared.config.folder).ok().flatten().filter(Keyring::has_passphrase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_words_cost_more_and_more_time() {
        let now = Timestamp(0);
        let mut wrong = Wrong::default();
        let waits: Vec<Option<u64>> = (0..12)
            .map(|_| {
                wrong = wrong.again(now);
                wrong.left(now)
            })
            .collect();
        assert_eq!(waits[..5], [None; 5]);
        assert_eq!(waits[5..8], [Some(30), Some(60), Some(120)]);
        assert_eq!(waits[11], Some(900));
        assert_eq!(wrong.left(Timestamp(900_000)), None);
    }
}
