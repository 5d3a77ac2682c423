//! Two people at two devices each: whatever they send, change, read and set up in whatever order, and whatever breaks
//! meanwhile, all devices and the server end in the same state, and in the one that was asked for.
//!
//! `BEDSIDE_SEEDS=200` tries as many seeds (1,000 at most), `BEDSIDE_SEEDS=17..18` exactly those. A script that fails is
//! printed with the steps left out that do not matter.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test"
)]

#[path = "interleaved/play.rs"]
mod play;
#[path = "interleaved/promises.rs"]
mod promises;
#[path = "interleaved/script.rs"]
mod script;
#[path = "interleaved/shown.rs"]
mod shown;

use std::ops::Range;

use script::Step;

/// How many seeds are tried when nobody says, and how many at most.
const SEEDS: u64 = 100;
const MOST: u64 = 1_000;

#[test]
fn whatever_is_done_at_four_devices_they_end_alike_and_as_was_asked() {
    let mut failed = Vec::new();
    for seed in seeds() {
        let script = script::script(seed);
        if let Err(reason) = try_script(seed, &script) {
            eprintln!("seed {seed}: {reason:#}");
            let least = script::shrink(script, |shorter| try_script(seed, shorter));
            least.iter().for_each(|step| eprintln!("    {step:?}"));
            if let Err(reason) = try_script(seed, &least) {
                eprintln!("in short: {reason:#}");
            }
            let next = seed + 1;
            eprintln!(
                "again: BEDSIDE_SEEDS={seed}..{next} cargo test -p bedside-testkit --test two_devices_each"
            );
            failed.push(seed);
        }
    }
    assert!(failed.is_empty(), "{} of {} seeds failed: {failed:?}", failed.len(), seeds().count());
}

fn try_script(seed: u64, script: &[Step]) -> anyhow::Result<()> {
    let tokio = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?;
    tokio.block_on(play::play(seed, script))
}

fn seeds() -> Range<u64> {
    let Ok(wish) = std::env::var("BEDSIDE_SEEDS") else { return 0..SEEDS };
    match wish.split_once("..") {
        Some((from, to)) => from.parse().unwrap()..to.parse().unwrap(),
        None => 0..wish.parse::<u64>().unwrap().min(MOST),
    }
}
