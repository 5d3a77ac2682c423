//! How the app is started by others: by the session if the person wishes so, and by links.

use std::ffi::OsString;
use std::sync::{Mutex, PoisonError};

use bedside_protocol::ipc::Settings;
use bedside_runtime::Runtime;

use crate::options::Options;
use crate::platform::{self, Launch};
use crate::profile::{IDENTIFIER, Profile};

/// Whether the app starts with the session, and whether without its window.
type Wish = (bool, bool);

/// What the system is told of it.
pub(crate) struct Starting {
    /// Nothing, if it is not known which program this is.
    launch: Option<Launch>,
    told: Mutex<Option<Wish>>,
}

impl Starting {
    pub(crate) fn new(profile: &Profile, options: &Options) -> Self {
        let program = std::env::current_exe()
            .inspect_err(|error| tracing::warn!(%error, "cannot be started by others"))
            .ok();
        let (identifier, arguments) = (profile.identifier(), options.naming());
        let launch = program.map(|program| Launch { program, identifier, arguments });
        Starting { launch, told: Mutex::default() }
    }

    /// Tells the system what somebody who is signed in wishes, if it is not told already.
    pub(crate) fn follow(&self, runtime: &Runtime, settings: &Settings) {
        let wish = (settings.start_with_session, settings.start_hidden);
        let before = self.told.lock().unwrap_or_else(PoisonError::into_inner).replace(wish);
        let Some(launch) = self.launch.clone().filter(|_| before != Some(wish)) else { return };
        let pool = runtime.clone();
        runtime.spawn("shell.starting", async move {
            let told = pool.blocking(move || tell(&launch, wish)).await;
            if let Err(error) = told {
                tracing::warn!(%error, "whether the app starts with the session could not be set");
            }
        });
    }

    /// Only the default profile: whoever tries another one out does not lose their links to it.
    pub(crate) async fn take_links(&self, runtime: &Runtime) {
        let Some(launch) = self.launch.clone().filter(|launch| launch.identifier == IDENTIFIER) else {
            return;
        };
        if let Err(error) = runtime.blocking(move || platform::take_links(&launch)).await {
            tracing::warn!(%error, "links are not opened by this program");
        }
    }
}

fn tell(launch: &Launch, (with_session, hidden): Wish) -> std::io::Result<()> {
    let hidden: Option<OsString> = hidden.then(|| "--hidden".into());
    let arguments: Vec<OsString> = launch.arguments.iter().cloned().chain(hidden).collect();
    platform::start_with_session(launch, with_session.then_some(arguments.as_slice()))
}
