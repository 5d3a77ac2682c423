//! The binary as an administrator runs it: real processes, real sockets on loopback, real signals.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod admin;
#[cfg(target_os = "linux")]
mod durable;
mod metrics;
mod notifications;
mod process;
mod serve;
mod tls;
