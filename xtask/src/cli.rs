//! The command line: what can be asked for, and who answers.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::ui;
use crate::workspace::Workspace;

/// Everything there is to run in this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build the interface into ui/dist.
    Ui(ui::Options),
}

/// Parses the command line and runs what it asks for.
///
/// # Errors
/// Whatever stopped the task.
pub(crate) fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    let workspace = Workspace::locate()?;
    match cli.task {
        Task::Ui(options) => ui::run(&workspace, options),
    }
    .map(|()| ExitCode::SUCCESS)
}
