//! The sync driver: owns the machine of `bedside-core`, carries out its effects, feeds it what happens.
//!
//! One task holds all the state; everyone else holds a [`SyncHandle`]. It decides nothing: what to do is the
//! machine's business, how to do it is the driver's.

mod calls;
mod commands;
mod driver;
mod inbox;
mod published;
mod reply_waits;
mod sockets;
mod telling;
mod timers;

pub(crate) use commands::{Command, SyncHandle};
pub(crate) use driver::{Setup, start};
pub(crate) use published::disconnected;
pub use published::{NotificationWish, Says, Told, Tone};
pub(crate) use reply_waits::follow as follow_reply_waits;
pub(crate) use telling::Telling;
