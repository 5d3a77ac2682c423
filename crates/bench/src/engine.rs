//! The client's cache: cold open of a large one, catch-up after a long absence, size on disk.
//!
//! Catching up is compared with a bare bulk insert of the same rows: same encryption, same pragmas, same transactions,
//! same types and key, and nothing derived. The ratio is the price of revisions, counts and gaps, and of the list on
//! screen, which is kept up to date meanwhile. Beside it, the same into a table in which nothing can be found again. When
//! all of it can be searched, which the cache makes so behind it, is a figure of its own.

mod bare;
mod catch_up;
mod clinic;
mod cold;
mod fill;
pub(crate) mod indexed;
mod report;
mod screen;
pub(crate) mod words;

use std::path::{Path, PathBuf};

use anyhow::Result;
use bedside_engine::cache::Cache;
use bedside_engine::keys::DataKey;
use bedside_protocol::limits;
use bedside_runtime::Runtime;
use clap::Args;

use report::{Aim, CatchUp, Report};

/// How much.
#[derive(Args, Clone)]
pub(crate) struct Options {
    /// Messages in the cache.
    #[arg(long, default_value_t = 1_000_000)]
    messages: i64,
    /// Conversations they are spread over.
    #[arg(long, default_value_t = 500)]
    rooms: i64,
    /// Messages missed beyond what the feed replays, to be caught up with.
    #[arg(long, default_value_t = 100_000)]
    missed: i64,
    /// Messages a conversation has before another one has its turn; 1 is the worst there can be.
    #[arg(long, default_value_t = 8)]
    turn: i64,
    /// Frames of 16 KiB that wait together and become one transaction.
    #[arg(long, default_value_t = 64)]
    frames: usize,
    /// Cold opens measured.
    #[arg(long, default_value_t = 7)]
    opens: u32,
    /// Where to put the files; a temporary folder otherwise.
    #[arg(long)]
    folder: Option<PathBuf>,
}

impl Options {
    fn order(&self) -> words::Order {
        words::Order { rooms: self.rooms, turn: self.turn.max(1) }
    }
}

/// The profile measured.
#[derive(Clone)]
pub(crate) struct Bench {
    runtime: Runtime,
    key: DataKey,
    folder: PathBuf,
    options: Options,
}

impl Bench {
    async fn open(&self) -> Result<Cache> {
        Ok(Cache::open(&self.runtime, &self.folder, self.key.clone()).await?)
    }

    /// How far every conversation was read when it was filled.
    fn read_up_to(&self) -> i64 {
        self.options.messages / self.options.rooms - 3
    }

    /// Bytes of the database and what stands beside it.
    fn size(&self) -> Result<u64> {
        size(&self.folder)
    }
}

fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

/// The most the feed replays, then what was missed beyond it.
async fn catch_ups(bench: &Bench, folder: &Path) -> Result<Vec<CatchUp>> {
    let (held, most) = (bench.options.messages, limits::FEED_REPLAY_MAX);
    let mut catch_ups = Vec::new();
    let missed = bench.options.missed;
    for (way, aim, from, to) in [
        ("by feed", Aim::None, held, held + most),
        ("by snapshot", Aim::Set, held + most, held + most + missed),
    ] {
        let cache = catch_up::run(bench, from, to).await?;
        let bare = bare::run(bench, folder, &cache.groups)?;
        catch_ups.push(CatchUp { way, missed: to - from, aim, cache, bare });
    }
    Ok(catch_ups)
}

/// Builds the cache, opens it cold, catches up, inserts the same rows bare, and prints the table.
pub(crate) async fn run(options: Options) -> Result<()> {
    let temporary = tempfile::tempdir()?;
    let folder = options.folder.clone().unwrap_or_else(|| temporary.path().join("profile"));
    let runtime = Runtime::system();
    let key = DataKey::random(&runtime);
    let bench = Bench { runtime, key, folder, options };
    let report = Report {
        filled: fill::run(&bench).await?,
        size: bench.size()?,
        opens: cold::run(&bench).await?,
        caught_up: catch_ups(&bench, temporary.path()).await?,
    };
    println!("{}", report.table(&bench.options));
    Ok(())
}
