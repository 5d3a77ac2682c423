//! Several server processes on one database: under load while everything fails, and beside an administrator.
//!
//! Real processes, real engines, a real PostgreSQL with a synchronous standby, a real Redis, the real clock. Waits for
//! conditions only.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod clinic;
mod crowd;
mod faults;
mod node;
mod people;
mod shut_out;
mod verdict;
