//! macOS: the notification centre; the menu bar is always there.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use bedside_runtime::Runtime;
use notify_rust::Notification;

pub(crate) use super::blocking_banner::Banner;
use super::{Answer, BannerError, BannerWords};

impl Banner {
    /// Shows a notification; `answered` is called once, unless it is replaced.
    pub(crate) async fn show(
        runtime: &Runtime,
        words: BannerWords,
        replaces: Option<Self>,
        answered: impl FnOnce(Answer) + Send + 'static,
    ) -> Result<Self, BannerError> {
        let mut notification = Notification::new();
        notification.summary(&words.title).body(&words.body).action("open", &words.open);
        Ok(Self::show_blocking(runtime, notification, replaces, answered))
    }
}

/// Whether anything shows tray icons.
pub(crate) async fn tray_available() -> bool {
    true
}

/// Closes a folder to everybody else.
pub(crate) fn keep_private(folder: &Path) -> std::io::Result<()> {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

/// Waits until a terminal asks the app to end; a session's end closes the window instead.
pub(crate) async fn asked_to_end() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "signals cannot be awaited");
        std::future::pending::<()>().await;
    }
}

/// What the person will recognise this computer by.
pub(crate) fn device_name() -> String {
    super::named(&std::env::var("HOSTNAME").unwrap_or_default())
}

/// Cmd+Q and Cmd+W are in the app's menu: nothing to add.
pub(crate) fn add_window_keys(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
