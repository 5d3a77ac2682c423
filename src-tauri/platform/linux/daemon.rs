//! What the notification server says of itself, beyond what notify-rust asks it.

use futures_util::StreamExt;
use zbus::proxy::SignalStream;
use zbus::{Connection, Proxy};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// A server that takes a body for markup names that so.
pub(super) const MARKUP: &str = "body-markup";
/// A server with a field for a reply in its notifications names it so.
pub(super) const INLINE_REPLY: &str = "inline-reply";

async fn daemon() -> zbus::Result<Proxy<'static>> {
    Proxy::new(&Connection::session().await?, NAME, PATH, NAME).await
}

/// Whether the person has told the desktop that they do not want to be disturbed. One that cannot say so has not.
pub(crate) async fn is_do_not_disturb() -> bool {
    async { daemon().await?.get_property::<bool>("Inhibited").await }.await.unwrap_or(false)
}

/// Whether there is a server.
pub(crate) async fn shows_notifications() -> bool {
    !abilities().await.is_empty()
}

/// What the server can do, by the names of the specification; nothing where there is none.
pub(super) async fn abilities() -> Vec<String> {
    async { daemon().await?.call("GetCapabilities", &()).await }
        .await
        .inspect_err(|error: &zbus::Error| tracing::info!(%error, "nobody shows notifications"))
        .unwrap_or_default()
}

/// Words that are written into notifications, for as long as it is held; nothing where they cannot be.
pub(super) async fn replies(abilities: &[String]) -> Option<SignalStream<'static>> {
    if !abilities.iter().any(|one| one == INLINE_REPLY) {
        return None;
    }
    async { daemon().await?.receive_signal("NotificationReplied").await }
        .await
        .inspect_err(|error: &zbus::Error| tracing::info!(%error, "nothing known of replies"))
        .ok()
}

/// The next words written into this notification.
pub(super) async fn reply_to(id: u32, replies: &mut SignalStream<'static>) -> Option<String> {
    while let Some(said) = replies.next().await {
        if let Ok((of, text)) = said.body().deserialize::<(u32, String)>()
            && of == id
        {
            return Some(text);
        }
    }
    None
}
