//! Linux and macOS: signals and file modes.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tokio::signal::unix::{SignalKind, signal};

/// Closes a folder to everybody else.
pub(crate) fn keep_private(folder: &Path) -> std::io::Result<()> {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

/// Waits until the session's end or a terminal asks the app to end.
pub(crate) async fn asked_to_end() {
    let kinds = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()];
    let signals: Result<Vec<_>, _> = kinds.into_iter().map(signal).collect();
    match signals {
        Ok(mut signals) => {
            let asked = signals.iter_mut().map(|signal| Box::pin(signal.recv()));
            futures_util::future::select_all(asked).await;
        }
        Err(error) => {
            tracing::warn!(%error, "signals cannot be awaited");
            std::future::pending().await
        }
    }
}
