//! The command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::profile::{Profile, ProfileName};
use crate::side::Side;

/// What the app was started with.
#[derive(Clone, Debug, Parser)]
#[command(name = "bedside", version, about = "Secure chat between patients and practitioners.")]
pub struct Options {
    /// A separate set of account, cache and settings, so that two people can use one machine.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<ProfileName>,

    /// The server's address to begin with; the sign-in screen shows it.
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,

    /// Where to keep every profile's data, instead of the system's place for it.
    #[arg(long, value_name = "DIR", env = "BEDSIDE_DATA")]
    pub data: Option<PathBuf>,

    /// Read a user name, a password and (where there is no keychain) a passphrase from standard input, one a line.
    #[arg(long, hide = true)]
    pub sign_in_from_stdin: bool,

    /// Begin at this side of the screen, unless it is remembered where the window was.
    #[arg(long, hide = true, value_enum)]
    pub side: Option<Side>,

    /// Begin without a window, as an icon in the system tray; where there is none, with one.
    #[arg(long)]
    pub hidden: bool,

    /// A conversation to begin with: bedside://room/<id>.
    #[arg(value_name = "LINK")]
    pub link: Option<String>,

    /// Leave the system's keychain alone: the cache is protected by a passphrase.
    #[arg(long, hide = true)]
    pub no_keychain: bool,
}

impl Options {
    /// The profile they name. `None` if the system has no data folder and none was given.
    #[must_use]
    pub fn profile(&self) -> Option<Profile> {
        let root = self.data.clone().or_else(Profile::system_root)?;
        Some(Profile::new(self.profile.clone().unwrap_or_default(), root))
    }

    /// What names the profile when the app is started again.
    #[must_use]
    pub(crate) fn naming(&self) -> Vec<OsString> {
        let profile = self.profile.iter().flat_map(|name| ["--profile".into(), name.as_str().into()]);
        let data = self.data.iter().flat_map(|data| ["--data".into(), absolute(data)]);
        profile.chain(data).collect()
    }
}

fn absolute(path: &Path) -> OsString {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).into_os_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_and_a_folder_are_understood() {
        let options = Options::try_parse_from(["bedside", "--profile", "ana-2", "--data", "here"]).unwrap();
        let profile = options.profile().unwrap();
        assert_eq!(profile.name().as_str(), "ana-2");
        assert_eq!(profile.folder(), Path::new("here/ana-2"));
    }

    #[test]
    fn a_profile_that_would_leave_the_folder_is_refused() {
        assert!(Options::try_parse_from(["bedside", "--profile", "../ben"]).is_err());
    }
}
