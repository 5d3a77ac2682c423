//! What a client is made of.

use std::path::PathBuf;
use std::sync::Arc;

use bedside_runtime::Runtime;

use crate::keys::KeychainStore;
use crate::transport::Transport;

/// What a client is made of; whoever starts it (shell, test, command line) brings these.
#[derive(Clone)]
pub struct ClientConfig {
    /// Time, randomness, tasks.
    pub runtime: Runtime,
    /// The profile's folder; made if it is not there.
    pub folder: PathBuf,
    /// The profile's name; empty for the default one.
    pub profile: String,
    /// The server's address offered before the first sign-in; may be empty.
    pub server: String,
    /// The app's version.
    pub version: String,
    /// What the person will recognise this device by.
    pub device_name: String,
    /// `linux`, `windows`, `macos`.
    pub platform: String,
    /// The system's keychain, if there is one.
    pub keychain: Option<Arc<dyn KeychainStore>>,
    /// Names the device's time zone, an IANA name; asked each time, since a device travels.
    pub time_zone: Arc<dyn Fn() -> String + Send + Sync>,
    /// The network.
    pub transport: Arc<dyn Transport>,
}

impl std::fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientConfig").field("profile", &self.profile).finish_non_exhaustive()
    }
}
