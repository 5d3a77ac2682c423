//! Why a profile's cache does not open, and what may be offered then.

use serde::{Deserialize, Serialize};

/// Why a cache cannot be opened, told apart by what the person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrokenCause {
    /// Its key is gone. Only a fresh start helps.
    KeyLost,
    /// The keychain that holds its key does not answer; it may later.
    KeychainAway,
    /// Another program has it open.
    InUse,
    /// The disk is full, gone or read-only.
    Disk,
    /// The files are not what they should be.
    Damaged,
    /// Written by a newer version of the app.
    Newer,
}

impl BrokenCause {
    /// Whether a fresh start may be offered: where nothing else is sure to bring the cache back.
    #[must_use]
    pub const fn allows_fresh_start(self) -> bool {
        matches!(self, Self::KeyLost | Self::KeychainAway | Self::Damaged)
    }
}
