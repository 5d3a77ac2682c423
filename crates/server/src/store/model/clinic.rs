//! What a clinic says of itself, and changing it.

use bedside_protocol::wire::{Clinic, NoticeContent, OpeningHours};

/// What is to be different; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClinicChange {
    /// Its name.
    pub name: Option<String>,
    /// Where it is called; `Some(None)`: nowhere.
    pub phone: Option<Option<String>>,
    /// Whom to call when a life is in danger.
    pub emergency_number: Option<String>,
    /// When somebody is there; empty: not said.
    pub hours: Option<Vec<OpeningHours>>,
    /// Its time zone, an IANA name.
    pub time_zone: Option<String>,
    /// Whether practitioners are warned of messages that name another patient.
    pub warn_other_patient: Option<bool>,
    /// Whether practitioners may write conversations out.
    pub practitioners_export: Option<bool>,
    /// The most that notifications on a desktop may say.
    pub notification_content: Option<NoticeContent>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClinicOutcome {
    /// As it is now.
    Changed(Clinic),
    /// It was so already.
    Unchanged(Clinic),
    /// Not an administrator.
    Forbidden,
}
