//! What happens to the main window when it is closed, and when it gains or loses the focus.

use bedside_engine::Focus;
use tauri::{CloseRequestApi, Manager, Window, WindowEvent};

use crate::shell::Shell;
use crate::window::MAIN;

/// Handles the window's events.
pub(crate) fn on_window_event(window: &Window, event: &WindowEvent) {
    if window.label() != MAIN {
        return;
    }
    let Some(shell) = window.try_state::<Shell>() else { return };
    match event {
        WindowEvent::CloseRequested { api, .. } => close_requested(window, &shell, api),
        WindowEvent::Focused(_) | WindowEvent::Destroyed => tell_focus(window, &shell),
        _ => {}
    }
}

/// Keeps running in the tray if that is wanted and there is a tray; otherwise closing quits.
fn close_requested(window: &Window, shell: &Shell, api: &CloseRequestApi) {
    if !shell.stays_in_tray() {
        return;
    }
    api.prevent_close();
    match window.hide() {
        Ok(()) => shell.say_still_running(),
        Err(error) => tracing::warn!(%error, "the window could not be hidden"),
    }
    tell_focus(window, shell);
}

fn tell_focus(window: &Window, shell: &Shell) {
    let webview = window.app_handle().get_webview_window(MAIN);
    let looked_at = webview.is_some_and(|webview| crate::window::has_focus(&webview));
    shell.focus_changed(if looked_at { Focus::Focused } else { Focus::Away });
}
