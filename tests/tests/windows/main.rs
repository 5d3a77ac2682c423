//! The app in real windows: what a patient and a practitioner see and do, with a real server, real session buses,
//! keychains and notifications, and a network that can fail. Run one at a time: windows share the machine's time.

mod alive;
mod changing;
mod closing;
mod crash;
mod devices;
mod hostile;
mod launch;
mod limited;
mod links;
mod network;
mod notification;
mod outage;
mod passphrase;
mod scrolling;
#[cfg(target_os = "linux")]
mod several;
mod talking;
mod telling;

/// The one password of these tests.
const PASSWORD: &str = "correct horse battery";
