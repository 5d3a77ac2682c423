//! Opens the profile's engine behind the window: a keychain may ask its owner for a password, and that takes as long
//! as it takes.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use bedside_engine::cache::Cache;
use bedside_engine::keys::KeychainStore;
use bedside_engine::transport::{NetTransport, Transport};
use bedside_engine::{Client, ClientConfig, Focus, NotificationWish};
use bedside_runtime::Runtime;
use futures_util::StreamExt;
use tauri::{AppHandle, Manager};
use tokio::sync::broadcast;

use crate::keychain::SystemKeychain;
use crate::options::Options;
use crate::profile::Profile;
use crate::shell::Shell;
use crate::window::MAIN;
use crate::{platform, watch, window};

/// Begins to open it; whoever asks for it waits meanwhile.
pub(crate) fn open(app: &AppHandle, options: &Options, profile: &Profile) -> anyhow::Result<()> {
    let transport = Arc::new(NetTransport::new().context("no network library")?);
    let (app, options, profile) = (app.clone(), options.clone(), profile.clone());
    let runtime = app.state::<Shell>().runtime().clone();
    let stopping = runtime.stopping();
    runtime.clone().spawn("shell.engine", async move {
        let opening = async {
            let keychain = keychain(&runtime, &options, &profile).await;
            Client::open(config(&app, &options, &profile, keychain, transport)).await
        };
        if let Some(client) = stopping.run_until_cancelled(opening).await {
            follow_wishes(&runtime, app.clone(), client.notifications());
            follow_network(&runtime, client.clone());
            opened(&app, client);
        }
    });
    Ok(())
}

/// On the main thread, where pages begin too: none is without its subscriptions then, and none has them twice.
fn opened(app: &AppHandle, client: Client) {
    let held = app.clone();
    let queued = app.run_on_main_thread(move || {
        let Some(shell) = held.try_state::<Shell>() else { return };
        shell.engine_opened(client.clone());
        watch::begin(&held, &client);
        if held.get_webview_window(MAIN).is_some_and(|main| window::has_focus(&main)) {
            shell.focus_changed(Focus::Focused);
        }
    });
    if queued.is_err() {
        tracing::info!("the event loop has ended");
    }
}

fn config(
    app: &AppHandle,
    options: &Options,
    profile: &Profile,
    keychain: Option<Arc<dyn KeychainStore>>,
    transport: Arc<dyn Transport>,
) -> ClientConfig {
    let shell = app.state::<Shell>();
    ClientConfig {
        runtime: shell.runtime().clone(),
        folder: profile.folder().to_owned(),
        profile: profile.name().shown().to_owned(),
        server: options.server.clone().unwrap_or_default(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        device_name: platform::computer_name().unwrap_or_else(|| shell.words().unnamed_computer()),
        platform: std::env::consts::OS.to_owned(),
        keychain,
        time_zone: Arc::new(time_zone),
        transport,
    }
}

/// The computer's; one without a name counts as UTC, as on a server.
fn time_zone() -> String {
    jiff::tz::TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}

/// The system's keychain, if it answers. A new profile's key is to be kept there, so then it must also store.
async fn keychain(runtime: &Runtime, options: &Options, profile: &Profile) -> Option<Arc<dyn KeychainStore>> {
    if options.no_keychain {
        return None;
    }
    let keychain = SystemKeychain::new(profile.identifier());
    let (asked, new) = (keychain.clone(), is_new(profile.folder()));
    let works = runtime.blocking(move || if new { asked.stores() } else { asked.answers() }).await;
    works.then(|| Arc::new(keychain) as Arc<dyn KeychainStore>)
}

fn is_new(folder: &Path) -> bool {
    !Cache::exists(folder)
}

/// A connection over a network that is gone looks alive until somebody waits for an answer on it.
fn follow_network(runtime: &Runtime, client: Client) {
    let stopping = runtime.stopping();
    runtime.spawn("shell.network", async move {
        let mut changes = platform::network_changes().await;
        while let Some(Some(())) = stopping.run_until_cancelled(changes.next()).await {
            client.network_changed().await;
        }
    });
}

fn follow_wishes(runtime: &Runtime, app: AppHandle, mut wishes: broadcast::Receiver<NotificationWish>) {
    let stopping = runtime.stopping();
    runtime.spawn("shell.wishes", async move {
        while let Some(wish) = stopping.run_until_cancelled(wishes.recv()).await {
            match (wish, app.try_state::<Shell>()) {
                (Ok(wish), Some(shell)) => shell.follow_wish(&app, wish).await,
                (Err(broadcast::error::RecvError::Closed), _) => return,
                (Err(broadcast::error::RecvError::Lagged(lost)), _) => {
                    tracing::warn!(lost, "notifications were lost")
                }
                (Ok(_), None) => tracing::warn!("a notification came before the shell"),
            }
        }
    });
}
