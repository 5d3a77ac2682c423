//! `keyring.json`: its form on disk, read and written as a whole. Holds only wrapped keys.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::KeyringError;
use super::hex;

pub(super) const NAME: &str = "keyring.json";
const VERSION: u32 = 1;

/// The list on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyringFile {
    version: u32,
    profile: Uuid,
    ways: Vec<Way>,
}

/// One way to the data key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub(super) enum Way {
    /// By a wrapping key in the keychain.
    Keychain {
        /// Its name there.
        name: String,
        /// The wrapped key.
        #[serde(flatten)]
        sealed: Sealed,
    },
    /// By a passphrase, through argon2id.
    Passphrase {
        /// Memory in KiB.
        m_kib: u32,
        /// Passes.
        t: u32,
        /// Lanes.
        p: u32,
        /// Salt.
        #[serde(with = "hex")]
        salt: [u8; 16],
        /// The wrapped key.
        #[serde(flatten)]
        sealed: Sealed,
    },
}

/// A data key under XChaCha20-Poly1305.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sealed {
    #[serde(with = "hex")]
    pub(super) nonce: [u8; 24],
    #[serde(with = "hex")]
    pub(super) sealed: [u8; 48],
}

impl KeyringFile {
    pub(super) fn new(profile: Uuid, way: Way) -> Self {
        KeyringFile { version: VERSION, profile, ways: vec![way] }
    }

    pub(super) fn profile(&self) -> Uuid {
        self.profile
    }

    pub(super) fn ways(&self) -> impl Iterator<Item = &Way> {
        self.ways.iter()
    }
}

/// The list of a folder, if there is one.
pub(super) fn read(folder: &Path) -> Result<Option<KeyringFile>, KeyringError> {
    let text = match std::fs::read_to_string(folder.join(NAME)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    let versioned: Versioned = serde_json::from_str(&text).map_err(|_| KeyringError::Damaged)?;
    if versioned.version > VERSION {
        return Err(KeyringError::Newer);
    }
    serde_json::from_str(&text).map(Some).map_err(|_| KeyringError::Damaged)
}

/// Replaces the list in one step: a crash leaves the old one or the new one.
pub(super) fn write(folder: &Path, file: &KeyringFile) -> Result<(), KeyringError> {
    std::fs::create_dir_all(folder)?;
    let text = serde_json::to_vec_pretty(file).map_err(|_| KeyringError::Damaged)?;
    let (place, beside) = (folder.join(NAME), folder.join(format!("{NAME}.new")));
    let mut new = private(&beside)?;
    new.write_all(&text)?;
    new.sync_all()?;
    std::fs::rename(&beside, &place)?;
    sync_folder(folder)?;
    Ok(())
}

/// A file only its owner can read.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a rename durable; Windows has no such call and needs none.
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_on_disk_stays_readable() {
        let sealed = Sealed { nonce: [1; 24], sealed: [2; 48] };
        let file = KeyringFile {
            version: 1,
            profile: Uuid::nil(),
            ways: vec![
                Way::Keychain { name: "profile-x".into(), sealed: sealed.clone() },
                Way::Passphrase { m_kib: 65_536, t: 3, p: 1, salt: [3; 16], sealed },
            ],
        };
        insta::assert_json_snapshot!(file, @r#"
        {
          "version": 1,
          "profile": "00000000-0000-0000-0000-000000000000",
          "ways": [
            {
              "way": "keychain",
              "name": "profile-x",
              "nonce": "010101010101010101010101010101010101010101010101",
              "sealed": "020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202"
            },
            {
              "way": "passphrase",
              "m_kib": 65536,
              "t": 3,
              "p": 1,
              "salt": "03030303030303030303030303030303",
              "nonce": "010101010101010101010101010101010101010101010101",
              "sealed": "020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202"
            }
          ]
        }
        "#);
        let text = serde_json::to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<KeyringFile>(&text).unwrap(), file);
    }

    #[test]
    fn a_keyring_of_a_newer_version_is_not_touched() {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::write(folder.path().join(NAME), r#"{"version": 2, "anything": []}"#).unwrap();
        assert!(matches!(read(folder.path()), Err(KeyringError::Newer)));
        std::fs::write(folder.path().join(NAME), "{").unwrap();
        assert!(matches!(read(folder.path()), Err(KeyringError::Damaged)));
    }
}
