//! `bedside-server`: serves a clinic, makes its accounts, fills a demo.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    // One provider for the whole process, before anything can ask for TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::say_error(&error);
            ExitCode::FAILURE
        }
    }
}
