//! argon2id, off the async threads and a few at a time.
//!
//! Parameters: m = 19 MiB, t = 2, p = 1 (OWASP's password storage cheat sheet, first choice for argon2id, 2024).

use std::sync::Arc;

use argon2::password_hash::SaltString;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use bedside_runtime::Runtime;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// How much work one hash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// As documented above; everything a person's password is stored with.
    Standard,
    /// The least argon2 allows, for tests that sign in a thousand times.
    Least,
}

/// Hashes at once: each takes 19 MiB and a core for some 20 ms.
const AT_ONCE: usize = 4;
/// Waiting beyond this many is refused: the last of them would wait for a second or two.
const WAITING_MAX: usize = 128;

/// No password verifies against it; it only costs as much as one that might.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$YmVkc2lkZS1ub2JvZHkhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashing failed: the parameters or a stored hash are unusable.
#[derive(Debug, thiserror::Error)]
#[error("argon2: {0}")]
pub struct HashError(argon2::password_hash::Error);

/// Too many sign-ins at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Busy;

/// Hashes a password for the store (PHC format). Blocks for some 20 ms.
///
/// # Errors
/// Never with the built-in parameters.
pub fn hash(runtime: &Runtime, password: &SecretString, cost: Cost) -> Result<SecretString, HashError> {
    let salt = SaltString::encode_b64(&runtime.random_bytes::<16>()).map_err(HashError)?;
    let hashed = argon2(cost)
        .map_err(HashError)?
        .hash_password(password.expose_secret().as_bytes(), &salt)
        .map_err(HashError)?;
    Ok(SecretString::from(hashed.to_string()))
}

fn argon2(cost: Cost) -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let params = match cost {
        Cost::Standard => Params::new(19 * 1024, 2, 1, None)?,
        Cost::Least => Params::new(Params::MIN_M_COST, 1, 1, None)?,
    };
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Verifies passwords, bounded.
pub(crate) struct Verifier {
    runtime: Runtime,
    permits: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Passwords verified since the start, whoever's.
    #[cfg(test)]
    pub(crate) verified: std::sync::atomic::AtomicUsize,
}

impl Verifier {
    pub(crate) fn new(runtime: Runtime) -> Self {
        Verifier {
            runtime,
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            #[cfg(test)]
            verified: Default::default(),
        }
    }

    /// Whether the password is right. `None` (an unknown user) takes as long and is never right.
    pub(crate) async fn verify(
        &self,
        password: SecretString,
        stored: Option<SecretString>,
    ) -> Result<bool, Busy> {
        #[cfg(test)]
        self.verified.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        self.bounded(move || matches(&password, stored.as_ref())).await
    }

    /// Runs a hash, a few at a time. It holds its place to its end, whether or not anybody still waits for it.
    async fn bounded<T: Send + 'static>(&self, hash: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let place = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Busy)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Busy)?;
        let held = move || {
            let _held = (place, permit);
            hash()
        };
        Ok(self.runtime.blocking(held).await)
    }
}

fn matches(password: &SecretString, stored: Option<&SecretString>) -> bool {
    let text = stored.map_or(NOBODY, |stored| stored.expose_secret());
    match PasswordHash::new(text) {
        Ok(parsed) => {
            let right =
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &parsed).is_ok();
            right && stored.is_some()
        }
        Err(error) => {
            tracing::error!(error = %error, "a stored password hash is unreadable");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let stored = hash(&Runtime::system(), &"open sesame".to_owned().into(), Cost::Least).unwrap();
        assert!(matches(&"open sesame".to_owned().into(), Some(&stored)));
        assert!(!matches(&"Open sesame".to_owned().into(), Some(&stored)));
        assert!(!matches(&"open sesame".to_owned().into(), None));
    }

    #[tokio::test]
    async fn hanging_up_frees_no_place_before_its_hash_is_done() {
        let verifier = Verifier::new(Runtime::system());
        let (finish, finished) = std::sync::mpsc::channel();
        {
            let mut hashing = std::pin::pin!(verifier.bounded(move || finished.recv()));
            assert!(futures_util::poll!(hashing.as_mut()).is_pending());
        }
        assert_eq!(verifier.permits.available_permits(), AT_ONCE - 1, "the hash goes on");
        assert_eq!(verifier.waiting.available_permits(), WAITING_MAX - 1);
        finish.send(()).unwrap();
        assert!(verifier.permits.acquire_many(4).await.is_ok(), "and gives its place back");
    }

    #[test]
    fn an_unknown_user_costs_what_a_known_one_does() {
        let stored = hash(&Runtime::system(), &"x".to_owned().into(), Cost::Standard).unwrap();
        let parsed = PasswordHash::new(stored.expose_secret()).unwrap();
        let nobody = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(parsed.algorithm, nobody.algorithm);
        assert_eq!(parsed.params, nobody.params);
        assert_eq!(parsed.hash.unwrap().len(), nobody.hash.unwrap().len());
    }
}
