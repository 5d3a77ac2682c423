//! `cargo xtask bench server|engine|search|scale|ui`: builds what is measured as it would ship, but quicker, and runs it:
//! `crates/bench`, or for a real window `bedside-bench-ui` of the crate `tests`.

use anyhow::Result;
use clap::Args;

use crate::artifacts::Artifacts;
use crate::command;
use crate::progress::Progress;
use crate::setup::{self, Need};
use crate::ui;
use crate::workspace::Workspace;

const PROFILE: [&str; 2] = ["--profile", "bench-run"];

/// Options of `cargo xtask bench`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Options {
    /// What to measure: `server`, `engine`, `search`, `scale` or `ui`.
    name: String,
    /// Passed on to the benchmark; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds and runs a benchmark; its figures go to the terminal.
///
/// # Errors
/// When it does not build or does not finish.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if options.name == "ui" { window(workspace, options) } else { bare(workspace, options) }
}

/// Server, engine and whole clinics: no window.
fn bare(workspace: &Workspace, options: &Options) -> Result<()> {
    let packages = ["--package", "bedside-server", "--package", "bedside-bench"];
    command::run(&mut workspace.cargo(["build"].into_iter().chain(PROFILE).chain(packages)))?;
    let program = |name: &str| workspace.target(&format!("bench-run/{name}{}", std::env::consts::EXE_SUFFIX));
    let mut bench = workspace.command(program("bedside-bench"));
    bench
        .env("BEDSIDE_SERVER", program("bedside-server"))
        .env("BEDSIDE_BENCH_OUT", workspace.target("bench"));
    command::run(bench.arg(&options.name).args(&options.rest))
}

/// The real window with the interface that ships.
fn window(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut progress = Progress::start();
    setup::ensure(workspace, &mut progress, &[Need::App, Need::Windows])?;
    progress.step("The interface");
    ui::run(workspace, ui::Options::RELEASE)?;
    progress.step("The app and the server");
    let packages = ["--package", "bedside", "--package", "bedside-server", "--package", "bedside-tests"];
    let features = ["--features", "bedside/custom-protocol", "--bins"];
    let build = ["build"].into_iter().chain(PROFILE).chain(packages).chain(features);
    command::run(&mut workspace.cargo(build))?;
    let artifacts = Artifacts::measured(workspace);
    let program = format!("bench-run/bedside-bench-ui{}", std::env::consts::EXE_SUFFIX);
    let mut bench = workspace.command(workspace.target(&program));
    artifacts.tell(&mut bench);
    command::run(bench.args(&options.rest))
}
