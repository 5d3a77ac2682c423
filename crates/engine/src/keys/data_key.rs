//! The 32 random bytes that encrypt a profile.

use std::fmt::Write;

use bedside_runtime::Runtime;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A profile's data key: never printed, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey")
    }
}

impl DataKey {
    /// A new one, from the runtime's randomness.
    #[must_use]
    pub fn random(runtime: &Runtime) -> Self {
        DataKey(runtime.random_bytes())
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        DataKey(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As 64 hexadecimal digits, the form SQLCipher takes a raw key in.
    pub(crate) fn hex(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(64));
        for byte in self.0 {
            let _writing_to_a_string_never_fails = write!(text, "{byte:02x}");
        }
        text
    }
}
