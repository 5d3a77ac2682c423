//! The main window: made here, shown here, and never led anywhere but to the app's own pages.

use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, UserAttentionType, WebviewWindow, WebviewWindowBuilder};
use url::Url;

use crate::profile::Profile;
use crate::shell::Shell;
use crate::{platform, watch};

/// The window's label, which the capability file names too.
pub(crate) const MAIN: &str = "main";
/// Below the profile's folder: what the webview keeps of its own.
const WEBVIEW_FOLDER: &str = "webview";

/// The configuration lacks the main window.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("tauri.conf.json describes no window `{MAIN}`")]
pub(crate) struct NoSuchWindow;

/// Makes the main window as the configuration describes it.
pub(crate) fn create(
    app: &AppHandle,
    profile: &Profile,
    title: &str,
    hidden: bool,
) -> anyhow::Result<WebviewWindow> {
    let windows = &app.config().app.windows;
    let config = windows.iter().find(|window| window.label == MAIN).ok_or(NoSuchWindow)?;
    let window = WebviewWindowBuilder::from_config(app, config)?
        .title(title)
        .visible(!hidden)
        .data_directory(profile.folder().join(WEBVIEW_FOLDER))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| forget_the_page_before(&window, load.event()))
        .build()?;
    platform::add_window_keys(&window)?;
    let held = app.clone();
    platform::follow_panel(&window, move |panel| {
        if let Some(shell) = held.try_state::<Shell>() {
            shell.follow_panel(panel);
        }
    });
    Ok(window)
}

/// A page that is loaded anew begins its own subscriptions; nobody listens to those of the one before.
fn forget_the_page_before(window: &WebviewWindow, event: PageLoadEvent) {
    if event == PageLoadEvent::Started
        && let Some(client) = window.try_state::<Shell>().and_then(|shell| shell.engine_if_open())
    {
        client.unsubscribe_all();
        watch::begin(window.app_handle(), &client);
    }
}

/// Brings the main window before the person's eyes, wherever it was.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    if let Err(error) = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus()) {
        tracing::warn!(%error, "the window could not be shown");
    }
}

/// Something urgent waits: the task bar says so until somebody looks.
pub(crate) fn ask_for_attention(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN).filter(|window| !has_focus(window)) else { return };
    if let Err(error) = window.request_user_attention(Some(UserAttentionType::Critical)) {
        tracing::warn!(%error, "the task bar does not say that something is urgent");
    }
}

/// Whether the person can be said to look at the window.
pub(crate) fn has_focus(window: &WebviewWindow) -> bool {
    let seen = window.is_visible().unwrap_or(false) && !window.is_minimized().unwrap_or(false);
    seen && window.is_focused().unwrap_or(false)
}

/// `tauri://localhost` on Linux and macOS, `http(s)://tauri.localhost` on Windows.
fn is_own_page(url: &Url) -> bool {
    let own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    if !own {
        tracing::warn!(url.scheme = url.scheme(), "a page outside the app was refused");
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_the_app() {
        let allowed = |url: &str| is_own_page(&Url::parse(url).unwrap());
        assert!(allowed("tauri://localhost/index.html"));
        for elsewhere in
            ["https://example.org/", "file:///etc/passwd", "tauri://elsewhere/", "about:blank", "data:,x"]
        {
            assert!(!allowed(elsewhere), "{elsewhere}");
        }
        assert_eq!(allowed("http://tauri.localhost/"), cfg!(windows));
    }
}
