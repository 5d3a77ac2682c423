//! Tests' tools: a real server and real engines in one process, a network that does its worst, one mock clock.
//!
//! Everything runs in one thread on a paused clock with seeded randomness. The databases are real files; killing a
//! server or an engine drops it where it stands, as a crash would.

mod backup;
pub mod compare;
pub mod desk;
pub mod network;
pub mod people;
pub mod server;
pub mod world;

pub use backup::Backup;
pub use desk::Desk;
pub use network::{Network, Weather};
pub use people::Person;
pub use world::World;
