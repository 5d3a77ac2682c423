//! The panel with the tray: whether there is one, and whether it is dark.

use gtk::prelude::GtkSettingsExt;
use tauri::WebviewWindow;

use crate::platform::Panel;

/// Desktops whose panel is dark whatever colour their windows have.
const ALWAYS_DARK: [&str; 4] = ["gnome", "unity", "x-cinnamon", "pantheon"];

/// Whether anything shows tray icons: a desktop without one would leave a hidden window out of reach.
pub(crate) async fn tray_available() -> bool {
    match tray_host_registered().await {
        Ok(registered) => registered,
        Err(error) => {
            tracing::info!(%error, "no system tray");
            false
        }
    }
}

async fn tray_host_registered() -> zbus::Result<bool> {
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let bus = zbus::Connection::session().await?;
    let watcher = zbus::Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER).await?;
    watcher.get_property("IsStatusNotifierHostRegistered").await
}

/// Says what tray icons stand on, now and whenever the desktop's theme changes. On the main thread.
pub(crate) fn follow_panel(_window: &WebviewWindow, changed: impl Fn(Panel) + Send + 'static) {
    let Some(settings) = gtk::Settings::default() else { return };
    let changed = std::rc::Rc::new(changed);
    let look = move |settings: &gtk::Settings| changed(panel_of(settings));
    look(&settings);
    settings.connect_gtk_theme_name_notify(look.clone());
    settings.connect_gtk_application_prefer_dark_theme_notify(look);
}

fn panel_of(settings: &gtk::Settings) -> Panel {
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    let forced = std::env::var("GTK_THEME").ok();
    let theme = forced.or_else(|| settings.gtk_theme_name().map(String::from)).unwrap_or_default();
    let prefers_dark = settings.is_gtk_application_prefer_dark_theme();
    panel(&desktop, &theme, prefers_dark)
}

fn panel(desktop: &str, theme: &str, prefers_dark: bool) -> Panel {
    let dark_desktop = desktop.split(':').any(|name| ALWAYS_DARK.contains(&name.to_lowercase().as_str()));
    if dark_desktop || prefers_dark || theme.to_lowercase().contains("dark") {
        return Panel::Dark;
    }
    Panel::Light
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panel_has_the_windows_colour_unless_the_desktop_keeps_it_dark() {
        assert_eq!(panel("KDE", "Breeze", false), Panel::Light);
        assert_eq!(panel("KDE", "Breeze-Dark", false), Panel::Dark);
        assert_eq!(panel("XFCE", "Adwaita:dark", false), Panel::Dark);
        assert_eq!(panel("XFCE", "Adwaita", true), Panel::Dark);
        assert_eq!(panel("ubuntu:GNOME", "Yaru", false), Panel::Dark);
        assert_eq!(panel("X-Cinnamon", "Mint-Y", false), Panel::Dark);
        assert_eq!(panel("", "", false), Panel::Light);
    }
}
