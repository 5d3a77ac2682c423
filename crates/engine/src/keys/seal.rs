//! Wraps and unwraps the data key: XChaCha20-Poly1305, bound to the profile and the way; argon2id for passphrases.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::data_key::DataKey;
use super::error::KeyringError;
use super::file::{Sealed, Way};

/// 64 MiB, three passes, one lane: RFC 9106's second recommendation, for machines with little memory.
pub(super) const M_KIB: u32 = 64 * 1024;
pub(super) const PASSES: u32 = 3;
pub(super) const LANES: u32 = 1;
/// A damaged list must not make the app ask for all memory there is.
const M_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 20;

pub(super) fn by_keychain(
    name: String,
    wrapping: &[u8; 32],
    key: &DataKey,
    profile: Uuid,
    nonce: [u8; 24],
) -> Result<Way, KeyringError> {
    Ok(Way::Keychain { name, sealed: seal(wrapping, key, &bound_to(profile, "keychain"), nonce)? })
}

pub(super) fn by_passphrase(
    passphrase: &SecretString,
    key: &DataKey,
    profile: Uuid,
    salt: [u8; 16],
    nonce: [u8; 24],
) -> Result<Way, KeyringError> {
    let wrapping = stretch(passphrase.expose_secret().as_bytes(), &salt, M_KIB, PASSES, LANES)
        .ok_or(KeyringError::Damaged)?;
    let sealed = seal(&wrapping, key, &bound_to(profile, "passphrase"), nonce)?;
    Ok(Way::Passphrase { m_kib: M_KIB, t: PASSES, p: LANES, salt, sealed })
}

/// The data key, if the keychain's secret is the one it was wrapped with.
pub(super) fn open_keychain(way: &Way, wrapping: &[u8], profile: Uuid) -> Option<DataKey> {
    let Way::Keychain { sealed, .. } = way else { return None };
    open(wrapping.try_into().ok()?, sealed, &bound_to(profile, "keychain"))
}

/// The data key, if the passphrase is right.
pub(super) fn open_passphrase(way: &Way, passphrase: &[u8], profile: Uuid) -> Option<DataKey> {
    let Way::Passphrase { m_kib, t, p, salt, sealed } = way else { return None };
    let wrapping = stretch(passphrase, salt, *m_kib, *t, *p)?;
    open(&wrapping, sealed, &bound_to(profile, "passphrase"))
}

fn bound_to(profile: Uuid, way: &str) -> String {
    format!("bedside keyring 1 {way} {profile}")
}

pub(super) fn stretch(
    passphrase: &[u8],
    salt: &[u8; 16],
    m_kib: u32,
    passes: u32,
    lanes: u32,
) -> Option<Zeroizing<[u8; 32]>> {
    if m_kib > M_KIB_MAX || passes > PASSES_MAX {
        return None;
    }
    let params = Params::new(m_kib, passes, lanes, Some(32)).ok()?;
    let mut wrapping = Zeroizing::new([0; 32]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase, salt, wrapping.as_mut_slice()).ok()?;
    Some(wrapping)
}

fn seal(wrapping: &[u8; 32], key: &DataKey, bound: &str, nonce: [u8; 24]) -> Result<Sealed, KeyringError> {
    let payload = Payload { msg: key.bytes(), aad: bound.as_bytes() };
    let sealed = XChaCha20Poly1305::new(wrapping.into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| KeyringError::Damaged)?;
    let sealed = sealed.try_into().map_err(|_| KeyringError::Damaged)?;
    Ok(Sealed { nonce, sealed })
}

fn open(wrapping: &[u8; 32], sealed: &Sealed, bound: &str) -> Option<DataKey> {
    let payload = Payload { msg: &sealed.sealed, aad: bound.as_bytes() };
    let cipher = XChaCha20Poly1305::new(wrapping.into());
    let opened = Zeroizing::new(cipher.decrypt(XNonce::from_slice(&sealed.nonce), payload).ok()?);
    Some(DataKey::from_bytes(opened.as_slice().try_into().ok()?))
}
