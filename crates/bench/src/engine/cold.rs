//! Cold opens: from nothing in memory to the room list and the newest messages of one conversation, as the UI gets
//! them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bedside_engine::cache::Cache;
use bedside_engine::live::{About, Live, Sources};
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{
    Anchor, ConnectionMode, ConnectionView, Query, RoomFilter, SessionState, SessionView, ShellView, Update,
    Window,
};
use tokio::sync::{mpsc, watch};

use super::Bench;

/// One cold open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) opened: Duration,
    pub(super) rooms: Duration,
    pub(super) window: Duration,
    pub(super) disk: Disk,
}

/// Whether the file had to come from the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disk {
    Dropped,
    Cached,
}

impl Open {
    pub(super) fn together(&self) -> Duration {
        self.opened + self.rooms + self.window
    }
}

pub(super) async fn run(bench: &Bench) -> Result<Vec<Open>> {
    let mut opens = Vec::new();
    for nth in 0..bench.options.opens {
        let disk = drop_caches();
        let room = RoomId(1 + i64::from(nth) * 37 % bench.options.rooms);
        opens.push(open(bench, room, disk).await?);
    }
    Ok(opens)
}

async fn open(bench: &Bench, room_id: RoomId, disk: Disk) -> Result<Open> {
    let begun = Instant::now();
    let cache = bench.open().await?;
    let opened = begun.elapsed();
    let (live, sender) = live(bench, &cache);
    let list = Query::Rooms { search: String::new(), filter: RoomFilter::All };
    let rooms = first(&live, list).await?;
    let window = Window { anchor: Anchor::End, before: 50, after: 0 };
    let window = first(&live, Query::Timeline { room_id, window }).await?;
    live.unsubscribe_all();
    drop(sender);
    cache.close().await;
    Ok(Open { opened, rooms, window, disk })
}

/// Until the first snapshot of a query.
async fn first(live: &Live, query: Query) -> Result<Duration> {
    let (sender, mut updates) = mpsc::unbounded_channel::<Update>();
    let begun = Instant::now();
    live.subscribe(query, Arc::new(move |update| drop(sender.send(update))));
    updates.recv().await.context("no snapshot")?;
    Ok(begun.elapsed())
}

fn live(bench: &Bench, cache: &Cache) -> (Live, watch::Sender<Option<Cache>>) {
    let session = SessionView {
        state: SessionState::Opening,
        server: String::new(),
        username: String::new(),
        passphrase_needed: false,
    };
    let mode = ConnectionMode::Connecting;
    let connection = ConnectionView {
        mode,
        waiting: 0,
        parked: 0,
        retry_at: None,
        last_heard_at: None,
        backfilling: false,
    };
    let (sender, held) = watch::channel(Some(cache.clone()));
    let sources = Sources {
        session: watch::channel(session).1,
        connection: watch::channel(connection).1,
        shell: watch::channel(ShellView { wish: 0, open: None }).1,
        people_loading: watch::channel(false).1,
        cache: held,
        about: About::default(),
    };
    (Live::new(bench.runtime.clone(), sources), sender)
}

/// Empties the system's file cache, where that is allowed.
fn drop_caches() -> Disk {
    let synced = std::process::Command::new("sync").status().is_ok_and(|status| status.success());
    if synced && std::fs::write("/proc/sys/vm/drop_caches", "3").is_ok() {
        Disk::Dropped
    } else {
        Disk::Cached
    }
}
