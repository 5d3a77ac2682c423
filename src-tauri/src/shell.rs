//! What the shell holds while the app runs.

use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

use bedside_protocol::ipc::Settings;
use bedside_runtime::Runtime;
use tauri::AppHandle;

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
    words: Words,
    notifier: Notifier,
    tray: Option<Tray>,
    settings: RwLock<Settings>,
    app_id: String,
    told_file: PathBuf,
}

impl Shell {
    /// Opens the profile's engine and puts the icon into the tray, if there is one.
    pub(crate) async fn open(app: &AppHandle, _options: &Options, profile: &Profile) -> anyhow::Result<Self> {
        let runtime = Runtime::system();
        let words = Words::of_the_system();
        let tray = if platform::tray_available().await { Tray::create(app, &words).ok() } else { None };
        let shown = app.clone();
        let notifier = Notifier::start(&runtime, move |_place| window::show(&shown));
        Ok(Shell {
            runtime,
            words,
            notifier,
            tray,
            settings: RwLock::default(),
            app_id: profile.identifier(),
            told_file: profile.folder().join(TOLD_FILE),
        })
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        &self.runtime
    }

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

    pub(crate) fn focus_changed(&self, _focused: bool) {}

    pub(crate) async fn close(&self) {}
}
