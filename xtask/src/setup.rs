//! `cargo xtask setup`: what a bare machine lacks, installed once; what is there already costs a look each.
//!
//! Owns the lists of what is needed and how to get it on each system. Never installs silently: every step says what
//! it is about to do, and a system it does not know gets the command to type instead.

mod programs;
mod rust;
mod system;
mod wanted;

use anyhow::Result;
use clap::Args;

use crate::progress::Progress;
use crate::workspace::Workspace;

pub(crate) use programs::find as find_program;
pub(crate) use rust::tools_folder;
pub(crate) use wanted::Need;

/// Options of `cargo xtask setup`.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Options {
    /// Only what building and running the app takes, without what tests and headless demos take.
    #[arg(long)]
    app_only: bool,
    /// Also what `cargo xtask test --full` takes.
    #[arg(long)]
    full: bool,
}

/// Installs what is missing.
///
/// # Errors
/// When something cannot be installed; the message says what to do by hand.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<()> {
    let mut needs = vec![Need::App];
    if !options.app_only {
        needs.extend([Need::Services, Need::Windows]);
    }
    if options.full {
        needs.push(Need::WindowsBuild);
    }
    ensure(workspace, &mut Progress::start(), &needs)
}

/// Makes sure that everything for the needs is there.
///
/// # Errors
/// As for [`run`].
pub(crate) fn ensure(workspace: &Workspace, progress: &mut Progress, needs: &[Need]) -> Result<()> {
    progress.step("System packages");
    system::ensure(workspace, progress, needs)?;
    progress.step("Rust targets and components");
    rust::ensure_targets(workspace, progress, needs)?;
    if needs.contains(&Need::Windows) {
        progress.step("tauri-driver, which remote-controls the app's windows");
        rust::ensure_driver(workspace, progress)?;
    }
    Ok(())
}
