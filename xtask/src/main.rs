//! The commands a person or CI runs. Each does its own set-up, shows its progress while it works, and answers
//! with an honest exit code. Nothing here ships.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks through its terminal"
)]

mod artifacts;
mod bench;
mod cli;
mod command;
mod demo;
mod deny;
mod emoji;
mod files;
#[cfg(feature = "icons")]
mod icons;
mod metadata;
mod progress;
mod schema;
mod setup;
mod test;
mod tidy;
mod ui;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
