//! The chat server of one clinic.
//!
//! Owns accounts, rooms, messages and feeds; speaks the platform's contract, the feed and the pages. Never names
//! the engine. `docs/protocol.md` describes the sockets, ARCHITECTURE.md the whole.

pub mod access;
pub mod store;
