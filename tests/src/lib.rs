//! What the end-to-end tests and the headless demo stand on: real displays, session buses, keychains, servers and
//! windows, each made for one test and gone with it.
//!
//! Never asserts anything about the product: that is the tests'. Never waits a fixed time: see [`wait`].

#![allow(
    clippy::disallowed_methods,
    clippy::missing_errors_doc,
    reason = "this is a test's outermost layer: it has the system's clock, and every failure is the test's"
)]

pub mod bus;
pub mod chromium;
pub mod desk;
pub mod display;
pub mod documented;
pub mod driver;
pub mod networks;
pub mod notices;
pub mod peer;
pub mod ports;
pub mod process;
pub mod programs;
pub mod proxy;
pub mod scene;
pub mod server;
#[cfg(target_os = "linux")]
pub mod several;
pub mod site;
pub mod tray;
pub mod wait;
pub mod window;

pub use desk::{Desk, Keychain};
pub use peer::Peer;
pub use proxy::{Path, Proxy};
pub use scene::{Scene, scenario};
pub use server::Server;
pub use window::Window;
