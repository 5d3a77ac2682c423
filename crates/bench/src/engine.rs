//! The client's cache: cold open of a large one, catch-up after a long absence, size on disk.
//!
//! Catching up is compared with a bare bulk insert of the same rows: same encryption, same pragmas, same groups, a
//! table without types, keys or indices, and nothing derived. The ratio is the price of order, counts and gaps.

mod bare;
mod catch_up;
mod cold;
mod fill;
mod report;
mod words;

use std::path::{Path, PathBuf};

use anyhow::Result;
use bedside_engine::cache::Cache;
use bedside_engine::keys::DataKey;
use bedside_runtime::Runtime;
use clap::Args;

use report::Report;

/// How much.
#[derive(Args, Clone)]
pub(crate) struct Options {
    /// Messages in the cache.
    #[arg(long, default_value_t = 1_000_000)]
    messages: i64,
    /// Conversations they are spread over.
    #[arg(long, default_value_t = 500)]
    rooms: i64,
    /// Messages missed, to be caught up with.
    #[arg(long, default_value_t = 100_000)]
    missed: i64,
    /// Messages a conversation has before another one has its turn; 1 is the worst there can be.
    #[arg(long, default_value_t = 8)]
    turn: i64,
    /// Events in a group, as the feed delivers them.
    #[arg(long, default_value_t = 500)]
    group: i64,
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
        caught_up: catch_up::run(&bench).await?,
        bare: bare::run(&bench, temporary.path())?,
    };
    println!("{}", report.table(&bench.options));
    Ok(())
}
