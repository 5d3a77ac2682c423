//! Catch-up: what was missed arrives in groups with their cursor, each one transaction, while the list is on screen.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use bedside_core::cache_write::CacheWrite;

use super::{Bench, words};

pub(super) async fn run(bench: &Bench) -> Result<Duration> {
    let options = &bench.options;
    let groups: Vec<_> = groups(bench).collect();
    let cache = bench.open().await?;
    let begun = Instant::now();
    for group in groups {
        cache.apply(group).await?;
    }
    let taken = begun.elapsed();
    let state = cache.sync_state().await?;
    let reached = state.cursor.map(|cursor| cursor.feed_seq.get());
    ensure!(reached == Some(options.messages + options.missed), "caught up to {reached:?}");
    cache.close().await;
    Ok(taken)
}

/// The groups as the feed delivers them.
fn groups(bench: &Bench) -> impl Iterator<Item = Vec<CacheWrite>> {
    let (messages, order, group) = (bench.options.messages, bench.options.order(), bench.options.group);
    let end = messages + bench.options.missed;
    (messages..end).step_by(usize::try_from(group).unwrap_or(1)).map(move |first| {
        let last = (first + group).min(end);
        let stored = (first..last).map(|n| CacheWrite::Message(Box::new(words::message(n, order))));
        stored.chain([words::cursor(last)]).collect()
    })
}
