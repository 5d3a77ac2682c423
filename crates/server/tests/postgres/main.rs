//! What only the store in PostgreSQL can be asked: its schema, its plans, several servers on it at once, its TLS.
//!
//! Real clock, real threads: what is looked for is how transactions of different servers meet.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod crowd;
mod mixed;
mod newer;
mod order;
mod plans;
mod schema;
mod seals;
mod silent;
mod standby;
mod support;
mod tls;
mod together;
mod two_stores;
