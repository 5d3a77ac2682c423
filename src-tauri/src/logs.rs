//! The log: to standard error and to a file in the profile's folder. It never carries what people write.

use std::fs::{File, OpenOptions};
use std::path::Path;

use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

const FILE: &str = "bedside.log";
const OLD_FILE: &str = "bedside.old.log";
/// A log larger than this is set aside at start, replacing the one set aside before.
const FILE_BYTES: u64 = 2 * 1024 * 1024;

/// Crates that print frames, headers or bodies when asked for detail: warnings are all that is ever heard from them.
const HELD_BACK: [&str; 8] =
    ["tungstenite", "tokio_tungstenite", "hyper", "hyper_util", "reqwest", "h2", "zbus", "tauri"];

/// Starts logging; without a writable folder, to standard error alone.
pub(crate) fn start(folder: &Path) {
    let asked = EnvFilter::try_from_env("BEDSIDE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let errors = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let file = open(folder).ok().map(|file| fmt::layer().with_writer(file).with_ansi(false));
    let started = filtered(asked).with(errors).with(file).try_init();
    if started.is_err() {
        tracing::warn!("somebody else logs already");
    }
}

fn open(folder: &Path) -> std::io::Result<File> {
    let path = folder.join(FILE);
    if std::fs::metadata(&path).is_ok_and(|held| held.len() > FILE_BYTES) {
        std::fs::rename(&path, folder.join(OLD_FILE))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}

/// What was asked for, less what may never be heard: a filter of its own, for among directives the most specific wins.
fn filtered(asked: EnvFilter) -> impl Subscriber + for<'span> LookupSpan<'span> + Send + Sync {
    tracing_subscriber::registry().with(asked).with(filter_fn(may_be_heard))
}

fn may_be_heard(metadata: &Metadata<'_>) -> bool {
    let source = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::WARN || !HELD_BACK.contains(&source)
}

#[cfg(test)]
pub(crate) mod capture {
    //! A log that a test can read.

    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// What was logged.
    #[derive(Clone, Default)]
    pub(crate) struct Captured(Arc<Mutex<Vec<u8>>>);

    impl Captured {
        /// Logs everything that may be heard while `work` runs.
        pub(crate) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
            self.asked_for("trace", work)
        }

        /// As [`Captured::during`], with directives.
        pub(crate) fn asked_for<T>(&self, directives: &str, work: impl FnOnce() -> T) -> T {
            let held = self.clone();
            let layer = fmt::layer().with_ansi(false).with_writer(move || held.clone());
            let subscriber = filtered(EnvFilter::new(directives)).with(layer);
            tracing::subscriber::with_default(subscriber, work)
        }

        pub(crate) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Captured {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::capture::Captured;

    #[test]
    fn no_directive_makes_the_network_print_what_it_carries() {
        let captured = Captured::default();
        captured.asked_for("trace,tungstenite::protocol=trace,hyper=debug", || {
            tracing::trace!(target: "tungstenite::protocol", "frame: the knee is better");
            tracing::debug!(target: "hyper", "body: the knee is better");
            tracing::info!(target: "tauri", "request: the knee is better");
            tracing::warn!(target: "hyper_util::client", "connection refused");
            tracing::trace!(target: "tauri_plugin_window_state", "restored");
        });
        assert!(!captured.text().contains("knee"), "{}", captured.text());
        assert!(captured.text().contains("connection refused") && captured.text().contains("restored"));
    }
}
