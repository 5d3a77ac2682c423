//! The machine against a model of server, cache and network, by generation: whatever is cut, lost, answered twice,
//! killed or delayed, nothing is lost, doubled or reordered, and the cache ends equal to the server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

#[path = "model/bells.rs"]
mod bells;
#[path = "model/cache.rs"]
mod cache;
#[path = "model/server.rs"]
mod server;
#[path = "model/world.rs"]
mod world;

use proptest::prelude::*;

use world::{Build, World};

fn run(build: Build, choices: Vec<(u8, u8)>) {
    let mut world = World::new(build);
    for (action, detail) in choices {
        world.act(action, detail);
    }
    world.heal();
    world.check();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_cache_ends_equal_to_the_server(choices in proptest::collection::vec(any::<(u8, u8)>(), 0..250)) {
        run(Build::Present, choices);
    }

    #[test]
    fn what_an_older_build_passed_over_is_there_after_an_upgrade(choices in proptest::collection::vec(any::<(u8, u8)>(), 0..250)) {
        run(Build::Older, choices);
    }
}
