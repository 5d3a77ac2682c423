//! The server through its doors: every endpoint against the in-process app with a real store, of one kind
//! or the other (`BEDSIDE_TEST_STORE=postgres`).
//!
//! The tree mirrors the URLs. Time is paused, randomness seeded, sockets run over memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod access;
mod accounts;
mod around;
mod chat;
mod documents;
mod health;
mod logs;
mod metrics;
mod outreach;
mod outside;
mod several;
mod support;
mod ws;
