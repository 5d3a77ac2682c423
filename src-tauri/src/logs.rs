//! The log: to standard error and to a file in the profile's folder. It never carries what people write.

use std::fs::{File, OpenOptions};
use std::path::Path;

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

const FILE: &str = "bedside.log";
const OLD_FILE: &str = "bedside.old.log";
/// A log larger than this is set aside at start, replacing the one set aside before.
const FILE_BYTES: u64 = 2 * 1024 * 1024;

/// Crates that print frames, headers or bodies when asked for detail: held back whatever `BEDSIDE_LOG` says.
const HELD_BACK: [&str; 8] =
    ["tungstenite", "tokio_tungstenite", "hyper", "hyper_util", "reqwest", "h2", "zbus", "tauri"];

/// Starts logging; without a writable folder, to standard error alone.
pub(crate) fn start(folder: &Path) {
    let errors = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let file = open(folder).ok().map(|file| fmt::layer().with_writer(file).with_ansi(false));
    let started = tracing_subscriber::registry().with(filter()).with(errors).with(file).try_init();
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

fn filter() -> EnvFilter {
    let asked = EnvFilter::try_from_env("BEDSIDE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    HELD_BACK
        .iter()
        .filter_map(|name| format!("{name}=warn").parse().ok())
        .fold(asked, EnvFilter::add_directive)
}
