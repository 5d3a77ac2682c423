//! Windows: toasts by the app's model id; the tray is always there.

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
        if installed() {
            notification.app_id(&words.app_id);
        }
        Ok(Self::show_blocking(runtime, notification, replaces, answered))
    }
}

/// Windows shows no toast of a model id it does not know: only the installer's shortcut makes ours known.
fn installed() -> bool {
    std::env::current_exe().is_ok_and(|exe| !exe.components().any(|part| part.as_os_str() == "target"))
}

/// Whether anything shows tray icons.
pub(crate) async fn tray_available() -> bool {
    true
}

/// A folder below the person's own is closed to others already.
pub(crate) fn keep_private(_folder: &Path) -> std::io::Result<()> {
    Ok(())
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
    super::named(&std::env::var("COMPUTERNAME").unwrap_or_default())
}

/// Alt+F4 is the system's: nothing to add.
pub(crate) fn add_window_keys(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
