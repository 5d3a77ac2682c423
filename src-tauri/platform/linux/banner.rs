//! Native notifications, by the freedesktop specification.

use std::sync::Arc;

use bedside_runtime::{Runtime, Task};
use notify_rust::{Hint, Notification, NotificationHandle};

use crate::platform::{Answer, BannerError, BannerWords};

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
