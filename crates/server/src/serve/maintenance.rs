//! What a running server does by itself: reaching people who are not there, making messages findable, sealing the audit trail, removing what nothing can ask for.

use std::time::Duration;

use crate::app::App;

/// How long an audit row may stand unsealed.
const SEAL_EVERY: Duration = Duration::from_secs(60);

/// How often what nothing can ask for is removed: a busy account gains some hundred feed rows in the time.
const PRUNE_EVERY: Duration = Duration::from_secs(60 * 60);

pub(super) fn start(app: &App) {
    app.keep_reaching_out();
    app.keep_indexing();
    let (app, runtime) = (app.clone(), app.runtime().clone());
    runtime.spawn("server.maintenance", async move {
        let closing = app.closing();
        let mut pruned_at = app.runtime().monotonic();
        loop {
            tokio::select! {
                () = app.runtime().sleep(SEAL_EVERY) => app.seal_audit().await,
                () = closing.cancelled() => return,
            }
            if app.runtime().monotonic() - pruned_at >= PRUNE_EVERY {
                app.prune().await;
                pruned_at = app.runtime().monotonic();
            }
        }
    });
}
