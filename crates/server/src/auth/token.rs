//! Opaque tokens: 256 random bits as text; the server keeps only their SHA-256.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bedside_runtime::Runtime;
use sha2::{Digest, Sha256};

use crate::store::TokenHash;

/// A token as the client holds it. It has no `Debug` and is shown once.
pub(crate) struct Token(String);

impl Token {
    /// A fresh one.
    pub(crate) fn mint(runtime: &Runtime) -> Self {
        Token(URL_SAFE_NO_PAD.encode(runtime.random_bytes::<32>()))
    }

    /// What the store knows it by.
    pub(crate) fn hash(&self) -> TokenHash {
        hash(&self.0)
    }

    /// Its text, for the answer or the cookie.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// The hash of a presented token.
pub(crate) fn hash(presented: &str) -> TokenHash {
    TokenHash(Sha256::digest(presented.as_bytes()).into())
}
