//! The promise of the whole system, tried a thousand times: whatever breaks, nothing is lost, nothing comes twice,
//! there is one order, and every device ends equal to the server.
//!
//! `BEDSIDE_SEEDS=200` tries as many seeds, `BEDSIDE_SEEDS=17..18` exactly those.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test"
)]

#[path = "sim/schedule.rs"]
mod schedule;

use std::ops::Range;

use schedule::Schedule;

/// How many seeds are tried when nobody says.
const SEEDS: u64 = 1_000;

#[test]
fn whatever_breaks_nothing_is_lost_doubled_or_reordered() {
    let seeds = seeds();
    let mut failed = Vec::new();
    for seed in seeds.clone() {
        if let Err(reason) = try_seed(seed) {
            eprintln!("seed {seed}: {reason:#}");
            eprintln!(
                "again: BEDSIDE_SEEDS={seed}..{} cargo test -p bedside-testkit --test nothing_lost",
                seed + 1
            );
            failed.push(seed);
        }
    }
    assert!(failed.is_empty(), "{} of {} seeds failed: {failed:?}", failed.len(), seeds.count());
}

fn try_seed(seed: u64) -> anyhow::Result<()> {
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?;
    tokio.block_on(async {
        let mut schedule = Schedule::begin(seed).await?;
        schedule.run().await?;
        schedule.end().await
    })
}

fn seeds() -> Range<u64> {
    let Ok(wish) = std::env::var("BEDSIDE_SEEDS") else { return 0..SEEDS };
    match wish.split_once("..") {
        Some((from, to)) => from.parse().unwrap()..to.parse().unwrap(),
        None => 0..wish.parse().unwrap(),
    }
}
