//! What a clinic says of itself: how a change makes another state of it, and its hours as text in a column.

use bedside_protocol::wire::{Clinic, NoticeContent, OpeningHours};
use bedside_protocol::{Rev, Timestamp};

use crate::store::{ClinicChange, StoreError};

/// The clinic after a change. Its number is a moment, so that it is another one also after a restore from a backup.
pub(in crate::store) fn changed(held: &Clinic, change: ClinicChange, now: Timestamp) -> Clinic {
    let next = Clinic {
        name: change.name.unwrap_or_else(|| held.name.clone()),
        phone: change.phone.unwrap_or_else(|| held.phone.clone()),
        emergency_number: change.emergency_number.unwrap_or_else(|| held.emergency_number.clone()),
        hours: change.hours.unwrap_or_else(|| held.hours.clone()),
        time_zone: change.time_zone.unwrap_or_else(|| held.time_zone.clone()),
        warn_other_patient: change.warn_other_patient.unwrap_or(held.warn_other_patient),
        practitioners_export: change.practitioners_export.unwrap_or(held.practitioners_export),
        notification_content: change.notification_content.unwrap_or(held.notification_content),
        rev: held.rev,
    };
    if next == *held { next } else { Clinic { rev: Rev(now.millis().max(held.rev.get() + 1)), ..next } }
}

pub(in crate::store) fn content_from_text(text: &str) -> Result<NoticeContent, StoreError> {
    NoticeContent::parse(text).ok_or(StoreError::Corrupt("what notifications may say"))
}

pub(in crate::store) fn hours_to_text(hours: &[OpeningHours]) -> Result<String, StoreError> {
    serde_json::to_string(hours).map_err(|_| StoreError::Corrupt("opening hours"))
}

pub(in crate::store) fn hours_from_text(text: &str) -> Result<Vec<OpeningHours>, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt("opening hours"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_something_is_another_state_and_a_change_of_nothing_is_not() {
        let named = ClinicChange { name: Some("Harbour".to_owned()), ..ClinicChange::default() };
        let first = changed(&Clinic::default(), named.clone(), Timestamp(5));
        assert_eq!((first.name.as_str(), first.rev), ("Harbour", Rev(5)));
        assert_eq!(changed(&first, named, Timestamp(9)), first);
        let back = ClinicChange { name: Some(String::new()), ..ClinicChange::default() };
        assert_eq!(changed(&first, back, Timestamp(3)).rev, Rev(6), "also by a clock that was set back");
    }
}
