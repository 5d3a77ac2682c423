//! Tests' tools: a real server and real engines in one process, a network that does its worst, one mock clock.
//!
//! A [`World`] runs in one thread on a paused clock with seeded randomness. The databases are real files; killing a
//! server or an engine drops it where it stands, as a crash would. A [`Device`] behind a [`Balancer`] is an engine on the
//! real network, for servers that are processes of their own.

mod backup;
mod balancer;
pub mod compare;
pub mod desk;
mod device;
pub mod ground;
pub mod network;
pub mod people;
pub mod server;
pub mod world;

pub use backup::Backup;
pub use balancer::Balancer;
pub use desk::Desk;
pub use device::Device;
pub use ground::{Ground, Place};
pub use network::{LineId, Network, Weather};
pub use people::Person;
pub use world::World;
