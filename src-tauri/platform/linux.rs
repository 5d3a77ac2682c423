//! Linux: notifications and the tray are other programs, reached over D-Bus, and may be absent.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use bedside_runtime::{Runtime, Task};
use notify_rust::{Hint, Notification, NotificationHandle};

use tauri::{Manager, WebviewWindow};

use super::{Answer, BannerError, BannerWords};

/// A notification on screen. Its handle holds the D-Bus connection open: a desktop takes the notifications of a
/// vanished sender away.
pub(crate) struct Banner {
    handle: Arc<NotificationHandle>,
    waiter: Task,
}

impl Banner {
    /// Shows a notification, in place of another if there is one; `answered` is called once, unless it is replaced.
    pub(crate) async fn show(
        runtime: &Runtime,
        words: BannerWords,
        replaces: Option<Self>,
        answered: impl FnOnce(Answer) + Send + 'static,
    ) -> Result<Self, BannerError> {
        let handle = Arc::new(notification(&words, replaces.as_ref()).show_async().await?);
        if let Some(old) = replaces {
            old.give_way_to(&handle).await;
        }
        let (waited, stopping) = (Arc::clone(&handle), runtime.stopping());
        let waiter = runtime.spawn("shell.banner", async move {
            let answer = waited.wait_for_action_async(|response| answered(response.into()));
            stopping.run_until_cancelled(answer).await;
        });
        Ok(Banner { handle, waiter })
    }

    /// Takes it off the screen.
    pub(crate) async fn close(self) {
        self.waiter.abort();
        self.handle.close_async().await;
    }

    /// A server that cannot replace shows a second one: then the first is closed.
    async fn give_way_to(self, new: &NotificationHandle) {
        self.waiter.abort();
        if self.handle.id() != new.id() {
            self.handle.close_async().await;
        }
    }
}

fn notification(words: &BannerWords, replaces: Option<&Banner>) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Bedside")
        .summary(&words.title)
        .body(&words.body)
        .icon(&words.app_id)
        .hint(Hint::Category("im.received".to_owned()))
        .hint(Hint::DesktopEntry(words.app_id.clone()))
        .action("default", &words.open);
    if let Some(old) = replaces {
        notification.id(old.handle.id());
    }
    notification
}

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

/// Ctrl+Q quits and Ctrl+W closes the window, as everywhere on this desktop; there is no menu bar to hold them.
pub(crate) fn add_window_keys(window: &WebviewWindow) -> tauri::Result<()> {
    use gtk::gdk::{ModifierType, keys::constants as key};
    use gtk::prelude::WidgetExt;
    let held = window.clone();
    window.gtk_window()?.connect_key_press_event(move |_, event| {
        let control = event.state() & gtk::accelerator_get_default_mod_mask() == ModifierType::CONTROL_MASK;
        match event.keyval() {
            key::q if control => held.app_handle().exit(0),
            key::w if control => drop(held.close()), // Only a window that is gone already cannot be closed.
            _ => return gtk::glib::Propagation::Proceed,
        }
        gtk::glib::Propagation::Stop
    });
    Ok(())
}

/// Closes a folder to everybody else.
pub(crate) fn keep_private(folder: &Path) -> std::io::Result<()> {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

/// Waits until the session's end or a terminal asks the app to end.
pub(crate) async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
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

/// What the person will recognise this computer by.
pub(crate) fn device_name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    super::named(name.trim())
}
