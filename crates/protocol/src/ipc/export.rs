//! Taking conversations along: what is ordered, how far it is, and what is true of a file.

use serde::{Deserialize, Serialize};

use super::IpcError;
use crate::ids::{RoomId, as_string};

/// What is to be written out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportOrder {
    /// Which conversation; all of one's own if none is named.
    #[serde(with = "as_string::option")]
    pub room_id: Option<RoomId>,
    /// `html`, `text`, `json`, `fhir` or `csv`.
    pub format: String,
    /// The first day, `YYYY-MM-DD`; none: from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day; none: to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What is around it.
    pub packaging: ExportPackaging,
    /// What the package is encrypted with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The language of the words around the messages.
    pub language: String,
    /// The zone that times are shown in, an IANA name.
    pub time_zone: String,
}

impl std::fmt::Debug for ExportOrder {
    /// Never the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExportOrder").field("format", &self.format).finish_non_exhaustive()
    }
}

/// What is around a conversation that is written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportPackaging {
    /// Nothing: the file by itself.
    #[default]
    File,
    /// A ZIP that shows whether anything was changed.
    Zip,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportProgress {
    /// Grows with each change.
    pub number: u64,
    /// Where it stands.
    pub state: ExportState,
}

/// Where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ExportState {
    /// Nothing was ordered.
    #[default]
    Idle,
    /// It is being written.
    Running {
        /// Messages written; bytes, as long as it comes from the server.
        done: u64,
        /// Messages in all; 0 if that is not known.
        total: u64,
    },
    /// It is there.
    Finished {
        /// The file's name, without the folder it is in.
        file: String,
        /// Whether the clinic's server has made it: it is whole, and a package is signed.
        by_server: bool,
        /// Messages that were not on this device and are missing.
        missing: u64,
    },
    /// It could not be written; nothing is left of it.
    Failed {
        /// Why.
        error: IpcError,
    },
    /// It was given up; nothing is left of it.
    Cancelled,
}

/// What is true of a file that somebody has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileVerdict {
    /// Its name.
    pub file: String,
    /// What is true of it.
    pub verdict: Verdict,
}

/// What is true of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing in it was changed.
    Intact {
        /// Who answers for it.
        signed: SignedBy,
        /// Messages in it.
        messages: u64,
    },
    /// Nothing in it was changed; who answers for it is behind its password.
    Locked,
    /// Something was changed.
    Changed {
        /// What, as far as it can be told: names of files, and `#12` for a message.
        parts: Vec<String>,
    },
    /// Something is missing.
    Incomplete {
        /// Names of files; none if the end of the file is.
        missing: Vec<String>,
    },
    /// The password does not open it.
    WrongPassword,
    /// Nothing to check it by.
    NotAPackage,
}

/// Who answers for a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum SignedBy {
    /// The clinic that this profile belongs to.
    Clinic,
    /// Somebody with this key, which is another.
    Other {
        /// In base64.
        key: String,
    },
    /// Somebody with this key; whether it is the clinic's could not be asked.
    Unknown {
        /// In base64.
        key: String,
    },
    /// Nobody.
    Nobody,
}
