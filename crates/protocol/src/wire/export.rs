//! What a clinic's packages are checked with.

use serde::{Deserialize, Serialize};

/// `GET /chat/export-key/`: the public key of the clinic's server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportKey {
    /// `Ed25519`.
    pub algorithm: String,
    /// Its 32 bytes in base64.
    pub key: String,
}
