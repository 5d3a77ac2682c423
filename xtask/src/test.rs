//! `cargo xtask test`: every check there is, in rings from quick to slow, each with a budget of minutes.
//!
//! A failed ring does not stop the next one, but fails the whole. The last line says `N passed, N failed`.

mod counts;
mod failures;
mod recorder;
mod report;
mod ring;
mod rings;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::progress::{Progress, Stopwatch};
use crate::setup::{self, Need};
use crate::workspace::Workspace;
pub(crate) use recorder::Recorder;
use report::{Outcome, Row};
use ring::Ring;

/// Options of `cargo xtask test`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Options {
    /// Also what takes longer than the budget: long doses of generated histories, the check for Windows, licences.
    #[arg(long)]
    full: bool,
    /// Only this ring; may be given several times.
    #[arg(long, value_enum)]
    only: Vec<Ring>,
}

impl Options {
    fn rings(&self) -> Vec<Ring> {
        let asked = |ring: &Ring| match self.only.is_empty() {
            true => self.full || !ring.only_in_full(),
            false => self.only.contains(ring),
        };
        Ring::all().filter(asked).collect()
    }
}

/// How long the generated tests look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dose {
    /// What fits the budget.
    Usual,
    /// Twenty times that, and more.
    Long,
}

/// Sets the machine up, runs the rings, prints the table.
///
/// # Errors
/// When the machine cannot be set up; a failed ring is in the exit code instead.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let rings = options.rings();
    let mut progress = Progress::start();
    setup::ensure(workspace, &mut progress, &needs(&rings))?;
    let dose = if options.full { Dose::Long } else { Dose::Usual };
    let rows: Vec<Row> = rings.into_iter().map(|ring| row(workspace, &mut progress, ring, dose)).collect();
    report::print(&rows);
    Ok(if report::all_passed(&rows) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn needs(rings: &[Ring]) -> Vec<Need> {
    let needed = |need: &Need| rings.iter().any(|ring| ring.needs().contains(need));
    [Need::App, Need::Services, Need::Windows, Need::WindowsBuild].into_iter().filter(needed).collect()
}

fn row(workspace: &Workspace, progress: &mut Progress, ring: Ring, dose: Dose) -> Row {
    progress.step(&format!("{}: {}", ring.name(), ring.purpose()));
    let watch = Stopwatch::start();
    let mut recorder = Recorder::new(ring.name());
    let result = rings::run(ring, workspace, &mut recorder, dose);
    let outcome = match result {
        Ok(()) => Outcome::Passed,
        Err(error) => {
            recorder.say(&format!("failed: {error:#}"));
            Outcome::Failed
        }
    };
    Row {
        ring,
        elapsed: watch.elapsed(),
        counts: recorder.counts(),
        outcome,
        failures: recorder.into_failures(),
    }
}
