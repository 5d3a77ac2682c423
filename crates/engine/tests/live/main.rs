//! Live queries from outside: snapshots, differences that add up to the same view, windows, costs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    dead_code,
    reason = "test helpers outside of test functions, some of them shared with the cache's tests"
)]

mod changes;
#[path = "../cache/fixtures.rs"]
mod fixtures;
mod home;
mod others;
mod people;
mod replies;
mod room_flags;
mod rooms;
mod screen;
mod search;
mod search_server;
mod small;
mod timeline;
