//! The chat server over its account socket and its room socket, beside a bare relay in the same run.
//!
//! The relay (tokio-tungstenite, SQLite WAL with `synchronous=FULL` and group commit, nothing else) is the limit of
//! what this design can reach on the machine; the ratios say how far the server is from it.

pub(crate) mod load;
mod place;
pub(crate) mod process;
pub(crate) mod relay;
mod report;
pub(crate) mod target;
mod typing;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use tokio::process::Command;

use load::{Idle, Paced, Saturation};
use place::{Place, Store};
use process::Process;
use report::Report;
use target::{Door, Target};
use typing::Beside;

/// How long and how hard.
#[derive(Args, Clone)]
pub(crate) struct Options {
    /// The server's binary.
    #[arg(long, env = "BEDSIDE_SERVER", default_value = "target/bench-run/bedside-server")]
    server: PathBuf,
    /// Pairs talking at once.
    #[arg(long, default_value_t = 20)]
    pairs: u32,
    /// Messages of one pair under way at once.
    #[arg(long, default_value_t = 8)]
    in_flight: u32,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Idle connections for the memory figure.
    #[arg(long, default_value_t = 1_000)]
    idle: u32,
    /// What the server stores in.
    #[arg(long, value_enum, default_value_t = Store::Sqlite)]
    store: Store,
    /// Measure one target alone, for a profiler.
    #[arg(long, value_enum)]
    only: Option<Door>,
}

/// Everything measured of one target.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    pub(crate) saturation: Saturation,
    pub(crate) paced: Vec<Paced>,
    pub(crate) idle: Idle,
    /// Beside somebody who types.
    pub(crate) typing: Option<Beside>,
}

/// Measures the relay, then the server over both doors, and prints the table.
pub(crate) async fn run(options: Options) -> Result<()> {
    let mut report = Report::default();
    for door in Door::ALL.into_iter().filter(|door| options.only.is_none_or(|only| only == *door)) {
        let folder = tempfile::tempdir()?;
        let place = Place::new(options.store, folder.path()).await?;
        let process = Process::start(command(door, &options, folder.path(), &place).await?).await?;
        let target = Target::prepare(door, [process.address(); 2], 0..options.pairs).await?;
        let figures = measure(&target, door, &process, &options).await?;
        report.add(door, figures);
    }
    println!("{}", report.table(&options));
    Ok(())
}

async fn command(door: Door, options: &Options, folder: &Path, place: &Place) -> Result<Command> {
    if door == Door::Relay {
        let mut relay = Command::new(std::env::current_exe()?);
        relay.arg("relay").arg("--data").arg(folder);
        return Ok(relay);
    }
    process::fill_with_pairs(&options.server, place.arguments(), options.pairs).await?;
    Ok(process::serve(&options.server, place.arguments(), "127.0.0.1:0"))
}

async fn measure(target: &Target, door: Door, process: &Process, options: &Options) -> Result<Figures> {
    let length = Duration::from_secs(options.seconds);
    load::saturate(target, process, options.in_flight, Duration::from_secs(2)).await?;
    let saturation = load::saturate(target, process, options.in_flight, length).await?;
    let mut paced = Vec::new();
    for rate in [50, 500] {
        paced.push(load::pace(target, rate, length).await?);
    }
    let typing = typing::beside(target, door, length).await?;
    let idle = load::idle(target, process, options.idle).await?;
    Ok(Figures { saturation, paced, idle, typing })
}
