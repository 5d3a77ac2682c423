//! Linux: notifications, the tray and the dock are other programs, reached over D-Bus, and may be absent.

mod badge;
mod banner;
mod daemon;
mod dialog;
mod entry;
mod files;
mod keys;
mod network;
mod panel;

pub(crate) use badge::Badge;
pub(crate) use banner::Banner;
pub(crate) use daemon::{is_do_not_disturb, shows_notifications};
pub(crate) use dialog::ask;
pub(crate) use entry::{start_with_session, take_links};
pub(crate) use files::choose_file;
pub(crate) use keys::add_window_keys;
pub(crate) use network::network_changes;
pub(crate) use panel::{follow_panel, tray_available};
