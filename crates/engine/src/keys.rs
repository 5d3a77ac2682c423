//! The key that encrypts a profile, and how it is kept: never raw, only wrapped, in a versioned list of ways to open it.
//!
//! The list (`keyring.json`) stands beside the database. A way is the system's keychain, which holds a wrapping key,
//! or a passphrase. Without either there is no cache: never a constant key, never one in plain text.

mod data_key;

pub use data_key::DataKey;
