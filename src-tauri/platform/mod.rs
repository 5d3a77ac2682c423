//! What differs between operating systems, behind the same few names: [`Banner`] (a native notification), [`ask`] (a
//! native question), [`choose_file`], [`follow_panel`], [`network_changes`], [`tray_available`], [`keep_private`], [`asked_to_end`]. Decides nothing.

#[cfg(not(target_os = "linux"))]
mod desktop;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(not(target_os = "linux"))]
pub(crate) use desktop::{
    Badge, Banner, add_window_keys, ask, choose_file, follow_panel, is_do_not_disturb, network_changes,
    shows_notifications, start_with_session, take_links, tray_available,
};
#[cfg(target_os = "linux")]
pub(crate) use linux::{
    Badge, Banner, add_window_keys, ask, choose_file, follow_panel, is_do_not_disturb, network_changes,
    shows_notifications, start_with_session, take_links, tray_available,
};
#[cfg(unix)]
pub(crate) use unix::{asked_to_end, keep_private};
#[cfg(windows)]
pub(crate) use windows::{asked_to_end, keep_private};

/// What the person will recognise this computer by, if it has a name, as the server takes it.
pub(crate) fn computer_name() -> Option<String> {
    named(&gethostname::gethostname().to_string_lossy())
}

fn named(name: &str) -> Option<String> {
    // macOS adds the domain of the local network.
    let own = name.trim().trim_end_matches(".local");
    let kept = own.chars().filter(|c| !c.is_control()).take(bedside_protocol::limits::DEVICE_NAME_CHARS);
    Some(kept.collect::<String>()).filter(|name| !name.is_empty())
}

/// The words of a native notification.
#[derive(Clone, Debug)]
pub(crate) struct BannerWords {
    pub(crate) title: String,
    pub(crate) body: String,
    /// Names the default action, where a system shows it as a button.
    pub(crate) open: String,
    /// What else can be done, where a system shows buttons.
    pub(crate) deeds: Option<Deeds>,
    /// It is to be seen even by somebody who does not want to be disturbed.
    pub(crate) urgent: bool,
    /// The app's identifier, by which a desktop groups notifications and finds the icon.
    pub(crate) app_id: String,
}

/// The names of what can be done with a message from its notification.
#[derive(Clone, Debug)]
pub(crate) struct Deeds {
    pub(crate) mark_read: String,
    pub(crate) reply: String,
}

/// How a native notification ended.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Its text or its button was clicked.
    Clicked,
    /// The message is to be marked as read.
    MarkRead,
    /// The person wants to reply, in the app.
    Reply,
    /// The person has replied, in the notification.
    Replied(String),
    /// It was dismissed, expired or closed by us.
    Closed,
}

/// By these names a system tells which button was pressed.
const MARK_READ: &str = "mark-read";
const REPLY: &str = "reply";

impl From<&notify_rust::NotificationResponse> for Answer {
    fn from(response: &notify_rust::NotificationResponse) -> Self {
        use notify_rust::NotificationResponse::{Action, Closed, Default, Reply};
        match response {
            Closed(_) => Self::Closed,
            Action(key) if key == MARK_READ => Self::MarkRead,
            Action(key) if key == REPLY => Self::Reply,
            Reply(text) => Self::Replied(text.clone()),
            Default | Action(_) => Self::Clicked,
        }
    }
}

/// A native notification could not be shown.
#[derive(Debug, thiserror::Error)]
#[error("no native notification")]
pub(crate) struct BannerError(#[from] notify_rust::error::Error);

/// How the app is started again.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    pub(crate) program: std::path::PathBuf,
    /// What tells its profile apart.
    pub(crate) identifier: String,
    /// What names its profile on the command line.
    pub(crate) arguments: Vec<std::ffi::OsString>,
}

/// A question that no page can answer in the person's place.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) yes: String,
    pub(crate) no: String,
}

/// Which file: one to save as if a name is suggested, else one to open.
#[derive(Clone, Debug)]
pub(crate) struct FileQuestion {
    pub(crate) title: String,
    pub(crate) yes: String,
    pub(crate) no: String,
    pub(crate) name: Option<String>,
}

/// What tray icons stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    /// A light drawing is seen there.
    Dark,
    /// A dark drawing is seen there.
    Light,
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_computer_is_called_by_its_own_name() {
        assert_eq!(named("Anas-MacBook.local\n").as_deref(), Some("Anas-MacBook"));
        assert_eq!(named("reception-2\u{7}").as_deref(), Some("reception-2"));
        assert_eq!(named(" "), None);
    }
}
