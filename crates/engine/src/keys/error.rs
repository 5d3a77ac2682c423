//! Why a profile's key is not to be had, told apart by what the person can do.

/// There is no keychain in this session, or it refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no keychain is available")]
pub struct KeychainUnavailable;

/// Why a keyring could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The profile already has one.
    #[error("the profile already has a key")]
    Exists,
    /// There is a cache but no list of ways to open it: its key is lost.
    #[error("the profile's keyring is missing")]
    Missing,
    /// A newer version of the app wrote it.
    #[error("the keyring was written by a newer version")]
    Newer,
    /// It cannot be understood; it has been left as it is.
    #[error("the keyring is damaged")]
    Damaged,
    /// The keychain refused.
    #[error(transparent)]
    Keychain(#[from] KeychainUnavailable),
    /// The disk refused.
    #[error("cannot write the keyring")]
    Disk(#[from] std::io::Error),
}

/// Why a keyring did not give its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// A passphrase opens it; the keychain does not.
    #[error("a passphrase is needed")]
    PassphraseNeeded,
    /// The passphrase opens nothing.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The keychain is not there now; it may be later.
    #[error("the keychain is not available")]
    KeychainUnavailable,
    /// The keychain is there and no longer has the key. The cache can only be built anew from the server, once the
    /// person has agreed; its files are set aside then, never overwritten.
    #[error("the key is lost")]
    KeyLost,
}
