//! Linux: notifications and the tray are other programs, reached over D-Bus, and may be absent.

mod banner;
mod dialog;
mod keys;
mod network;
mod panel;

pub(crate) use banner::Banner;
pub(crate) use dialog::ask;
pub(crate) use keys::add_window_keys;
pub(crate) use network::network_changes;
pub(crate) use panel::{follow_panel, tray_available};
