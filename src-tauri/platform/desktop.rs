//! Windows and macOS: the tray is always there, and the notification's interface blocks until it is answered.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use auto_launch::AutoLaunchBuilder;
use bedside_runtime::{Runtime, Task};
use futures_util::stream::{BoxStream, StreamExt, pending};
use notify_rust::Notification;
use rfd::{AsyncFileDialog, AsyncMessageDialog, MessageButtons, MessageDialogResult, MessageLevel};
use tauri::{AppHandle, Manager, Theme, WebviewWindow, WindowEvent};

use super::{Answer, BannerError, BannerWords, FileQuestion, Launch, MARK_READ, Panel, Question, REPLY};
use crate::window::MAIN;

/// A notification on screen.
pub(crate) struct Banner {
    waiter: Task,
}

impl Banner {
    /// Shows a notification and waits for its answer on a thread of its own; `answered` is called once, unless it is
    /// replaced.
    pub(crate) async fn show(
        runtime: &Runtime,
        words: BannerWords,
        replaces: Option<Self>,
        answered: impl FnOnce(Answer) + Send + 'static,
    ) -> Result<Self, BannerError> {
        if let Some(old) = replaces {
            old.waiter.abort();
        }
        let (pool, notification) = (runtime.clone(), notification(&words));
        let waiter = runtime.spawn("shell.banner", async move {
            if let Err(error) = pool.blocking(move || show_and_wait(&notification, answered)).await {
                tracing::warn!(%error, "no native notification");
            }
        });
        Ok(Banner { waiter })
    }

    /// Stops listening. Neither system's interface in notify-rust can take a notification back; the next one of
    /// the same conversation has the same words, so nothing wrong stays on screen.
    pub(crate) async fn close(self) {
        self.waiter.abort();
    }
}

fn notification(words: &BannerWords) -> Notification {
    let mut notification = Notification::new();
    notification.summary(&words.title).body(&words.body).action("open", &words.open);
    if let Some(deeds) = &words.deeds {
        notification.action(MARK_READ, &deeds.mark_read);
        #[cfg(target_os = "macos")]
        notification.reply(&deeds.reply);
        #[cfg(not(target_os = "macos"))]
        notification.action(REPLY, &deeds.reply);
    }
    // Windows shows no toast of a model id it does not know: only the installer's shortcut makes ours known, and
    // what is installed was built for release.
    #[cfg(all(windows, not(debug_assertions)))]
    notification.app_id(&words.app_id);
    notification
}

fn show_and_wait(notification: &Notification, answered: impl FnOnce(Answer)) -> Result<(), BannerError> {
    let handle = notification.show()?;
    handle.wait_for_response(|response: &notify_rust::NotificationResponse| answered(response.into()))?;
    Ok(())
}

/// Asks the person, in a window of the system's own; whether the answer was yes.
pub(crate) async fn ask(window: &WebviewWindow, question: Question) -> bool {
    let Question { title, text, yes, no } = question;
    let dialog = AsyncMessageDialog::new()
        .set_parent(window)
        .set_level(MessageLevel::Warning)
        .set_title(title)
        .set_description(text)
        .set_buttons(MessageButtons::OkCancelCustom(yes.clone(), no));
    match dialog.show().await {
        MessageDialogResult::Ok => true,
        MessageDialogResult::Custom(chosen) => chosen == yes,
        _ => false,
    }
}

/// Starts the app with the session from now on, or no longer.
pub(crate) fn start_with_session(launch: &Launch, arguments: Option<&[OsString]>) -> io::Result<()> {
    let wanted = arguments.is_some();
    let arguments: Vec<String> =
        arguments.unwrap_or_default().iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let starting = AutoLaunchBuilder::new()
        .set_app_name(&launch.identifier)
        .set_app_path(&launch.program.to_string_lossy())
        .set_args(&arguments)
        .build()
        .map_err(io::Error::other)?;
    if wanted {
        starting.enable().map_err(io::Error::other)
    } else if starting.is_enabled().unwrap_or(false) {
        starting.disable().map_err(io::Error::other)
    } else {
        Ok(())
    }
}

#[cfg(windows)]
pub(crate) use super::windows::take_links;

/// The bundle's description names them.
#[cfg(not(windows))]
pub(crate) fn take_links(_launch: &Launch) -> io::Result<()> {
    Ok(())
}

/// Both systems do.
pub(crate) async fn shows_notifications() -> bool {
    true
}

/// Neither system's word on it is asked for: each withholds its notifications by itself.
pub(crate) async fn is_do_not_disturb() -> bool {
    false
}

/// The number on the app's icon, where the system has a place for one (Windows has none).
#[derive(Debug)]
pub(crate) struct Badge {
    app: AppHandle,
}

impl Badge {
    pub(crate) fn start(app: &AppHandle, _runtime: &Runtime, _app_id: &str) -> Self {
        Badge { app: app.clone() }
    }

    /// Shows how many messages are unread.
    pub(crate) fn show(&self, count: i64, _urgent: bool) {
        let Some(window) = self.app.get_webview_window(MAIN) else { return };
        if let Err(error) = window.set_badge_count(Some(count).filter(|count| *count > 0)) {
            tracing::info!(%error, "no number on the icon");
        }
    }
}

/// Asks which file, in a window of the system's own; `None` if the person chose none.
pub(crate) async fn choose_file(window: &WebviewWindow, question: FileQuestion) -> Option<PathBuf> {
    let dialog = AsyncFileDialog::new().set_parent(window).set_title(question.title);
    let chosen = match question.name {
        Some(name) => dialog.set_file_name(name).save_file().await,
        None => dialog.pick_file().await,
    };
    chosen.map(|file| file.path().to_owned())
}

/// Nobody is asked here: the engine finds out by itself, later.
pub(crate) async fn network_changes() -> BoxStream<'static, ()> {
    pending().boxed()
}

/// Whether anything shows tray icons.
pub(crate) async fn tray_available() -> bool {
    true
}

/// Says what tray icons stand on, now and whenever the system's theme changes.
pub(crate) fn follow_panel(window: &WebviewWindow, changed: impl Fn(Panel) + Send + 'static) {
    changed(panel(window.theme().unwrap_or(Theme::Light)));
    window.on_window_event(move |event| {
        if let WindowEvent::ThemeChanged(theme) = event {
            changed(panel(*theme));
        }
    });
}

#[cfg(windows)]
use super::windows::panel;

/// The menu bar draws a template's shape in the colour it needs.
#[cfg(not(windows))]
fn panel(_theme: Theme) -> Panel {
    Panel::Dark
}

/// Alt+F4 is the system's, and Cmd+Q and Cmd+W are in the app's menu: nothing to add.
pub(crate) fn add_window_keys(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
