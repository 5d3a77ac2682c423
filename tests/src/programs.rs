//! Where the programs under test and the tools around them are.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

/// The desktop app: `BEDSIDE_APP`, else the one built for debugging.
pub fn app() -> Result<PathBuf> {
    built("BEDSIDE_APP", "bedside")
}

/// The server: `BEDSIDE_SERVER`, else the one built for debugging.
pub fn server() -> Result<PathBuf> {
    built("BEDSIDE_SERVER", "bedside-server")
}

/// `tauri-driver`: `TAURI_DRIVER`, else the one `cargo xtask setup` installs.
pub fn tauri_driver() -> Result<PathBuf> {
    named("TAURI_DRIVER", root().join("target/tools/bin/tauri-driver"))
}

/// Where tests leave what helps to understand a failure: `BEDSIDE_E2E_OUT`, else `target/e2e`.
#[must_use]
pub fn failures() -> PathBuf {
    std::env::var_os("BEDSIDE_E2E_OUT").map_or_else(|| target().join("e2e"), PathBuf::from)
}

fn built(variable: &str, name: &str) -> Result<PathBuf> {
    named(variable, target().join("debug").join(name))
}

fn named(variable: &str, default: PathBuf) -> Result<PathBuf> {
    let path = std::env::var_os(variable).map_or(default, PathBuf::from);
    ensure!(path.is_file(), "{} does not exist; build it or set {variable}", path.display());
    Ok(path)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |set| root().join(set))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
