//! What the account wishes wherever it is used: the server has it, no device keeps it.

use bedside_protocol::ipc::{IpcError, Reply};
use bedside_protocol::wire::Preferences;

use super::Client;
use crate::session::failure;

impl Client {
    pub(super) async fn preferences(&self) -> Result<Reply, IpcError> {
        let preferences = self.active()?.api.preferences().await.map_err(failure::of_call)?;
        Ok(Reply::Preferences { preferences })
    }

    pub(super) async fn save_preferences(&self, wish: Preferences) -> Result<Reply, IpcError> {
        let preferences = self.active()?.api.save_preferences(wish).await.map_err(failure::of_call)?;
        Ok(Reply::Preferences { preferences })
    }
}
