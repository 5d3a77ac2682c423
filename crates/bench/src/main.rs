//! `cargo xtask bench server|engine|search|scale`: figures, each beside the same work done by something bare.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and measures the real clock"
)]

mod engine;
mod meter;
mod scale;
mod search;
mod server;

use clap::Parser;

/// What to measure.
#[derive(Parser)]
#[command(about = "Benchmarks that print figures and ratios.")]
enum Bench {
    /// The chat server beside a bare relay.
    Server(server::Options),
    /// The client's cache beside a bare insert.
    Engine(engine::Options),
    /// Search in the client's cache beside bare FTS5.
    Search(search::Options),
    /// Whole clinics of several sizes and set-ups.
    Scale(scale::Options),
    /// The bare relay itself, as a process of its own (started by `server`).
    #[command(hide = true)]
    Relay(server::relay::Options),
}

fn main() -> anyhow::Result<()> {
    rustls::crypto::ring::default_provider()
        .install_default()
        .map_err(|_| anyhow::anyhow!("a TLS provider is installed already"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match Bench::parse() {
        Bench::Server(options) => runtime.block_on(server::run(options)),
        Bench::Engine(options) => runtime.block_on(engine::run(options)),
        Bench::Search(options) => runtime.block_on(search::run(options)),
        Bench::Scale(options) => runtime.block_on(scale::run(options)),
        Bench::Relay(options) => runtime.block_on(server::relay::run(options)),
    }
}
