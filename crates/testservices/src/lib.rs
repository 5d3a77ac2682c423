//! PostgreSQL, Redis and proxies of a test's own: started from the system's packages, gone with the test.
//!
//! Each server lives in a temporary folder, listens on loopback at a port chosen for it, and runs as an ordinary
//! user even where the test is root. A server ends when its value is dropped; if the test process dies first, by
//! whatever signal, a small shell beside it ends the server and removes the folder ([`folder`]).
//!
//! For Linux only, since it finds processes by `/proc`; elsewhere the crate is empty.
//!
//! Never touches a server that the machine itself runs, never reads its configuration, never waits a fixed time, and
//! never asserts anything about the product: that is the tests'.

#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::missing_errors_doc,
    reason = "this is a test's outermost layer: it has the system's clock, and every failure is the test's"
)]

mod folder;
mod haproxy;
mod nginx;
mod ports;
mod postgres;
mod process;
mod programs;
mod redis;
mod smtp;
mod syncs;
mod user;
mod wait;

pub use haproxy::Haproxy;
pub use nginx::Nginx;
pub use ports::free as free_port;
pub use postgres::{Durability, Options, Postgres, Session, Tls, shared, shared_copy, shared_database};
pub use redis::Redis;
pub use smtp::{Mail, Smtp, SmtpOptions, SmtpSecurity};
pub use syncs::Syncs;
