//! The code that opens a locked app where the keychain protects the cache: kept in the cache, as what argon2id makes of it.
//!
//! It encrypts nothing: it keeps eyes and hands out of a running app, and whoever has the keychain can read the cache.

use bedside_runtime::Runtime;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::hex;
use super::seal::{LANES, M_KIB, PASSES, stretch};

/// What is kept of a code.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct LockCode {
    m_kib: u32,
    t: u32,
    p: u32,
    #[serde(with = "hex")]
    salt: [u8; 16],
    #[serde(with = "hex")]
    stretched: [u8; 32],
}

impl std::fmt::Debug for LockCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LockCode")
    }
}

impl LockCode {
    /// Takes a moment by intention.
    pub(crate) async fn of(runtime: &Runtime, code: SecretString) -> Option<Self> {
        let salt = runtime.random_bytes();
        let (m_kib, t, p) = (M_KIB, PASSES, LANES);
        let work = move || stretch(code.expose_secret().as_bytes(), &salt, m_kib, t, p);
        let stretched = *runtime.blocking(work).await?;
        Some(LockCode { m_kib, t, p, salt, stretched })
    }

    /// Whether this is the code; takes a moment by intention.
    pub(crate) async fn is(&self, runtime: &Runtime, code: SecretString) -> bool {
        let held = self.clone();
        let work = move || stretch(code.expose_secret().as_bytes(), &held.salt, held.m_kib, held.t, held.p);
        runtime.blocking(work).await.is_some_and(|stretched| *stretched == self.stretched)
    }
}
