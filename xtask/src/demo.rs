//! `cargo xtask demo`: a clinic on an embedded database, its server, and two signed-in windows of people who know
//! each other. With `--headless`, the same driven by itself on virtual displays, leaving pictures.
//!
//! Ends everything it started, however it ends: by Ctrl+C, by closed windows, or by an error.

mod clinic;
mod interrupt;
mod kept;
mod lock;
mod running;
mod windows;

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::artifacts::{self, Artifacts};
use crate::command;
use crate::progress::Progress;
use crate::setup::{self, Need};
use crate::ui;
use crate::workspace::Workspace;
use clinic::Clinic;
use interrupt::Interrupt;
use running::Running;

/// Options of `cargo xtask demo`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Options {
    /// Drive the demo on virtual displays instead of showing it.
    #[arg(long, requires = "shots")]
    headless: bool,
    /// Where the pictures of a headless demo go.
    #[arg(long, value_name = "DIR", requires = "headless")]
    shots: Option<PathBuf>,
    /// Keep the clinic and both people's data for the next demo.
    #[arg(long, conflicts_with = "headless")]
    keep: bool,
}

/// Sets up, builds and shows the demo until it is ended.
///
/// # Errors
/// When anything it needs cannot be installed, built or started, or stops by itself.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    match &options.shots {
        Some(shots) => headless(workspace, shots),
        None => shown(workspace, options),
    }
}

fn headless(workspace: &Workspace, shots: &PathBuf) -> Result<()> {
    let mut progress = Progress::start();
    setup::ensure(workspace, &mut progress, &[Need::App, Need::Windows])?;
    build(workspace, &mut progress)?;
    progress.step("The demo, on virtual displays");
    let mut drive =
        workspace.cargo(["run", "--package", "bedside-tests", "--bin", "bedside-demo-drive", "--"]);
    drive.arg("--shots").arg(env::current_dir()?.join(shots));
    Artifacts::of(workspace).tell(&mut drive);
    command::run(&mut drive)
}

fn shown(workspace: &Workspace, options: &Options) -> Result<()> {
    need_display()?;
    let interrupt = Interrupt::listen()?;
    let mut progress = Progress::start();
    setup::ensure(workspace, &mut progress, &[Need::App])?;
    build(workspace, &mut progress)?;
    let artifacts = Artifacts::of(workspace);
    let clinic = Clinic::prepare(workspace, &artifacts, &mut progress, options.keep)?;
    let mut running = Running::default();
    progress.step("The server");
    let address = clinic.serve(&artifacts, &mut running, &interrupt)?;
    progress.note(&format!("{address}, its log in {}", clinic.log().display()));
    progress.step("Two windows: a practitioner and a patient");
    windows::open(&artifacts, &clinic, &address, &mut running)?;
    progress.note("write in one, read in the other; Ctrl+C ends the demo");
    running.until_over(&interrupt)
}

fn build(workspace: &Workspace, progress: &mut Progress) -> Result<()> {
    progress.step("The interface");
    ui::run(workspace, ui::Options::default())?;
    progress.step("The app and the server");
    command::run(&mut artifacts::build(workspace))
}

/// Says so before the long build, not after it.
fn need_display() -> Result<()> {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        bail!("there is no display here; `cargo xtask demo --headless --shots DIR` needs none");
    }
    Ok(())
}
