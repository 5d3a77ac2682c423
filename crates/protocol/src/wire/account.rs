//! Signing in, one's own account, and what it wishes.

use serde::{Deserialize, Serialize};

use super::Person;
use crate::ids::DeviceId;
use crate::time::Timestamp;

/// `POST /accounts/login/` with a JSON body: a native client signs in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Login {
    /// Name of the account; case does not matter.
    pub username: String,
    /// The password.
    pub password: String,
    /// What the person will recognise the device by.
    pub device_name: String,
    /// For example `linux`, `windows`, `macos`.
    pub platform: String,
    /// The device of an earlier session of this profile, to be continued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<DeviceId>,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("device_id", &self.device_id).finish_non_exhaustive()
    }
}

/// The answer to [`Login`].
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoginAnswer {
    /// Opaque bearer token: 256 bits, base64url. Shown once; the server keeps only its hash.
    pub token: String,
    /// When it ends unless it is used.
    pub expires_at: Timestamp,
    /// The device the session belongs to.
    pub device_id: DeviceId,
    /// Who signed in.
    pub account: Account,
}

impl std::fmt::Debug for LoginAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginAnswer").field("device_id", &self.device_id).finish_non_exhaustive()
    }
}

/// One's own account: `GET /accounts/me/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Account {
    /// As others see it.
    #[serde(flatten)]
    pub person: Person,
    /// The name one signs in with.
    pub username: String,
}

/// What an account wishes, wherever it is used: `GET /accounts/preferences/`, and `POST` with all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Preferences {
    /// Nobody is told when the person is online or was seen last; nor is the person told so of anybody.
    #[serde(default)]
    pub hide_presence: bool,
}
