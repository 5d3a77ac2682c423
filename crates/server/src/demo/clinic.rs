//! What the demo clinic says of itself. Its number is one of those kept free for plays.

use bedside_protocol::wire::OpeningHours;

use crate::store::ClinicChange;

/// Weekdays in the morning and the afternoon, but for Wednesday's and Friday's.
const WEEK: [(u8, &str, &str); 8] = [
    (1, "08:00", "12:00"),
    (1, "14:00", "18:00"),
    (2, "08:00", "12:00"),
    (2, "14:00", "18:00"),
    (3, "08:00", "12:00"),
    (4, "08:00", "12:00"),
    (4, "14:00", "18:00"),
    (5, "08:00", "13:00"),
];

/// The demo clinic, told to an empty database.
#[must_use]
pub fn demo_clinic() -> ClinicChange {
    let hours =
        WEEK.map(|(weekday, from, to)| OpeningHours { weekday, from: from.to_owned(), to: to.to_owned() });
    ClinicChange {
        name: Some("Harbour Street Practice".to_owned()),
        phone: Some(Some("+49 30 23125 100".to_owned())),
        hours: Some(hours.to_vec()),
        time_zone: Some("Europe/Berlin".to_owned()),
        ..ClinicChange::default()
    }
}
