//! The headless client: encrypted cache, sync driver, transport, live queries. Usable without any window.
//!
//! Drives the pure machines of `bedside-core` with real time, network and disk; never names Tauri, Yew or the server.

pub mod cache;
pub mod client;
mod export;
pub mod keys;
pub mod live;
mod session;
mod sync;
pub mod transport;

pub use bedside_core::notify::Urgency;
pub use bedside_core::sync::Focus;
pub use client::{Client, ClientConfig};
pub use sync::{NotificationWish, Says, Told, Tone};
