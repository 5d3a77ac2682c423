//! What each ring runs.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::Dose;
use super::recorder::Recorder;
use super::ring::Ring;
use crate::artifacts::{self, Artifacts};
use crate::setup::find_program;
use crate::workspace::Workspace;
use crate::{deny, tidy, ui};

// The packages whose tests need a webview or a browser, and have rings of their own.
const INTERFACE: &str = "bedside-ui";
const APP: &str = "bedside";
const TESTS: &str = "bedside-tests";
const TESTKIT: &str = "bedside-testkit";
/// The test target of the ring `page`; all other targets of the package belong to the ring `windows`.
const PAGE: &str = "page";
const WASM: &str = "wasm32-unknown-unknown";

/// Runs one ring to its end.
///
/// # Errors
/// When anything in it fails.
pub(crate) fn run(ring: Ring, workspace: &Workspace, recorder: &mut Recorder, dose: Dose) -> Result<()> {
    match ring {
        Ring::Fmt => recorder.run(&mut workspace.cargo(["fmt", "--all", "--check"])),
        Ring::Tidy => tidy::run(workspace),
        Ring::Clippy => clippy(workspace, recorder),
        Ring::Unit => unit(workspace, recorder, dose),
        Ring::Ui => interface(workspace, recorder),
        Ring::Page => page(workspace, recorder),
        Ring::Windows => windows(workspace, recorder),
        Ring::WindowsBuild => windows_build(workspace, recorder),
        Ring::Deny => deny::run(workspace, recorder),
    }
}

fn clippy(workspace: &Workspace, recorder: &mut Recorder) -> Result<()> {
    ui::run(workspace, ui::Options::default())?;
    let strict = ["--quiet", "--", "--deny", "warnings"];
    let everywhere = ["clippy", "--workspace", "--all-targets"];
    let browser = ["bedside-ui", "bedside-core", "bedside-protocol", "bedside-i18n"];
    let packages = browser.iter().flat_map(|package| ["--package", package]);
    let in_browser = ["clippy", "--target", WASM].into_iter().chain(packages);
    let first = recorder.run(&mut workspace.cargo(everywhere.into_iter().chain(strict)));
    let second = recorder.run(&mut workspace.cargo(in_browser.chain(strict)));
    first.and(second)
}

fn unit(workspace: &Workspace, recorder: &mut Recorder, dose: Dose) -> Result<()> {
    // The same packages each time: others would have other features, and be compiled again.
    let elsewhere = [APP, INTERFACE, TESTS].into_iter().flat_map(|package| ["--exclude", package]);
    let everything: Vec<&str> =
        ["test", "--no-fail-fast", "--workspace"].into_iter().chain(elsewhere).collect();
    let mut tests = workspace.cargo(everything.iter().copied());
    if dose == Dose::Long {
        tests.env("BEDSIDE_SEEDS", "20000");
    }
    let machines = recorder.run(&mut tests);
    // The server's doors and everything that engines do through them once more, above the store that servers share.
    let worlds = artifacts::test_targets(workspace, TESTKIT)?;
    let targets = ["http"].into_iter().chain(worlds.iter().map(String::as_str));
    let mut shared =
        workspace.cargo(everything.into_iter().chain(targets.flat_map(|target| ["--test", target])));
    shared.env("BEDSIDE_TEST_STORE", "postgres");
    if dose != Dose::Long {
        shared.env("BEDSIDE_SEEDS", "50");
    }
    machines.and(recorder.run(&mut shared))
}

fn interface(workspace: &Workspace, recorder: &mut Recorder) -> Result<()> {
    let native = recorder.run(&mut workspace.cargo(["test", "--package", INTERFACE, "--no-fail-fast"]));
    ui::run(workspace, ui::Options::default())?;
    let harness = workspace.path("ui/harness");
    let install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    recorder.run(workspace.command("npm").args(install).current_dir(&harness))?;
    let dist = workspace.path("ui/dist");
    let mut tests = workspace.command("node");
    tests.arg("test.mjs").arg(dist).current_dir(&harness);
    if let Some(browser) = chromium() {
        tests.env("CHROMIUM", browser);
    }
    native.and(recorder.run(&mut tests))
}

/// The browser that set-up saw, unless the person names another.
fn chromium() -> Option<PathBuf> {
    let named = env::var_os("CHROMIUM").map(PathBuf::from);
    named.or_else(|| find_program("chromium"))
}

fn page(workspace: &Workspace, recorder: &mut Recorder) -> Result<()> {
    let targets = artifacts::test_targets(workspace, TESTS)?;
    if !targets.iter().any(|target| target == PAGE) {
        bail!("{TESTS} has no test target `{PAGE}`");
    }
    programs(workspace, recorder)?;
    let mut tests = workspace.cargo(["test", "--package", TESTS, "--test", PAGE]);
    Artifacts::of(workspace).tell(&mut tests);
    recorder.run(&mut tests)
}

fn windows(workspace: &Workspace, recorder: &mut Recorder) -> Result<()> {
    programs(workspace, recorder)?;
    let shell = recorder.run(&mut artifacts::tests_of(workspace, APP));
    let targets = artifacts::test_targets(workspace, TESTS)?;
    let named = targets.iter().filter(|target| *target != PAGE).flat_map(|target| ["--test", target]);
    let asked = ["test", "--package", TESTS, "--no-fail-fast", "--lib", "--bins"].into_iter().chain(named);
    // One at a time: each test owns displays, a session bus and a keychain, and two cores are few for two webviews.
    let mut tests = workspace.cargo(asked.chain(["--", "--test-threads=1"]));
    Artifacts::of(workspace).tell(&mut tests);
    shell.and(recorder.run(&mut tests))
}

/// The app and the server in the one form that both rings and demos use: built apart, half of it would be built twice.
fn programs(workspace: &Workspace, recorder: &mut Recorder) -> Result<()> {
    ui::run(workspace, ui::Options::default())?;
    recorder.run(&mut artifacts::build(workspace)).context("the app and the server")
}

fn windows_build(workspace: &Workspace, recorder: &mut Recorder) -> Result<()> {
    ui::run(workspace, ui::Options::default())?;
    let packages = ["bedside", "bedside-engine", "bedside-server", "bedside-core", "bedside-protocol"];
    let named = packages.iter().flat_map(|package| ["--package", package]);
    let check = ["check", "--target", "x86_64-pc-windows-gnu", "--features", "bedside/custom-protocol"];
    recorder.run(&mut workspace.cargo(check.into_iter().chain(named)))
}
