//! A profile: its name and where its files lie. Creates no cache; that is the engine's.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// The app's identifier, by which desktops know its notifications. A named profile adds its own part for the keychain
/// and for the lock of the single instance.
pub(crate) const IDENTIFIER: &str = "org.bedside.desktop";

const NAME_CHARS: usize = 32;

/// A profile's name: one to 32 of `a-z`, `0-9` and `-`. The default profile is called `default`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileName(String);

/// The name has other characters, or is empty or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a profile's name is 1 to {NAME_CHARS} of a-z, 0-9 and -")]
pub struct InvalidProfileName;

impl FromStr for ProfileName {
    type Err = InvalidProfileName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let allowed = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        match text.len() {
            1..=NAME_CHARS if allowed => Ok(ProfileName(text.to_owned())),
            _ => Err(InvalidProfileName),
        }
    }
}

impl Default for ProfileName {
    fn default() -> Self {
        ProfileName("default".to_owned())
    }
}

impl ProfileName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as the settings show it: empty for the default profile.
    #[must_use]
    pub fn shown(&self) -> &str {
        if *self == Self::default() { "" } else { &self.0 }
    }
}

/// A profile and its folder.
#[derive(Clone, Debug)]
pub struct Profile {
    name: ProfileName,
    root: PathBuf,
    folder: PathBuf,
}

impl Profile {
    /// The profile of this name below `root`.
    #[must_use]
    pub fn new(name: ProfileName, root: PathBuf) -> Self {
        let folder = root.join(name.as_str());
        Profile { name, root, folder }
    }

    /// The system's place: local, not roaming with a Windows account.
    #[must_use]
    pub fn system_root() -> Option<PathBuf> {
        Some(dirs::data_local_dir()?.join(IDENTIFIER))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &ProfileName {
        &self.name
    }

    /// The folder everything of it lies in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the lock of the single instance goes by: the same profile below another root is another one. Also a valid
    /// D-Bus name, whose parts may not begin with a digit.
    #[must_use]
    pub fn instance(&self) -> String {
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        if Self::system_root().and_then(|own| own.canonicalize().ok()).is_some_and(|own| own == root) {
            return self.identifier();
        }
        let hash = Sha256::digest(root.as_os_str().as_encoded_bytes());
        let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("{}.data-{short}", self.identifier())
    }

    /// The app's identifier for this profile: the owner of what it keeps in the keychain.
    #[must_use]
    pub fn identifier(&self) -> String {
        match self.name.shown() {
            "" => IDENTIFIER.to_owned(),
            name => format!("{IDENTIFIER}.profile-{name}"),
        }
    }

    /// Makes the folder, for this person's eyes only.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create_folder(&self) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        crate::platform::keep_private(&self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for good in ["a", "demo-patient", "2", &"x".repeat(32)] {
            assert!(good.parse::<ProfileName>().is_ok(), "{good}");
        }
        for bad in ["", "A", "a b", "..", "a/b", "ä", &"x".repeat(33)] {
            assert_eq!(bad.parse::<ProfileName>(), Err(InvalidProfileName), "{bad}");
        }
    }

    #[test]
    fn the_same_profile_below_another_root_is_another_instance() {
        let below = |root: &Path| Profile::new("demo".parse().unwrap(), root.to_owned()).instance();
        let (one, other) = (std::env::temp_dir(), std::env::current_dir().unwrap());
        assert_ne!(below(&one), below(&other));
        assert_eq!(below(&one), below(&one.join(".")));
        assert!(below(&one).starts_with("org.bedside.desktop.profile-demo.data-"));
        let Some(system) = Profile::system_root().filter(|root| root.exists()) else { return };
        assert_eq!(below(&system), "org.bedside.desktop.profile-demo");
    }

    #[test]
    fn a_named_profile_is_told_apart_from_the_default_one() {
        let named = Profile::new("2nd".parse().unwrap(), PathBuf::from("root"));
        assert_eq!(named.identifier(), "org.bedside.desktop.profile-2nd");
        let default = Profile::new(ProfileName::default(), PathBuf::from("root"));
        assert_eq!(default.identifier(), IDENTIFIER);
        assert_eq!(default.name().shown(), "");
    }
}
