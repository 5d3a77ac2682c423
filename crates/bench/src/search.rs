//! Search in the client's cache: time to the first page, size of the index, what it adds to storing a message, memory.
//!
//! Beside bare FTS5 with the same messages and the same terms: same encryption and pragmas, a table of texts and the
//! index, no filters, no look at the text itself, no conversation and no person. Times are of the whole way, from the
//! question to the view.

mod bare;
mod texts;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bedside_core::cache_write::CacheWrite;
use bedside_core::sync::Others;
use bedside_engine::cache::Cache;
use bedside_engine::keys::DataKey;
use bedside_engine::live::{About, Live, Sources};
use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{
    ConnectionMode, ConnectionView, Query, SearchFilter, SessionState, SessionView, ShellView, Update,
    UpdateBody, View,
};
use bedside_runtime::Runtime;
use clap::Args;
use hdrhistogram::Histogram;
use tokio::sync::{mpsc, watch};

use crate::engine::{indexed, words};
use crate::meter;

/// Messages of a first page.
const PAGE: u32 = 50;
/// Messages stored in one transaction.
const GROUP: i64 = 1_000;

/// How much.
#[derive(Args, Clone)]
pub(crate) struct Options {
    /// Messages in the cache.
    #[arg(long, default_value_t = 1_000_000)]
    messages: i64,
    /// Conversations they are spread over.
    #[arg(long, default_value_t = 500)]
    rooms: i64,
    /// Times each query is asked.
    #[arg(long, default_value_t = 200)]
    times: u32,
    /// Where to put the files; a temporary folder otherwise.
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// What is looked for, and what kind it is.
const QUERIES: [(&str, &str); 10] = [
    ("common", "tablets"),
    ("common, two parts", "better knee"),
    ("rare", texts::RARE),
    ("two letters, common", "ta"),
    ("two letters, rare", texts::RARE_PAIR),
    ("one letter", "e"),
    ("absent", "xylophone"),
    ("absent, of common terms", "thouldayou"),
    ("Chinese, two characters", "头痛"),
    ("Chinese, one character", "痛"),
];

/// Fills the cache and the bare index, asks both, and prints the table.
pub(crate) async fn run(options: Options) -> Result<()> {
    let temporary = tempfile::tempdir()?;
    let folder = options.folder.clone().unwrap_or_else(|| temporary.path().to_owned());
    let (profile, other) = (folder.join("profile"), folder.join("bare"));
    std::fs::create_dir_all(&other)?;
    let runtime = Runtime::system();
    let cache = Cache::open(&runtime, &profile, DataKey::random(&runtime)).await?;
    let stored = fill(&cache, &options).await?;
    let bare = bare::Index::fill(&other.join("bare.db"), &options)?;
    println!("{} messages in {} conversations", options.messages, options.rooms);
    let each = |taken: Duration| taken.as_secs_f64() * 1e6 / options.messages as f64;
    let bytes = |bytes: u64| bytes as f64 / options.messages as f64;
    println!(
        "stored and indexed: {:.1} µs a message, {:.0} bytes on disk",
        each(stored),
        bytes(size(&profile)?)
    );
    println!(
        "bare: texts {:.1} µs, index {:.1} µs a message ({:.2}x of storing); index {:.0} bytes of {:.0}",
        each(bare.texts),
        each(bare.indexed),
        bare.indexed.as_secs_f64() / stored.as_secs_f64(),
        bytes(bare.index_bytes),
        bytes(size(&other)?)
    );
    println!(
        "{:<26} {:>6} {:>9} {:>9} {:>9} {:>9} {:>6}",
        "query", "found", "p50 ms", "p99 ms", "bare p50", "bare p99", "ratio"
    );
    let live = live(&runtime, &cache);
    for (kind, text) in QUERIES {
        let (found, ours) = asked(&live, text, options.times).await?;
        let theirs = bare.asked(text, options.times)?;
        let ms = |histogram: &Histogram<u64>, share: f64| histogram.value_at_quantile(share) as f64 / 1e3;
        println!(
            "{kind:<26} {found:>6} {:>9.2} {:>9.2} {:>9.2} {:>9.2} {:>6.2}",
            ms(&ours, 0.5),
            ms(&ours, 0.99),
            ms(&theirs, 0.5),
            ms(&theirs, 0.99),
            ms(&ours, 0.5) / ms(&theirs, 0.5).max(0.001)
        );
    }
    println!("resident: {} MiB", meter::resident(std::process::id())? >> 20);
    cache.close().await;
    Ok(())
}

async fn fill(cache: &Cache, options: &Options) -> Result<Duration> {
    let order = words::Order { rooms: options.rooms, turn: 8 };
    let rooms = (0..options.rooms).map(|room| CacheWrite::Room(Box::new(words::room(room, 0, 0))));
    cache.apply([CacheWrite::Account(words::account())].into_iter().chain(rooms).collect()).await?;
    let begun = Instant::now();
    let mut next = 0;
    while next < options.messages {
        let end = (next + GROUP).min(options.messages);
        let group = (next..end).map(|n| CacheWrite::Message(Box::new(texts::message(n, order))));
        cache.apply(group.chain([CacheWrite::Cursor(words::place(end))]).collect()).await?;
        next = end;
    }
    indexed::wait(cache).await?;
    Ok(begun.elapsed())
}

/// Live queries on a cache, without a session and a server.
fn live(runtime: &Runtime, cache: &Cache) -> Live {
    let session = SessionView {
        state: SessionState::Opening,
        server: String::new(),
        username: String::new(),
        passphrase_needed: false,
        lock: None,
    };
    let connection = ConnectionView {
        mode: ConnectionMode::Offline,
        waiting: 0,
        parked: 0,
        retry_at: None,
        last_heard_at: None::<Timestamp>,
        backfilling: false,
    };
    let sources = Sources {
        session: watch::channel(session).1,
        connection: watch::channel(connection).1,
        shell: watch::channel(ShellView { wish: 0, open: None }).1,
        people_loading: watch::channel(false).1,
        others: watch::channel(Others::default()).1,
        cache: watch::channel(Some(cache.clone())).1,
        ask_server: None,
        about: About::default(),
    };
    Live::new(runtime.clone(), sources)
}

/// Messages on the first page, and microseconds to it.
async fn asked(live: &Live, text: &str, times: u32) -> Result<(usize, Histogram<u64>)> {
    let (mut found, mut taken) = (0, Histogram::new(3)?);
    for _ in 0..times {
        let (sender, mut updates) = mpsc::unbounded_channel::<Update>();
        let query = Query::Search { text: text.to_owned(), filter: SearchFilter::default(), limit: PAGE };
        let begun = Instant::now();
        let id = live.subscribe(query, Arc::new(move |update| drop(sender.send(update))));
        let update = updates.recv().await.context("no view")?;
        taken.record(u64::try_from(begun.elapsed().as_micros())?)?;
        live.unsubscribe(id);
        if let UpdateBody::Snapshot { view: View::Search(view) } = update.body {
            found = view.groups.iter().map(|group| group.hits.len()).sum();
        }
    }
    Ok((found, taken))
}

fn size(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}
