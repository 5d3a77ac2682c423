//! When the clinic opens next. Nothing tells its hours to this device, so that nobody is told a wrong time.

use bedside_protocol::ipc::{IpcError, Reply};

use super::Client;

impl Client {
    pub(super) fn next_opening(&self) -> Result<Reply, IpcError> {
        self.active()?;
        Ok(Reply::Opening { opening: None })
    }
}
