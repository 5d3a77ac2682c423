//! Cold opens: from nothing in memory to the room list and the newest messages of one conversation, as the UI gets
//! them.

use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Anchor, Query, Window};

use super::Bench;
use super::screen::{self, Screen};

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
    let screen = Screen::new(bench, &cache);
    let rooms = screen.first(screen::rooms()).await?;
    let window = Window { anchor: Anchor::End, before: 50, after: 0 };
    let window = screen.first(Query::Timeline { room_id, window }).await?;
    screen.leave();
    cache.close().await;
    Ok(Open { opened, rooms, window, disk })
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
