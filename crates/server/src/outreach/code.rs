//! Codes that prove that an address is somebody's own: sent there, never kept; what is kept is their hash.

use bedside_protocol::AccountId;
use bedside_protocol::wire::Channel;
use bedside_runtime::Runtime;
use sha2::{Digest as _, Sha256};

use crate::store::CodeHash;

/// Six digits.
pub(crate) struct Code(String);

impl Code {
    /// By chance, each as likely as any other.
    pub(crate) fn draw(runtime: &Runtime) -> Self {
        const ALL: u32 = 1_000_000;
        loop {
            let drawn = u32::from_be_bytes(runtime.random_bytes());
            if drawn < u32::MAX - u32::MAX % ALL {
                return Code(format!("{:06}", drawn % ALL));
            }
        }
    }

    /// As somebody typed it, spaces left out.
    pub(crate) fn typed(code: &str) -> Self {
        Code(code.chars().filter(|c| !c.is_whitespace()).take(16).collect())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it for an address.
    pub(crate) fn hash(&self, account: AccountId, channel: Channel, address: &str) -> [u8; 32] {
        Sha256::new()
            .chain_update(account.get().to_be_bytes())
            .chain_update(channel.as_str())
            .chain_update([0])
            .chain_update(address)
            .chain_update([0])
            .chain_update(&self.0)
            .finalize()
            .into()
    }

    /// What it would be for whatever address.
    pub(crate) fn hashes(self, account: AccountId, channel: Channel) -> CodeHash {
        CodeHash::by(move |address| self.hash(account, channel, address))
    }
}
