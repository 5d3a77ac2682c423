//! What the clinic says of itself, as the UI shows it.

use serde::{Deserialize, Serialize};

use crate::wire::{Clinic, NoticeContent, OpeningHours};

/// The clinic, as last heard; before that what holds anywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicView {
    /// Its name; empty if it has not said one.
    pub name: String,
    /// Where it is called.
    pub phone: Option<String>,
    /// Whom to call when a life is in danger.
    pub emergency_number: String,
    /// When somebody is there, in the clinic's own time, by weekday and time; none if it has not said.
    pub hours: Vec<OpeningHours>,
    /// Its time zone, an IANA name.
    pub time_zone: String,
    /// The most that notifications on a desktop may say.
    #[serde(default = "most", skip_serializing_if = "NoticeContent::is_most")]
    pub notification_content: NoticeContent,
}

fn most() -> NoticeContent {
    NoticeContent::MOST
}

impl From<Clinic> for ClinicView {
    fn from(clinic: Clinic) -> Self {
        let Clinic { name, phone, emergency_number, hours, time_zone, notification_content, .. } = clinic;
        ClinicView { name, phone, emergency_number, hours, time_zone, notification_content }
    }
}

impl Default for ClinicView {
    fn default() -> Self {
        Clinic::default().into()
    }
}
