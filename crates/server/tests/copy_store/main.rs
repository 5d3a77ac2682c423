//! A clinic moves from the embedded database into PostgreSQL: real databases on both sides.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod beside;
mod interrupted;
mod refused;
mod support;
mod whole;
