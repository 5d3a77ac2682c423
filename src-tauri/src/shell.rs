//! What the shell holds while the app runs: the engine's handle and the parts of the desktop that follow it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

use bedside_engine::{Client, Focus, NotificationWish};
use bedside_protocol::ipc::{Place, Settings};
use bedside_runtime::Runtime;
use tauri::{AppHandle, Manager, WebviewWindow};
use tokio::sync::{Mutex, SetOnce};

use crate::notifications::{Clicked, Notifier};
use crate::opener::{ExternalLink, OpenError};
use crate::platform::Panel;
use crate::profile::Profile;
use crate::tray::Tray;
use crate::words::Words;
use crate::{platform, window};

/// In the profile's folder: the person has been told that closing the window does not quit.
const TOLD_FILE: &str = "told-still-running";

/// The engine's handle and the parts of the desktop that follow it.
pub(crate) struct Shell {
    runtime: Runtime,
    client: SetOnce<Client>,
    words: Words,
    notifier: Notifier,
    tray: Option<Tray>,
    settings: RwLock<Settings>,
    unread: AtomicI64,
    told_file: PathBuf,
    /// Held while the person is asked about a link: a page cannot pile questions up.
    asking: Mutex<()>,
}

impl Shell {
    /// Puts the icon into the tray, if there is one, and waits for the engine.
    pub(crate) async fn new(app: &AppHandle, profile: &Profile) -> Self {
        let runtime = Runtime::system();
        let words = Words::of_the_system();
        let tray = make_tray(app, &words).await;
        let clicked = app.clone();
        let notifier = Notifier::start(&runtime, move |what| show(&clicked, what));
        Shell {
            runtime,
            client: SetOnce::new(),
            words,
            notifier,
            tray,
            settings: RwLock::default(),
            unread: AtomicI64::new(0),
            told_file: profile.folder().join(TOLD_FILE),
            asking: Mutex::new(()),
        }
    }

    /// The engine, as soon as it is open.
    pub(crate) async fn engine(&self) -> &Client {
        self.client.wait().await
    }

    /// The engine, if it is open.
    pub(crate) fn engine_if_open(&self) -> Option<Client> {
        self.client.get().cloned()
    }

    /// Whoever waits for the engine goes on.
    pub(crate) fn engine_opened(&self, client: Client) {
        if self.client.set(client).is_err() {
            tracing::error!("the engine was opened twice");
        }
    }

    /// Where tasks of the shell run.
    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// The shell's words.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Whether closing the window leaves the app running where the person can find it again.
    pub(crate) fn stays_in_tray(&self) -> bool {
        self.tray.is_some() && self.settings.read().unwrap_or_else(PoisonError::into_inner).close_to_tray
    }

    /// Says, once per profile, that the app goes on running.
    pub(crate) fn say_still_running(&self) {
        if self.told_file.exists() {
            return;
        }
        let told = self.told_file.clone();
        self.notifier.tell(self.words.still_running(), move || {
            if let Err(error) = std::fs::write(&told, "") {
                tracing::warn!(%error, "will say again that the app goes on running");
            }
        });
    }

    /// Tells the engine whether somebody looks at the window.
    pub(crate) fn focus_changed(&self, focus: Focus) {
        if let Some(client) = self.engine_if_open() {
            self.runtime.spawn("shell.focus", async move { client.window_focused(focus).await });
        }
    }

    /// Hands a link to the system if the person agrees. One question at a time; a link that comes during it is
    /// refused.
    pub(crate) async fn open_link(
        &self,
        window: &WebviewWindow,
        link: ExternalLink,
    ) -> Result<(), OpenError> {
        let Ok(_asking) = self.asking.try_lock() else { return Err(OpenError::NotAllowed) };
        if !platform::ask(window, self.words.open_link(&link)).await {
            return Ok(());
        }
        self.runtime.blocking(move || link.open()).await
    }

    fn show_place(&self, place: Place) {
        if let Some(client) = self.client.get() {
            client.show(place);
        }
    }

    /// Follows the settings. On the main thread.
    pub(crate) fn follow_settings(&self, settings: Settings) {
        let reworded = self.words.speak(&settings.language);
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        if let Some(tray) = self.tray.as_ref().filter(|_| reworded) {
            log_failure(tray.reword(&self.words, self.unread.load(Ordering::Relaxed)));
        }
    }

    /// Follows the number of unread messages. On the main thread.
    pub(crate) fn follow_unread(&self, count: i64) {
        let before = self.unread.swap(count, Ordering::Relaxed);
        if let Some(tray) = self.tray.as_ref().filter(|_| before != count) {
            log_failure(tray.show_unread(&self.words, count));
        }
    }

    /// Follows the panel that the icon stands on. On the main thread.
    pub(crate) fn follow_panel(&self, panel: Panel) {
        if let Some(tray) = &self.tray {
            log_failure(tray.stand_on(panel, self.unread.load(Ordering::Relaxed)));
        }
    }

    /// Stops the engine.
    pub(crate) async fn close(&self) {
        if let Some(client) = self.client.get() {
            client.close().await;
        }
    }

    /// Shows or takes away a notification as the engine wishes.
    pub(crate) fn follow_wish(&self, wish: NotificationWish) {
        match wish {
            NotificationWish::Show(place, urgency) => {
                self.notifier.show(place, self.words.new_message(urgency))
            }
            NotificationWish::Clear(room_id) => self.notifier.clear(room_id),
        }
    }
}

async fn make_tray(app: &AppHandle, words: &Words) -> Option<Tray> {
    if !platform::tray_available().await {
        return None;
    }
    Tray::create(app, words).inspect_err(|error| tracing::warn!(%error, "no icon in the tray")).ok()
}

/// What a click on a notification does.
fn show(app: &AppHandle, what: Clicked) {
    window::show(app);
    if let (Clicked::Place(place), Some(shell)) = (what, app.try_state::<Shell>()) {
        shell.show_place(place);
    }
}

fn log_failure(result: tauri::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "the tray could not be changed");
    }
}
