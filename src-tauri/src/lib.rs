//! The shell: windows, tray, notifications, keychain and the adapters between the UI and the engine.
//!
//! Holds no decision: what is synced, cached, sent or worth a notification is decided in `core` and `engine`, what
//! is shown in `ui`. Differences between operating systems are in `platform`.

mod app;
mod closing;
mod commands;
mod engine;
mod exporting;
mod keychain;
mod link;
mod logs;
mod notice_test;
mod notifications;
mod opener;
mod options;
#[path = "../platform/mod.rs"]
mod platform;
mod profile;
mod shell;
mod side;
mod sign_in;
mod sound;
mod starting;
mod tray;
mod watch;
mod window;
mod words;

pub use app::run;
pub use options::Options;
pub use profile::{InvalidProfileName, Profile, ProfileName};
pub use side::Side;
