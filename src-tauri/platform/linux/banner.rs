//! Native notifications, by the freedesktop specification.

use std::sync::Arc;
use std::time::Duration;

use bedside_runtime::{Runtime, Task};
use futures_util::future::{Either, select};
use notify_rust::{Hint, Notification, NotificationHandle, Urgency};
use zbus::proxy::SignalStream;

use super::daemon::{INLINE_REPLY, MARKUP, abilities, replies, reply_to};
use crate::platform::{Answer, BannerError, BannerWords, MARK_READ, REPLY};

/// A notification that was replied to is closed by its server; word of the one may come before that of the other.
const GRACE: Duration = Duration::from_millis(250);

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
        let can = abilities().await;
        let replies = if words.deeds.is_some() { replies(&can).await } else { None };
        let markup = can.iter().any(|one| one == MARKUP);
        let words = if markup { BannerWords { body: escaped(&words.body), ..words } } else { words };
        let shown = notification(&words, replaces.as_ref(), replies.is_some()).show_async().await?;
        let handle = Arc::new(shown);
        if let Some(old) = replaces {
            old.give_way_to(&handle).await;
        }
        let (waited, stopping, held) = (Arc::clone(&handle), runtime.stopping(), runtime.clone());
        let waiter = runtime.spawn("shell.banner", async move {
            let answer = answer(&held, &waited, replies);
            if let Some(answer) = stopping.run_until_cancelled(answer).await {
                answered(answer);
            }
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

async fn answer(
    runtime: &Runtime,
    handle: &NotificationHandle,
    replies: Option<SignalStream<'static>>,
) -> Answer {
    let Some(mut replies) = replies else { return pressed(handle).await };
    let first = {
        let reply = Box::pin(reply_to(handle.id(), &mut replies));
        match select(reply, Box::pin(pressed(handle))).await {
            Either::Left((Some(text), _)) => return Answer::Replied(text),
            Either::Left((None, pressed)) => pressed.await,
            Either::Right((answer, _)) => answer,
        }
    };
    if first != Answer::Closed {
        return first;
    }
    let late = runtime.timeout(GRACE, reply_to(handle.id(), &mut replies)).await;
    late.flatten().map_or(Answer::Closed, Answer::Replied)
}

async fn pressed(handle: &NotificationHandle) -> Answer {
    let mut answer = Answer::Closed;
    handle.wait_for_action_async(|response| answer = response.into()).await;
    answer
}

fn notification(words: &BannerWords, replaces: Option<&Banner>, writes: bool) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Bedside")
        .summary(&words.title)
        .body(&words.body)
        .icon(&words.app_id)
        .hint(Hint::Category("im.received".to_owned()))
        .hint(Hint::DesktopEntry(words.app_id.clone()))
        // The sound is the app's own.
        .hint(Hint::SuppressSound(true))
        .urgency(if words.urgent { Urgency::Critical } else { Urgency::Normal })
        .action("default", &words.open);
    if let Some(deeds) = &words.deeds {
        let reply = if writes { INLINE_REPLY } else { REPLY };
        notification.action("open", &words.open).action(MARK_READ, &deeds.mark_read);
        notification.action(reply, &deeds.reply);
    }
    if let Some(old) = replaces {
        notification.id(old.handle.id());
    }
    notification
}

/// A body is markup: what somebody has written must not become any.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_writes_is_no_markup() {
        assert_eq!(escaped("<b>x</b> & y"), "&lt;b&gt;x&lt;/b&gt; &amp; y");
    }
}
