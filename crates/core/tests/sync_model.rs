//! The machine against a model of server, cache and network, by generation: whatever is cut, lost, answered twice,
//! killed or delayed, nothing is lost, doubled or reordered, and the cache ends equal to the server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

#[path = "model/cache.rs"]
mod cache;
#[path = "model/server.rs"]
mod server;
#[path = "model/world.rs"]
mod world;

use proptest::prelude::*;

use world::World;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_cache_ends_equal_to_the_server(choices in proptest::collection::vec(any::<(u8, u8)>(), 0..250)) {
        let mut world = World::new();
        for (action, detail) in choices {
            world.act(action, detail);
        }
        world.heal();
        world.check();
    }
}
