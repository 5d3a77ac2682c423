//! The chat server of one clinic.
//!
//! Owns accounts, rooms, messages and feeds; speaks the platform's contract, the feed and the pages. Never names
//! the engine. `docs/protocol.md` describes the sockets, ARCHITECTURE.md the whole.

mod accept;
pub mod access;
mod announcer;
mod app;
mod around;
mod auth;
pub mod bus;
mod commands;
mod config;
mod cross_origin;
mod demo;
mod doors;
mod export;
mod failure;
mod handlers;
mod health;
mod hub;
mod indexing;
mod live;
pub mod log;
mod metrics;
pub mod openapi;
pub mod outreach;
mod pages;
mod params;
mod peer;
mod presence;
mod rate;
pub mod routes;
pub mod serve;
pub mod store;

pub use app::App;
pub use auth::password;
pub use config::{Config, GetMarksRead, Limits, Transport};
pub use demo::{demo_clinic, demo_quick_replies};
pub use peer::PeerAddr;
