//! The command line: what can be asked for, and who answers.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[cfg(feature = "icons")]
use crate::icons;
use crate::workspace::Workspace;
use crate::{bench, demo, emoji, schema, setup, test, tidy, ui};

/// Everything there is to run in this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Install what a bare machine lacks.
    Setup(setup::Options),
    /// Build the interface into ui/dist.
    Ui(ui::Options),
    /// Show two people talking, each in a window, through a server of their own.
    Demo(demo::Options),
    /// Run every check there is.
    Test(test::Options),
    /// Check layers, versions and sources.
    Tidy,
    /// Write the generated documents anew.
    Schema,
    /// Write anew what emoji are called in each language.
    Emoji(emoji::Options),
    /// Measure the server or the engine beside something bare.
    Bench(bench::Options),
    /// Render the icons from their drawings.
    #[cfg(feature = "icons")]
    Icons,
}

/// Parses the command line and runs what it asks for.
///
/// # Errors
/// Whatever stopped the task.
pub(crate) fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    let workspace = Workspace::locate()?;
    match cli.task {
        Task::Setup(options) => setup::run(&workspace, options),
        Task::Ui(options) => ui::run(&workspace, options),
        Task::Test(options) => return test::run(&workspace, &options),
        Task::Demo(options) => demo::run(&workspace, &options),
        Task::Tidy => tidy::run(&workspace),
        Task::Schema => schema::run(&workspace),
        Task::Emoji(options) => emoji::run(&workspace, &options),
        Task::Bench(options) => bench::run(&workspace, &options),
        #[cfg(feature = "icons")]
        Task::Icons => icons::run(&workspace),
    }
    .map(|()| ExitCode::SUCCESS)
}
