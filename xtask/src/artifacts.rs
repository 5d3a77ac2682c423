//! The programs that tests and demos start: building them, and telling others where they are.
//!
//! Whoever starts them (the crate `tests`, the demo) finds them through the variables set in [`Artifacts::tell`].

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::setup::tools_folder;
use crate::workspace::Workspace;

/// Where the built programs are.
#[derive(Debug)]
pub(crate) struct Artifacts {
    /// The desktop app.
    pub(crate) app: PathBuf,
    /// The chat server.
    pub(crate) server: PathBuf,
    driver: PathBuf,
}

impl Artifacts {
    /// Where they will be in this workspace's target folder.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self::below(workspace, "debug")
    }

    /// Those that a benchmark builds.
    pub(crate) fn measured(workspace: &Workspace) -> Self {
        Self::below(workspace, "bench-run")
    }

    fn below(workspace: &Workspace, profile: &str) -> Self {
        let program =
            |name: &str| workspace.target(&format!("{profile}/{name}{}", std::env::consts::EXE_SUFFIX));
        Self {
            app: program("bedside"),
            server: program("bedside-server"),
            driver: tools_folder(workspace).join("tauri-driver"),
        }
    }

    /// Sets `BEDSIDE_APP`, `BEDSIDE_SERVER` and `TAURI_DRIVER` for a command that starts them.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env("BEDSIDE_APP", &self.app).env("BEDSIDE_SERVER", &self.server);
        command.env("TAURI_DRIVER", &self.driver);
    }
}

/// The command that builds both programs, in one go so that what they share is compiled once.
pub(crate) fn build(workspace: &Workspace) -> Command {
    workspace.cargo([
        "build",
        "--package",
        "bedside",
        "--package",
        "bedside-server",
        "--features",
        "bedside/custom-protocol",
        "--bins",
    ])
}

/// The command that runs the tests inside one of the programs' packages, with the features that [`build`] gives it.
pub(crate) fn tests_of(workspace: &Workspace, package: &str) -> Command {
    let features = ["--features", "bedside/custom-protocol"];
    workspace.cargo(["test", "--package", package, "--no-fail-fast"].into_iter().chain(features))
}

/// The targets of kind `test` of a package, by name.
///
/// # Errors
/// When cargo cannot describe the workspace.
pub(crate) fn test_targets(workspace: &Workspace, package: &str) -> Result<Vec<String>> {
    let metadata = crate::metadata::Metadata::read(workspace)?;
    Ok(metadata.targets(package, "test"))
}
