//! Pure machines and rules, most of them the client's: events in, effects out, no clock, no I/O, no async.
//!
//! The engine drives them; tests drive them as tables and by generation. Builds for WebAssembly.

pub mod cache_write;
pub mod drafts;
pub mod gaps;
pub mod guard;
pub mod notify;
pub mod opening;
pub mod outreach;
pub mod sync;
