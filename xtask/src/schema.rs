//! `cargo xtask schema`: writes the documents anew that are generated from code and compared in tests.
//!
//! Not the recorded forms of the wire types: one that changes is a change of the protocol, to be looked at by a person.

use anyhow::Result;

use crate::command;
use crate::workspace::Workspace;

/// Writes docs/openapi.json.
///
/// # Errors
/// When the server does not build.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let test = ["test", "--package", "bedside-server", "--test", "http", "openapi"];
    command::run(workspace.cargo(test).env("BEDSIDE_UPDATE_DOCS", "1"))
}
