//! Fills the cache through the same path as the feed, in larger groups.

use std::time::{Duration, Instant};

use anyhow::Result;
use bedside_core::cache_write::CacheWrite;

use super::{Bench, words};

const GROUP: i64 = 20_000;

pub(super) async fn run(bench: &Bench) -> Result<Duration> {
    let (messages, rooms) = (bench.options.messages, bench.options.rooms);
    let cache = bench.open().await?;
    let begun = Instant::now();
    cache.apply(std::iter::once(words::account()).chain((0..rooms).map(words::room)).collect()).await?;
    let mut next = 0;
    while next < messages {
        let end = (next + GROUP).min(messages);
        let group =
            (next..end).map(|n| CacheWrite::Message(Box::new(words::message(n, bench.options.order()))));
        cache.apply(group.chain([words::cursor(end)]).collect()).await?;
        next = end;
    }
    let read_up_to = messages / rooms - 3;
    cache.apply((0..rooms).map(|room| words::read(room, read_up_to)).collect()).await?;
    let taken = begun.elapsed();
    cache.close().await;
    Ok(taken)
}
