//! The cache from outside: what it keeps, in which order it may be told, what it survives, what it hides.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test helpers outside of test functions"
)]

mod apply;
mod crash;
#[cfg(target_os = "linux")]
mod durable;
mod fixtures;
mod flags;
mod message_changes;
mod order;
mod other_life;
mod outbox;
mod profile;
mod replies;
mod secrecy;
