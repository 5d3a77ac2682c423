//! What a running server does by itself: sealing the audit trail.

use std::time::Duration;

use crate::app::App;

/// How long an audit row may stand unsealed.
const SEAL_EVERY: Duration = Duration::from_secs(60);

pub(super) fn start(app: &App) {
    let (app, runtime) = (app.clone(), app.runtime().clone());
    runtime.spawn("server.maintenance", async move {
        let closing = app.closing();
        loop {
            tokio::select! {
                () = app.runtime().sleep(SEAL_EVERY) => app.seal_audit().await,
                () = closing.cancelled() => return,
            }
        }
    });
}
