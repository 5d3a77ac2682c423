//! `cargo xtask bench server|engine|scale`: builds what is measured as it would ship, but quicker, and runs `crates/bench`.

use anyhow::Result;
use clap::Args;

use crate::command;
use crate::workspace::Workspace;

const PROFILE: [&str; 2] = ["--profile", "bench-run"];

/// Options of `cargo xtask bench`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Options {
    /// What to measure: `server`, `engine` or `scale`.
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
    let packages = ["--package", "bedside-server", "--package", "bedside-bench"];
    command::run(&mut workspace.cargo(["build"].into_iter().chain(PROFILE).chain(packages)))?;
    let program = |name: &str| workspace.target(&format!("bench-run/{name}{}", std::env::consts::EXE_SUFFIX));
    let mut bench = workspace.command(program("bedside-bench"));
    bench
        .env("BEDSIDE_SERVER", program("bedside-server"))
        .env("BEDSIDE_BENCH_OUT", workspace.target("bench"));
    command::run(bench.arg(&options.name).args(&options.rest))
}
