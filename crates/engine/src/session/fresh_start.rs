//! Ways on for a profile whose cache does not open: another attempt, or a fresh start beside it.

use bedside_protocol::ipc::{BrokenCause, IpcError, SessionState};

use super::{Session, Stage, failure};
use crate::keys;

impl Session {
    /// Tries again to open what did not open; otherwise there is nothing to do.
    pub(crate) async fn reopen(&self) {
        let mut stage = self.stage.lock().await;
        if matches!(*stage, Stage::Broken(_)) {
            *stage = self.open_disk().await;
        }
    }

    /// Puts the files of a cache that does not open aside; none is deleted. Refused where they may open yet.
    pub(crate) async fn start_anew(&self) -> Result<(), IpcError> {
        let mut stage = self.stage.lock().await;
        if self.shared.is_locked() {
            // Whoever has forgotten the code signs in again; what was here is put aside unread.
            self.let_go(&mut stage).await;
            *stage = Stage::Broken(BrokenCause::KeyLost);
            self.shared.show(SessionState::Broken { cause: BrokenCause::KeyLost });
        }
        match &*stage {
            Stage::Locked(_) => {}
            Stage::Broken(cause) if cause.allows_fresh_start() => {}
            Stage::Empty | Stage::Open(_) => return Ok(()),
            Stage::Broken(_) => return Err(IpcError::CacheUnreadable),
        }
        let config = &self.shared.config;
        let (folder, now) = (config.folder.clone(), config.runtime.now());
        let aside = config.runtime.blocking(move || keys::set_aside(&folder, now)).await;
        let aside = aside.map_err(failure::of_open)?;
        tracing::warn!(folder = %aside.display(), "a cache that does not open was set aside");
        *stage = self.open_disk().await;
        Ok(())
    }
}
