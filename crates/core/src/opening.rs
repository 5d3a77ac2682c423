//! Whether a clinic is open, and when it opens next, by its weekly hours and its own clock.

/// A moment of a week, by the clinic's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Monday is 1, Sunday 7.
    pub weekday: u8,
    /// Minutes since midnight.
    pub minute: u16,
}

/// The next time a clinic opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening<'a> {
    /// Days from the moment's day on; 0 is the same day, 7 the same day of the next week.
    pub days: u8,
    /// `HH:MM`, as the hours have it.
    pub from: &'a str,
}

/// The first opening after a moment; none if the clinic names no hours that can be read. One that is open now opens
/// next after it has closed.
pub fn next_opening<'a>(hours: impl IntoIterator<Item = (u8, &'a str)>, now: Moment) -> Option<Opening<'a>> {
    let openings = hours.into_iter().filter_map(|(weekday, from)| {
        let minute = minute_of(from)?;
        let days = (u16::from(weekday.checked_sub(1)?) + 7 - u16::from(now.weekday.checked_sub(1)?)) % 7;
        let days = if days == 0 && minute <= now.minute { 7 } else { days };
        Some(((days, minute), Opening { days: u8::try_from(days).ok()?, from }))
    });
    openings.min_by_key(|(order, _)| *order).map(|(_, opening)| opening)
}

/// Until when a clinic is open at a moment, `HH:MM` as the hours have it; none if it is closed. Stretches of a day that touch
/// are one. Hours are a weekday, when somebody comes and when they go.
pub fn open_until<'a>(
    hours: impl IntoIterator<Item = (u8, &'a str, &'a str)>,
    now: Moment,
) -> Option<&'a str> {
    let of_today = hours.into_iter().filter(|(weekday, ..)| *weekday == now.weekday);
    let stretches: Vec<(u16, u16, &str)> =
        of_today.filter_map(|(_, from, to)| Some((minute_of(from)?, minute_of(to)?, to))).collect();
    let holds = |minute: u16| stretches.iter().find(move |(from, to, _)| (*from..*to).contains(&minute));
    let (_, mut end, mut until) = holds(now.minute).copied()?;
    while let Some((_, later, to)) = holds(end) {
        (end, until) = (*later, to);
    }
    Some(until)
}

/// Minutes since midnight of `HH:MM`.
fn minute_of(time: &str) -> Option<u16> {
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Open Monday in two parts, and Thursday morning.
    const HOURS: [(u8, &str); 3] = [(4, "09:00"), (1, "14:00"), (1, "08:30")];

    fn next(weekday: u8, minute: u16) -> Option<(u8, &'static str)> {
        next_opening(HOURS, Moment { weekday, minute }).map(|opening| (opening.days, opening.from))
    }

    #[test]
    fn the_next_opening_is_the_first_that_has_not_begun() {
        assert_eq!(next(1, 8 * 60), Some((0, "08:30")));
        assert_eq!(next(1, 8 * 60 + 30), Some((0, "14:00")));
        assert_eq!(next(1, 20 * 60), Some((3, "09:00")));
        assert_eq!(next(4, 9 * 60), Some((4, "08:30")));
        assert_eq!(next(7, 23 * 60), Some((1, "08:30")));
    }

    #[test]
    fn one_that_opens_once_a_week_opens_again_a_week_later() {
        let weekly = |minute| next_opening([(3, "10:00")], Moment { weekday: 3, minute });
        assert_eq!(weekly(599).map(|opening| opening.days), Some(0));
        assert_eq!(weekly(600).map(|opening| opening.days), Some(7));
    }

    #[test]
    fn an_open_clinic_says_until_when_and_stretches_that_touch_are_one() {
        let hours =
            [(1, "14:00", "18:00"), (1, "08:00", "12:00"), (1, "18:00", "20:00"), (5, "08:00", "soon")];
        let until = |weekday, minute| open_until(hours, Moment { weekday, minute });
        assert_eq!((until(1, 8 * 60), until(1, 15 * 60)), (Some("12:00"), Some("20:00")));
        assert_eq!((until(1, 479), until(1, 12 * 60), until(1, 20 * 60)), (None, None, None));
        assert_eq!((until(2, 9 * 60), until(5, 9 * 60)), (None, None));
    }

    #[test]
    fn hours_that_cannot_be_read_are_none() {
        let odd = [(1, "25:00"), (2, "soon"), (0, "08:00"), (3, "08")];
        assert_eq!(next_opening(odd, Moment { weekday: 1, minute: 0 }), None);
        assert_eq!(next_opening([], Moment { weekday: 1, minute: 0 }), None);
    }
}
