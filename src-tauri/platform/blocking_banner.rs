//! Notifications where the system's interface blocks until they are answered: Windows and macOS.

use bedside_runtime::{Runtime, Task};
use notify_rust::Notification;

use super::{Answer, BannerError};

/// A notification on screen.
pub(crate) struct Banner {
    waiter: Task,
}

impl Banner {
    /// Shows a notification and waits for its answer on a thread of its own.
    pub(crate) fn show_blocking(
        runtime: &Runtime,
        notification: Notification,
        replaces: Option<Self>,
        answered: impl FnOnce(Answer) + Send + 'static,
    ) -> Self {
        if let Some(old) = replaces {
            old.waiter.abort();
        }
        let pool = runtime.clone();
        let waiter = runtime.spawn("shell.banner", async move {
            if let Err(error) = pool.blocking(move || show_and_wait(&notification, answered)).await {
                tracing::warn!(%error, "no native notification");
            }
        });
        Banner { waiter }
    }

    /// Stops listening. Neither system's interface in notify-rust can take a notification back; the next one of
    /// the same conversation has the same words, so nothing wrong stays on screen.
    pub(crate) async fn close(self) {
        self.waiter.abort();
    }
}

fn show_and_wait(notification: &Notification, answered: impl FnOnce(Answer)) -> Result<(), BannerError> {
    let handle = notification.show()?;
    handle.wait_for_response(|response: &notify_rust::NotificationResponse| answered(response.into()))?;
    Ok(())
}
