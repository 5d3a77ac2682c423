//! What a clinic costs as it grows: more servers, more connections, more stored messages, more accounts, a restart.
//!
//! Every set-up is a real one: servers as processes, a PostgreSQL as durable as in production, a Redis, all of the
//! benchmark's own and gone with it. Figures are printed as they come; none of them fails the run.

mod chart;
mod check;
mod clinic;
mod figures;
mod fill;
mod idle;
mod plan;
mod reconnect;
mod size;
mod stock;
mod throughput;
mod visit;
mod words;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};

use plan::Plan;
use stock::Stock;

/// What to measure, and how much of it.
#[derive(Args, Clone)]
pub(crate) struct Options {
    /// The server's binary.
    #[arg(long, env = "BEDSIDE_SERVER", default_value = "target/bench-run/bedside-server")]
    server: PathBuf,
    /// Where the plot goes, as `scale.svg`.
    #[arg(long, env = "BEDSIDE_BENCH_OUT", default_value = "target/bench")]
    out: PathBuf,
    /// A rehearsal with small figures, which mean nothing.
    #[arg(long)]
    quick: bool,
    /// The most stored messages measured; the whole ladder needs some 12 GB in the temporary folder.
    #[arg(long, default_value_t = 10_000_000)]
    most: i64,
    /// Measure one part only; may be repeated.
    #[arg(long, value_enum)]
    only: Vec<Part>,
}

/// A part of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Rate, CPU, latency and idle connections of one and several servers.
    Servers,
    /// Cost per message against stored messages and accounts.
    Size,
    /// Many clients after a restart.
    Reconnect,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

/// Measures everything asked for. Interrupted, it ends its processes and removes its folders.
pub(crate) async fn run(options: Options) -> Result<()> {
    clinic::allow_many_connections()?;
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        measured = measure(&options) => measured,
        _ = interrupt.recv() => bail!("interrupted"),
        _ = terminate.recv() => bail!("terminated"),
    }
}

async fn measure(options: &Options) -> Result<()> {
    let plan = Plan::new(options.quick, options.most);
    let stock = Stock::new(options.server.clone()).await?;
    println!("{}", heading(options));
    if options.wants(Part::Servers) {
        println!("{}", throughput::run(&stock, &plan).await?);
    }
    if options.wants(Part::Reconnect) {
        println!("{}", reconnect::run(&stock, &plan).await?);
    }
    // The longest last: it measures mostly CPU, which other work on the machine disturbs least.
    if options.wants(Part::Size) {
        let series = size::run(&stock, &plan).await?;
        println!("{}", size::text(&series));
        println!("plot: {}\n", plot(options, &series)?.display());
    }
    Ok(())
}

fn heading(options: &Options) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let note = if options.quick { "; A REHEARSAL: these figures mean nothing" } else { "" };
    format!("\nbench scale: everything on one machine with {cores} cores{note}\n")
}

fn plot(options: &Options, series: &[size::Series]) -> Result<PathBuf> {
    let made = std::fs::create_dir_all(&options.out);
    made.with_context(|| format!("cannot make {}", options.out.display()))?;
    let path = options.out.join("scale.svg");
    chart::draw(&path, series)?;
    Ok(path)
}

/// Says how far a long run has come; the figures alone go to standard output.
fn progress(what: &str) {
    eprintln!("scale: {what}");
}
