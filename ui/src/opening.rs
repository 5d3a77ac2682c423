//! Whether a clinic is open, and when next, by its hours and its own clock.

use bedside_protocol::wire::OpeningHours;

/// A clock's hands: Monday is 1, Sunday 7; the time is `HH:MM`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClinicTime {
    pub weekday: u8,
    pub time: String,
}

/// What the hours say of a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Somebody is there.
    Open { until: String },
    /// Nobody is there, but will be later that day.
    Later { from: String },
    /// Nobody is there before another day.
    On { weekday: u8, from: String },
}

/// What the hours say of a moment; nothing if a clinic has not said any.
pub(crate) fn opening(hours: &[OpeningHours], now: &ClinicTime) -> Option<Opening> {
    if let Some(until) = closes(hours, now) {
        return Some(Opening::Open { until });
    }
    (0..=7).find_map(|days| opens(hours, now, days))
}

/// When it closes, if it is open: stretches that touch are one.
fn closes(hours: &[OpeningHours], now: &ClinicTime) -> Option<String> {
    let of_today = || hours.iter().filter(|one| one.weekday == now.weekday);
    let mut until = of_today().find(|one| one.from <= now.time && now.time < one.to)?.to.clone();
    while let Some(next) = of_today().find(|one| one.from <= until && until < one.to) {
        until.clone_from(&next.to);
    }
    Some(until)
}

/// The first opening so many days from now.
fn opens(hours: &[OpeningHours], now: &ClinicTime, days: u8) -> Option<Opening> {
    let weekday = (now.weekday.saturating_sub(1) + days) % 7 + 1;
    let of_day = hours.iter().filter(|one| one.weekday == weekday);
    let from = of_day.map(|one| &one.from).filter(|from| days > 0 || **from > now.time).min()?.clone();
    Some(if days == 0 { Opening::Later { from } } else { Opening::On { weekday, from } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(weekday: u8, time: &str) -> ClinicTime {
        ClinicTime { weekday, time: time.to_owned() }
    }

    /// Monday with a break at noon and a stretch on its heels, Friday morning.
    fn hours() -> Vec<OpeningHours> {
        let one = |weekday, from: &str, to: &str| OpeningHours { weekday, from: from.into(), to: to.into() };
        vec![
            one(1, "14:00", "18:00"),
            one(1, "08:00", "12:00"),
            one(1, "18:00", "20:00"),
            one(5, "08:00", "12:00"),
        ]
    }

    fn told(weekday: u8, time: &str) -> Option<Opening> {
        opening(&hours(), &at(weekday, time))
    }

    #[test]
    fn an_open_clinic_says_until_when() {
        assert_eq!(told(1, "08:00"), Some(Opening::Open { until: "12:00".into() }));
        assert_eq!(told(1, "15:00"), Some(Opening::Open { until: "20:00".into() }));
    }

    #[test]
    fn a_closed_one_says_when_it_opens_next() {
        assert_eq!(told(1, "07:59"), Some(Opening::Later { from: "08:00".into() }));
        assert_eq!(told(1, "12:00"), Some(Opening::Later { from: "14:00".into() }));
        assert_eq!(told(1, "20:00"), Some(Opening::On { weekday: 5, from: "08:00".into() }));
        assert_eq!(told(6, "09:00"), Some(Opening::On { weekday: 1, from: "08:00".into() }));
        let only = [hours().remove(3)];
        assert_eq!(opening(&only, &at(5, "12:00")), Some(Opening::On { weekday: 5, from: "08:00".into() }));
    }

    #[test]
    fn a_clinic_without_hours_says_nothing() {
        assert_eq!(opening(&[], &at(1, "09:00")), None);
    }
}
