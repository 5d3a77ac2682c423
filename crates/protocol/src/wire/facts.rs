//! What is known of a person beside who they are.

use serde::{Deserialize, Serialize};

/// What a clinic has noted of a person; each is left out if it has not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PersonFacts {
    /// Where they are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The language they want to be spoken to in, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where their clocks are, an IANA name; none: as the clinic's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// What a patient's record is found by; only practitioners and the patient see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_number: Option<String>,
}
