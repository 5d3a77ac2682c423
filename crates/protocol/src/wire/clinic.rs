//! What a clinic says of itself.

use serde::{Deserialize, Serialize};

use super::NoticeContent;
use crate::ids::Rev;

/// `GET /chat/clinic/`: what a clinic says of itself, in numbers and names only; the words around them are the app's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Clinic {
    /// Its name; empty if it has not said one.
    pub name: String,
    /// Where it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whom to call when a life is in danger.
    pub emergency_number: String,
    /// When somebody is there, in the clinic's own time; none if it has not said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<OpeningHours>,
    /// Its time zone, an IANA name.
    pub time_zone: String,
    /// Whether practitioners are warned of messages that name another patient.
    pub warn_other_patient: bool,
    /// Whether practitioners may download conversations; patients always may.
    pub practitioners_export: bool,
    /// The most that notifications on a desktop may say.
    #[serde(skip_serializing_if = "NoticeContent::is_most")]
    pub notification_content: NoticeContent,
    /// Another one with every change; 0 if nothing was ever set.
    pub rev: Rev,
}

impl Default for Clinic {
    fn default() -> Self {
        Clinic {
            name: String::new(),
            phone: None,
            emergency_number: "112".to_owned(),
            hours: Vec::new(),
            time_zone: "UTC".to_owned(),
            warn_other_patient: true,
            practitioners_export: true,
            notification_content: NoticeContent::MOST,
            rev: Rev(0),
        }
    }
}

/// A time of a weekday in which a clinic is open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpeningHours {
    /// Monday is 1, Sunday 7.
    pub weekday: u8,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`, later than `from`; `24:00` is the day's end.
    pub to: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clinic_that_says_nothing_can_be_called_in_an_emergency_and_is_warned() {
        let clinic: Clinic = serde_json::from_str("{}").unwrap();
        assert_eq!((clinic.emergency_number.as_str(), clinic.warn_other_patient), ("112", true));
    }
}
