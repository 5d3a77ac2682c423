//! What the Rust side needs beyond a toolchain: targets, components, and the driver that tests remote-control the
//! app's windows with.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::programs::in_path;
use super::wanted::Need;
use crate::command;
use crate::progress::Progress;
use crate::workspace::Workspace;

const WASM: &str = "wasm32-unknown-unknown";

/// Adds the targets and components that are missing.
///
/// # Errors
/// When one is missing and cannot be added.
pub(crate) fn ensure_targets(workspace: &Workspace, progress: &Progress, needs: &[Need]) -> Result<()> {
    let mut targets = vec![WASM];
    if needs.contains(&Need::WindowsBuild) {
        targets.push("x86_64-pc-windows-gnu");
    }
    for target in targets {
        if !have_target(workspace, target)? {
            rustup(workspace, progress, &["target", "add", target])?;
        }
    }
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !command::succeeds(&mut workspace.cargo([tool, "--version"])) {
            rustup(workspace, progress, &["component", "add", component])?;
        }
    }
    progress.note("all there");
    Ok(())
}

/// Whether the standard library for a target is installed.
///
/// # Errors
/// When rustc does not say where it lives.
pub(crate) fn have_target(workspace: &Workspace, target: &str) -> Result<bool> {
    let sysroot = command::read(workspace.command("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(target).join("lib").is_dir())
}

fn rustup(workspace: &Workspace, progress: &Progress, arguments: &[&str]) -> Result<()> {
    let by_hand = format!("rustup {}", arguments.join(" "));
    if !in_path("rustup") {
        bail!("this toolchain does not come from rustup; add what `{by_hand}` would, then start again");
    }
    progress.note(&by_hand);
    command::run(workspace.command("rustup").args(arguments))
}

/// Where tauri-driver lives: `BEDSIDE_TOOLS` (a folder a CI keeps between runs), else `tools` in the target folder.
pub(crate) fn tools_folder(workspace: &Workspace) -> PathBuf {
    tools(workspace).join("bin")
}

fn tools(workspace: &Workspace) -> PathBuf {
    env::var_os("BEDSIDE_TOOLS").map_or_else(|| workspace.target("tools"), PathBuf::from)
}

/// Builds tauri-driver 2.x unless it is there.
///
/// # Errors
/// When it does not build.
pub(crate) fn ensure_driver(workspace: &Workspace, progress: &Progress) -> Result<()> {
    if tools_folder(workspace).join("tauri-driver").is_file() {
        progress.note("all there");
        return Ok(());
    }
    progress.note("building it, once; this takes a minute or two");
    let root = tools(workspace);
    let mut install = workspace.cargo(["install", "tauri-driver", "--version", "^2", "--locked", "--root"]);
    install.arg(&root).arg("--target-dir").arg(root.join("build"));
    command::run(&mut install).context("tauri-driver")?;
    std::fs::remove_dir_all(root.join("build")).context("what the build left")
}
