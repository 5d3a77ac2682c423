//! cargo-deny over deny.toml: licences, sources and doubled packages always; known holes when the database of
//! advisories can be reached.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command;
use crate::setup::tools_folder;
use crate::test::Recorder;
use crate::workspace::Workspace;

/// Builds cargo-deny once and runs its checks.
///
/// # Errors
/// When it cannot be built, or finds something.
pub(crate) fn run(workspace: &Workspace, recorder: &mut Recorder) -> Result<()> {
    let program = ensure(workspace, recorder)?;
    let deny = |arguments: &[&str]| {
        let mut made = workspace.command(&program);
        made.args(arguments);
        made
    };
    recorder.run(&mut deny(&["check", "bans", "licenses", "sources"]))?;
    if !command::succeeds(&mut deny(&["fetch", "db"])) {
        recorder.say("advisories NOT checked: their database cannot be reached from here");
        return Ok(());
    }
    recorder.run(&mut deny(&["check", "--disable-fetch", "advisories"]))
}

fn ensure(workspace: &Workspace, recorder: &mut Recorder) -> Result<PathBuf> {
    let program = tools_folder(workspace).join("cargo-deny");
    if !program.is_file() {
        let root = tools_folder(workspace).parent().map(PathBuf::from).unwrap_or_default();
        let mut install =
            workspace.cargo(["install", "cargo-deny", "--version", "^0.19", "--locked", "--root"]);
        recorder.run(install.arg(&root).arg("--target-dir").arg(root.join("build"))).context("cargo-deny")?;
        std::fs::remove_dir_all(root.join("build"))?;
    }
    Ok(program)
}
