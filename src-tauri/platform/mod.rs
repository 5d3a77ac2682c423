//! What differs between operating systems, behind the same few names: [`Banner`] (a native notification),
//! [`tray_available`], [`keep_private`], [`asked_to_end`]. Decides nothing.

#[cfg(not(target_os = "linux"))]
mod blocking_banner;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
pub(crate) use linux::{Banner, add_window_keys, asked_to_end, device_name, keep_private, tray_available};
#[cfg(target_os = "macos")]
pub(crate) use macos::{Banner, add_window_keys, asked_to_end, device_name, keep_private, tray_available};
#[cfg(windows)]
pub(crate) use windows::{Banner, add_window_keys, asked_to_end, device_name, keep_private, tray_available};

/// A computer's name as the server takes it; a computer without one is called by its kind.
fn named(name: &str) -> String {
    if name.is_empty() {
        return format!("Computer ({})", std::env::consts::OS);
    }
    name.chars().filter(|c| !c.is_control()).take(bedside_protocol::limits::DEVICE_NAME_CHARS).collect()
}

/// The words of a native notification.
#[derive(Clone, Debug)]
pub(crate) struct BannerWords {
    pub(crate) title: String,
    pub(crate) body: String,
    /// Names the default action, where a system shows it as a button.
    pub(crate) open: String,
    /// The app's identifier, by which a desktop groups notifications and finds the icon.
    pub(crate) app_id: String,
}

/// How a native notification ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Its text or its button was clicked.
    Clicked,
    /// It was dismissed, expired or closed by us.
    Closed,
}

impl From<&notify_rust::NotificationResponse> for Answer {
    fn from(response: &notify_rust::NotificationResponse) -> Self {
        match response {
            notify_rust::NotificationResponse::Closed(_) => Self::Closed,
            _ => Self::Clicked,
        }
    }
}

/// A native notification could not be shown.
#[derive(Debug, thiserror::Error)]
#[error("no native notification")]
pub(crate) struct BannerError(#[from] notify_rust::error::Error);
