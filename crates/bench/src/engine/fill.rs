//! Fills the cache through the same path as the feed, in larger groups.

use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_core::cache_write::CacheWrite;
use bedside_protocol::{Rev, RoomId};

use super::{Bench, indexed, words};

const GROUP: i64 = 20_000;

/// What filling took.
pub(super) struct Filled {
    pub(super) stored: Duration,
    /// Until all of it could be searched, after that.
    pub(super) indexed: Duration,
}

pub(super) async fn run(bench: &Bench) -> Result<Filled> {
    let (messages, rooms) = (bench.options.messages, bench.options.rooms);
    let cache = bench.open().await?;
    let begun = Instant::now();
    let rooms_before = (0..rooms).map(|room| CacheWrite::Room(Box::new(words::room(room, 0, 0))));
    cache.apply([CacheWrite::Account(words::account())].into_iter().chain(rooms_before).collect()).await?;
    let mut next = 0;
    while next < messages {
        let end = (next + GROUP).min(messages);
        let group =
            (next..end).map(|n| CacheWrite::Message(Box::new(words::message(n, bench.options.order()))));
        cache.apply(group.chain([CacheWrite::Cursor(words::place(end))]).collect()).await?;
        next = end;
    }
    let read = |room| CacheWrite::ReadMark(words::mark(room, words::ME, bench.read_up_to()));
    let all = |room| {
        let rev = Rev(bench.options.order().count(room, messages));
        CacheWrite::RoomSynced { room_id: RoomId(room + 1), rev }
    };
    cache.apply((0..rooms).flat_map(|room| [read(room), all(room)]).collect()).await?;
    let filled = Filled { stored: begun.elapsed(), indexed: indexed::wait(&cache).await? };
    cache.close().await;
    Ok(filled)
}
