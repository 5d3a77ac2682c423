//! Windows alone: the colour of the task bar, and the end that a terminal asks for.

use std::path::Path;

use tauri::Theme;

use super::{Launch, Panel};

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

/// Has the system open `bedside:` links with this program, for this person.
pub(crate) fn take_links(launch: &Launch) -> std::io::Result<()> {
    let words = launch.arguments.iter().map(|word| format!(" \"{}\"", word.to_string_lossy()));
    let command = format!("\"{}\"{} \"%1\"", launch.program.display(), words.collect::<String>());
    let write = || {
        let key = windows_registry::CURRENT_USER.create(r"Software\Classes\bedside")?;
        key.set_string("", "URL:Bedside")?;
        key.set_string("URL Protocol", "")?;
        key.create(r"shell\open\command")?.set_string("", &command)
    };
    write().map_err(std::io::Error::other)
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
