//! What the shell holds while the app runs: the engine's handle and the parts of the desktop that follow it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context;
use bedside_engine::cache::Cache;
use bedside_engine::keys::KeychainStore;
use bedside_engine::transport::NetTransport;
use bedside_engine::{Client, ClientConfig, Focus, NotificationWish};
use bedside_protocol::ipc::{Place, Settings};
use bedside_runtime::Runtime;
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast;

use crate::keychain::SystemKeychain;
use crate::notifications::Notifier;
use crate::options::Options;
use crate::profile::Profile;
use crate::tray::Tray;
use crate::words::Words;
use crate::{platform, window};

/// In the profile's folder: the person has been told that closing the window does not quit.
const TOLD_FILE: &str = "told-still-running";

/// The engine's handle and the parts of the desktop that follow it.
pub(crate) struct Shell {
    runtime: Runtime,
    client: Client,
    words: Words,
    notifier: Notifier,
    tray: Option<Tray>,
    settings: RwLock<Settings>,
    unread: AtomicI64,
    app_id: String,
    told_file: PathBuf,
}

impl Shell {
    /// Opens the profile's engine and puts the icon into the tray, if there is one.
    pub(crate) async fn open(app: &AppHandle, options: &Options, profile: &Profile) -> anyhow::Result<Self> {
        let runtime = Runtime::system();
        let client = Client::open(config(&runtime, options, profile).await?).await;
        let words = Words::of_the_system();
        let tray = make_tray(app, &words).await;
        let clicked = app.clone();
        let notifier = Notifier::start(&runtime, move |place| show_place(&clicked, place));
        follow_wishes(&runtime, app.clone(), client.notifications());
        Ok(Shell {
            runtime,
            client,
            words,
            notifier,
            tray,
            settings: RwLock::default(),
            unread: AtomicI64::new(0),
            app_id: profile.identifier(),
            told_file: profile.folder().join(TOLD_FILE),
        })
    }

    /// The engine.
    pub(crate) fn client(&self) -> &Client {
        &self.client
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
        self.notifier.tell(self.words.still_running(&self.app_id));
        if let Err(error) = std::fs::write(&self.told_file, "") {
            tracing::warn!(%error, "will say again that the app goes on running");
        }
    }

    /// Tells the engine whether somebody looks at the window.
    pub(crate) fn focus_changed(&self, focus: Focus) {
        let client = self.client.clone();
        self.runtime.spawn("shell.focus", async move { client.window_focused(focus).await });
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

    /// Stops the engine.
    pub(crate) async fn close(&self) {
        self.client.close().await;
    }

    fn follow_wish(&self, wish: NotificationWish) {
        match wish {
            NotificationWish::Show(place) => self.notifier.show(place, self.words.new_message(&self.app_id)),
            NotificationWish::Clear(room_id) => self.notifier.clear(room_id),
        }
    }
}

async fn config(runtime: &Runtime, options: &Options, profile: &Profile) -> anyhow::Result<ClientConfig> {
    Ok(ClientConfig {
        runtime: runtime.clone(),
        folder: profile.folder().to_owned(),
        profile: profile.name().shown().to_owned(),
        server: options.server.clone().unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        device_name: platform::device_name(),
        platform: std::env::consts::OS.to_owned(),
        keychain: keychain(runtime, profile.identifier(), profile.folder()).await,
        transport: Arc::new(NetTransport::new().context("no network library")?),
    })
}

/// The system's keychain, if it answers. A new profile's key is to be kept there, so then it must also store.
async fn keychain(runtime: &Runtime, service: String, folder: &Path) -> Option<Arc<dyn KeychainStore>> {
    let keychain = SystemKeychain::new(service);
    let (asked, new) = (keychain.clone(), !Cache::exists(folder));
    let works = runtime.blocking(move || if new { asked.stores() } else { asked.answers() }).await;
    works.then(|| Arc::new(keychain) as Arc<dyn KeychainStore>)
}

async fn make_tray(app: &AppHandle, words: &Words) -> Option<Tray> {
    if !platform::tray_available().await {
        return None;
    }
    Tray::create(app, words).inspect_err(|error| tracing::warn!(%error, "no icon in the tray")).ok()
}

fn follow_wishes(runtime: &Runtime, app: AppHandle, mut wishes: broadcast::Receiver<NotificationWish>) {
    let stopping = runtime.stopping();
    runtime.spawn("shell.wishes", async move {
        while let Some(wish) = stopping.run_until_cancelled(wishes.recv()).await {
            match (wish, app.try_state::<Shell>()) {
                (Ok(wish), Some(shell)) => shell.follow_wish(wish),
                (Err(broadcast::error::RecvError::Closed), _) => return,
                (Err(broadcast::error::RecvError::Lagged(lost)), _) => {
                    tracing::warn!(lost, "notifications were lost")
                }
                (Ok(_), None) => tracing::warn!("a notification came before the shell"),
            }
        }
    });
}

/// What a click on a notification does.
fn show_place(app: &AppHandle, place: Place) {
    window::show(app);
    if let Some(shell) = app.try_state::<Shell>() {
        shell.client.show(place);
    }
}

fn log_failure(result: tauri::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "the tray could not be changed");
    }
}
