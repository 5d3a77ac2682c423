//! Windows alone: the colour of the task bar, and the end that a terminal asks for.

use std::path::Path;

use tauri::Theme;

use super::Panel;

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

/// The task bar has a colour of its own; where the system does not say which, the windows' is as good a guess.
pub(crate) fn panel(theme: Theme) -> Panel {
    const PERSONALIZE: &str = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize";
    let key = windows_registry::CURRENT_USER.open(PERSONALIZE);
    match key.and_then(|key| key.get_u32("SystemUsesLightTheme")) {
        Ok(0) => Panel::Dark,
        Ok(_) => Panel::Light,
        Err(_) if theme == Theme::Dark => Panel::Dark,
        Err(_) => Panel::Light,
    }
}
