//! A notification server that shows nothing and remembers everything, and can pretend that somebody clicked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use zbus::OwnedVariant;
use zbus::object_server::SignalEmitter;

use crate::bus::Bus;
use crate::wait;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A notification as it came over the bus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The number it was given.
    pub id: u32,
    /// The number of the one it asked to replace, or 0.
    pub replaces: u32,
    /// Its title.
    pub title: String,
    /// Its text.
    pub body: String,
    /// What can be done with it, by the names the program knows it by.
    pub actions: Vec<String>,
    /// Every word of it, hints and actions included, for looking for what must not be there.
    pub everything: String,
}

/// Remembers notifications. Clones share one memory.
#[derive(Clone, Debug)]
pub struct Recorder {
    held: Arc<Mutex<Held>>,
    bus: zbus::Connection,
}

#[derive(Debug, Default)]
struct Held {
    last_id: u32,
    /// A field to write a reply into stands in each notification.
    takes_replies: bool,
    /// The person does not want to be disturbed.
    inhibited: bool,
    shown: Vec<Notice>,
    closed: Vec<u32>,
}

impl Recorder {
    /// Becomes the notification server of a bus.
    pub async fn start(bus: &Bus) -> Result<Self> {
        let held = Arc::new(Mutex::new(Held::default()));
        let connection = zbus::connection::Builder::address(bus.address())
            .serve_at(PATH, Notifications { held: Arc::clone(&held) })
            .name(NAME)
            .build()
            .await?;
        Ok(Recorder { held, bus: connection })
    }

    /// Every notification so far, replaced and closed ones included.
    #[must_use]
    pub fn shown(&self) -> Vec<Notice> {
        self.lock().shown.clone()
    }

    /// Those a person would still see.
    #[must_use]
    pub fn on_screen(&self) -> Vec<Notice> {
        let held = self.lock();
        let mut visible: HashMap<u32, Notice> = HashMap::new();
        visible.extend(held.shown.iter().map(|notice| (notice.id, notice.clone())));
        visible.retain(|id, _| !held.closed.contains(id));
        visible.into_values().collect()
    }

    /// Clicks until something comes of it: a program hears of clicks a moment after its notification is on screen.
    pub async fn click_until(
        &self,
        id: u32,
        what: &str,
        mut holds: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        wait::until_true(what, async || {
            self.click(id).await?;
            holds().await
        })
        .await
    }

    async fn click(&self, id: u32) -> Result<()> {
        self.act(id, "default").await
    }

    /// Presses a button, as [`Recorder::click_until`] clicks.
    pub async fn press_until(
        &self,
        id: u32,
        action: &str,
        what: &str,
        mut holds: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        wait::until_true(what, async || {
            self.act(id, action).await?;
            holds().await
        })
        .await
    }

    async fn act(&self, id: u32, action: &str) -> Result<()> {
        let emitter = SignalEmitter::new(&self.bus, PATH)?;
        Notifications::action_invoked(&emitter, id, action).await?;
        self.lock().closed.push(id);
        Ok(Notifications::notification_closed(&emitter, id, 2).await?)
    }

    /// Writes a reply into a notification, as KDE's does.
    pub async fn reply(&self, id: u32, text: &str) -> Result<()> {
        let emitter = SignalEmitter::new(&self.bus, PATH)?;
        Notifications::notification_replied(&emitter, id, text).await?;
        self.lock().closed.push(id);
        Ok(Notifications::notification_closed(&emitter, id, 2).await?)
    }

    /// From now on replies can be written into notifications.
    pub fn take_replies(&self) {
        self.lock().takes_replies = true;
    }

    /// Whether the person wants to be left alone.
    pub fn do_not_disturb(&self, inhibited: bool) {
        self.lock().inhibited = inhibited;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Notifications {
    held: Arc<Mutex<Held>>,
}

impl Notifications {
    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::too_many_arguments, reason = "the freedesktop specification has them")]
    fn notify(
        &self,
        app_name: String,
        replaces_id: u32,
        app_icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        expire_timeout: i32,
    ) -> u32 {
        let everything =
            format!("{app_name} {app_icon} {summary} {body} {actions:?} {hints:?} {expire_timeout}");
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let id = if replaces_id == 0 { held.last_id + 1 } else { replaces_id };
        held.last_id = held.last_id.max(id);
        let actions = actions.into_iter().step_by(2).collect();
        held.shown.push(Notice { id, replaces: replaces_id, title: summary, body, actions, everything });
        id
    }

    async fn close_notification(&self, id: u32, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).closed.push(id);
        // The closer may be gone already; then nobody waits for the signal.
        let _ = Self::notification_closed(&emitter, id, 3).await;
    }

    fn get_capabilities(&self) -> Vec<String> {
        let reply = self.lock().takes_replies.then_some("inline-reply");
        ["body", "body-markup", "actions"].into_iter().chain(reply).map(str::to_owned).collect()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let name = "Bedside's recorder".to_owned();
        (name, "Bedside".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    #[zbus(property)]
    fn inhibited(&self) -> bool {
        self.lock().inhibited
    }

    #[zbus(signal)]
    async fn notification_replied(emitter: &SignalEmitter<'_>, id: u32, text: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action_key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}
