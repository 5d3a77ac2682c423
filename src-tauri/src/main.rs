//! Starts the app. Everything it does is in the library and the crates below it.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use clap::Parser;

fn main() -> anyhow::Result<()> {
    // One provider for every TLS connection of this process, before anything can make one.
    let installed = rustls::crypto::ring::default_provider().install_default();
    anyhow::ensure!(installed.is_ok(), "another TLS provider is installed");
    bedside_app::run(&bedside_app::Options::parse())
}
