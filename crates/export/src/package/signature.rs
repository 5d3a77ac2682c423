//! Who answers for a manifest: Ed25519 over its bytes, with a word before them that nothing else is signed with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

const ALGORITHM: &str = "Ed25519";
const WORD: &[u8] = b"bedside-export-v1\n";

/// The bytes that are no key.
#[derive(Debug, thiserror::Error)]
#[error("not a key to sign with")]
pub struct BadKey;

/// A key that signs.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// The key that a seed of 32 random bytes stands for.
    ///
    /// # Errors
    /// When there is none.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, BadKey> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Signer).map_err(|_| BadKey)
    }

    /// What others check with, in base64.
    #[must_use]
    pub fn public_key(&self) -> String {
        STANDARD.encode(self.0.public_key())
    }

    pub(super) fn sign(&self, manifest: &[u8]) -> Signature {
        let signature = self.0.sign(&[WORD, manifest].concat());
        Signature {
            algorithm: ALGORITHM.to_owned(),
            key: self.public_key(),
            signature: STANDARD.encode(signature),
        }
    }
}

/// `manifest.sig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Signature {
    pub(super) algorithm: String,
    /// The public key it was made with: it says who claims to have signed, no more.
    pub(super) key: String,
    pub(super) signature: String,
}

impl Signature {
    /// Whether this key has signed these bytes.
    pub(super) fn is_of(&self, manifest: &[u8]) -> bool {
        let (key, signature) = (STANDARD.decode(&self.key), STANDARD.decode(&self.signature));
        let (Ok(key), Ok(signature)) = (key, signature) else { return false };
        let signed = [WORD, manifest].concat();
        self.algorithm == ALGORITHM
            && UnparsedPublicKey::new(&ED25519, key).verify(&signed, &signature).is_ok()
    }
}

/// A public key as somebody typed it, as it is compared; `None` if it is none.
#[must_use]
pub fn public_key(typed: &str) -> Option<String> {
    let bytes = STANDARD.decode(typed.trim()).ok()?;
    (bytes.len() == 32).then(|| STANDARD.encode(bytes))
}
