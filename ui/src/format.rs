//! Dates and times in the person's language and time zone, by the browser's `Intl`. The only file that does so.

use bedside_i18n::Language;
use bedside_protocol::Timestamp;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const DAY_MS: f64 = 86_400_000.0;

/// The formats of one language; costly to make, cheap to use.
pub(crate) struct Dates {
    tag: String,
    time: Formatter,
    weekday: Formatter,
    weekday_in_full: Formatter,
    day_month: Formatter,
    day_month_year: Formatter,
    short_date: Formatter,
    weekday_day_month: Formatter,
    year: Formatter,
    moment: Formatter,
    exact: Formatter,
}

/// How a moment of the past is best named in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nearness {
    Today,
    Yesterday,
    ThisWeek,
    ThisYear,
    Earlier,
}

/// How long something has lasted, in the unit one would say it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasted {
    Minutes(i64),
    Hours(i64),
    Days(i64),
}

impl Lasted {
    /// From a moment until now.
    pub(crate) fn since(at: Timestamp) -> Self {
        Self::of_ms(now().0.saturating_sub(at.0))
    }

    /// What is under two days is told in hours: "yesterday" may be ten minutes or a day and a half ago.
    fn of_ms(millis: i64) -> Self {
        const MINUTE: i64 = 60_000;
        match millis.max(0) / MINUTE {
            minutes @ 0..60 => Lasted::Minutes(minutes.max(1)),
            minutes @ 60..2_880 => Lasted::Hours(minutes / 60),
            minutes => Lasted::Days(minutes / 1_440),
        }
    }
}

impl Dates {
    /// Formats for a tag; one the browser could not take falls back to the language's own.
    pub(crate) fn new(tag: &str, language: Language) -> Self {
        let tag = usable_tag(tag, language);
        let format = |options: &[(&str, &str)]| Formatter::new(&tag, options);
        Dates {
            time: format(&[("hour", "2-digit"), ("minute", "2-digit")]),
            weekday: format(&[("weekday", "short")]),
            weekday_in_full: format(&[("weekday", "long")]),
            day_month: format(&[("day", "numeric"), ("month", "short")]),
            day_month_year: format(&[("day", "numeric"), ("month", "long"), ("year", "numeric")]),
            short_date: format(&[("day", "2-digit"), ("month", "2-digit"), ("year", "2-digit")]),
            weekday_day_month: format(&[("weekday", "long"), ("day", "numeric"), ("month", "long")]),
            year: format(&[("year", "numeric")]),
            moment: format(&[
                ("weekday", "short"),
                ("day", "numeric"),
                ("month", "short"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
            ]),
            exact: format(&[("dateStyle", "full"), ("timeStyle", "medium")]),
            tag: tag.clone(),
        }
    }

    /// "14:32".
    pub(crate) fn time(&self, at: Timestamp) -> String {
        self.time.of(at)
    }

    /// "14:32", with its day if that is not the day of another moment.
    pub(crate) fn time_beside(&self, at: Timestamp, other: Timestamp) -> String {
        if local_day(at) == local_day(other) { self.time.of(at) } else { self.moment.of(at) }
    }

    /// "Monday, 16 November 2026 at 14:32:05".
    pub(crate) fn exact(&self, at: Timestamp) -> String {
        self.exact.of(at)
    }

    /// "2019".
    pub(crate) fn year(&self, at: Timestamp) -> String {
        self.year.of(at)
    }

    /// "16 November 2026".
    pub(crate) fn date(&self, at: Timestamp) -> String {
        self.day_month_year.of(at)
    }

    /// For a list: time of today, weekday of this week, date before. `None` for yesterday, which is a word.
    pub(crate) fn in_list(&self, at: Timestamp) -> Option<String> {
        match nearness(at) {
            Nearness::Today => Some(self.time.of(at)),
            Nearness::Yesterday => None,
            Nearness::ThisWeek => Some(self.weekday.of(at)),
            Nearness::ThisYear => Some(self.day_month.of(at)),
            Nearness::Earlier => Some(self.short_date.of(at)),
        }
    }

    /// A day in full, with its year where that is another.
    pub(crate) fn day(&self, at: Timestamp) -> String {
        match nearness(at) {
            Nearness::Earlier => self.day_month_year.of(at),
            _ => self.weekday_day_month.of(at),
        }
    }

    /// A day and a time as some clock shows them, in words.
    pub(crate) fn wall_clock(&self, date: &str, time: &str) -> Option<(String, String)> {
        let (year, month, day) = calendar_date(date)?;
        let (hour, minute) = time.split_once(':')?;
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        let at = Date::new_with_year_month_day_hr_min_sec_milli(year, month - 1, day, hour, minute, 0, 0);
        let at = Timestamp(at.get_time() as i64);
        Some((self.weekday_day_month.of(at), self.time.of(at)))
    }

    /// A `YYYY-MM-DD` in words.
    pub(crate) fn birth_date(&self, date: &str) -> Option<String> {
        let (year, month, day) = calendar_date(date)?;
        let noon = Date::new_with_year_month_day_hr_min_sec_milli(year, month - 1, day, 12, 0, 0, 0);
        Some(self.day_month_year.of(Timestamp(noon.get_time() as i64)))
    }

    /// "14:32" by the clocks of a time zone; `None` for one the browser does not know.
    pub(crate) fn time_in(&self, at: Timestamp, time_zone: &str) -> Option<String> {
        let clock = [("hour", "2-digit"), ("minute", "2-digit"), ("timeZone", time_zone)];
        Some(Formatter::checked(&self.tag, &clock)?.of(at))
    }

    /// "Portuguese" for "pt"; `None` for what the browser knows no name of.
    pub(crate) fn language_name(&self, tag: &str) -> Option<String> {
        let names = intl("DisplayNames", &self.tag, &[("type", "language"), ("fallback", "none")])?;
        let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(&names, &tag.into()).ok()?.as_string()
    }

    /// "Monday" for 1, "Sunday" for 7; never shortened.
    pub(crate) fn weekday_in_full(&self, number: u8) -> String {
        // The first of January 2024 was a Monday.
        let noon = Date::new_with_year_month_day_hr_min_sec_milli(2024, 0, i32::from(number), 12, 0, 0, 0);
        self.weekday_in_full.of(Timestamp(noon.get_time() as i64))
    }

    /// An `HH:MM` as the language writes it.
    pub(crate) fn clock(&self, time: &str) -> String {
        let Some((hours, minutes)) = hands(time) else { return time.to_owned() };
        let at = Date::new_with_year_month_day_hr_min_sec_milli(2024, 0, 1, hours, minutes, 0, 0);
        self.time.of(Timestamp(at.get_time() as i64))
    }

    /// Whole years since a `YYYY-MM-DD`.
    pub(crate) fn age(&self, birth_date: &str) -> Option<i64> {
        let now = Date::new_0();
        let today = (now.get_full_year(), as_i32(now.get_month()) + 1, as_i32(now.get_date()));
        age_at(calendar_date(birth_date)?, (i64::from(today.0), today.1, today.2))
    }
}

/// The hours and minutes of an `HH:MM`.
fn hands(time: &str) -> Option<(i32, i32)> {
    let (hours, minutes) = time.split_once(':')?;
    Some((hours.parse().ok()?, minutes.parse().ok()?))
}

struct Formatter(Function, JsValue);

impl Formatter {
    fn new(tag: &str, options: &[(&str, &str)]) -> Self {
        let wishes = Object::new();
        for (name, value) in options {
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(&wishes, &(*name).into(), &(*value).into());
        }
        let format = Intl::DateTimeFormat::new(&Array::of1(&tag.into()), &wishes);
        Formatter(format.format(), format.into())
    }

    /// The same for wishes that the browser may refuse.
    fn checked(tag: &str, options: &[(&str, &str)]) -> Option<Self> {
        let format = intl("DateTimeFormat", tag, options)?;
        let function = Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()?;
        Some(Formatter(function, format))
    }

    fn of(&self, at: Timestamp) -> String {
        let date = Date::new(&JsValue::from_f64(at.0 as f64));
        self.0.call1(&self.1, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}

/// One of the browser's formatters; `None` if it has none of that name or refuses a wish.
fn intl(name: &str, tag: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let wishes = Object::new();
    for (name, value) in options {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&wishes, &(*name).into(), &(*value).into());
    }
    let all = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&all, &name.into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of2(&Array::of1(&tag.into()), &wishes)).ok()
}

/// The number of a moment's local day.
pub(crate) fn local_day(at: Timestamp) -> i64 {
    let offset = Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset();
    day_number(at.0 as f64, offset)
}

/// This moment, as the computer's clock has it.
pub(crate) fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// So many hours from now.
pub(crate) fn in_hours(hours: i64) -> Timestamp {
    Timestamp(now().0 + hours * 60 * 60 * 1_000)
}

/// Nine in the morning, so many days from now, by the computer's clock.
pub(crate) fn in_days_at_nine(days: i32) -> Timestamp {
    let today = Date::new_0();
    let (year, month, day) = (today.get_full_year(), as_i32(today.get_month()), as_i32(today.get_date()));
    let at = Date::new_with_year_month_day_hr(year, month, day + days, 9);
    Timestamp(at.get_time() as i64)
}

/// The moment that a field for date and time holds, by the computer's clock.
pub(crate) fn local_moment(text: &str) -> Option<Timestamp> {
    let at = Date::new(&JsValue::from_str(text)).get_time();
    at.is_finite().then_some(Timestamp(at as i64))
}

/// The same the other way round.
pub(crate) fn as_local_input(at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The number of today.
pub(crate) fn today() -> i64 {
    local_day(now())
}

/// How long until it is tomorrow, in milliseconds; a second more, so that it surely is.
pub(crate) fn until_tomorrow_ms() -> u32 {
    let now = Date::new_0();
    let midnight = Date::new_with_year_month_day(
        now.get_full_year(),
        as_i32(now.get_month()),
        as_i32(now.get_date()) + 1,
    );
    (midnight.get_time() - now.get_time()).clamp(0.0, 2.0 * DAY_MS) as u32 + 1_000
}

/// How near a moment is, seen from now.
pub(crate) fn nearness(at: Timestamp) -> Nearness {
    let same_year =
        Date::new(&JsValue::from_f64(at.0 as f64)).get_full_year() == Date::new_0().get_full_year();
    nearness_of(today() - local_day(at), same_year)
}

fn nearness_of(days_ago: i64, same_year: bool) -> Nearness {
    match days_ago {
        ..=0 => Nearness::Today,
        1 => Nearness::Yesterday,
        2..=6 => Nearness::ThisWeek,
        _ if same_year => Nearness::ThisYear,
        _ => Nearness::Earlier,
    }
}

fn day_number(millis: f64, offset_minutes: f64) -> i64 {
    ((millis - offset_minutes * 60_000.0) / DAY_MS).floor() as i64
}

fn calendar_date(text: &str) -> Option<(u32, i32, i32)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

fn age_at(born: (u32, i32, i32), today: (i64, i32, i32)) -> Option<i64> {
    let had_birthday = (today.1, today.2) >= (born.1, born.2);
    let years = today.0 - i64::from(born.0) - i64::from(!had_birthday);
    (0..150).contains(&years).then_some(years)
}

fn as_i32(small: u32) -> i32 {
    i32::try_from(small).unwrap_or_default()
}

/// `Intl` throws at what is no language tag, such as the "C" of a bare system. Digits are Latin throughout, as in
/// the counts beside them.
fn usable_tag(tag: &str, language: Language) -> String {
    let mut parts = tag.split('-');
    let primary = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3));
    let rest =
        parts.all(|part| matches!(part.len(), 2..=8) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    let whole = primary && rest && tag.is_ascii();
    match (language, whole.then_some(tag)) {
        (Language::English, None | Some("en")) => "en-GB".to_owned(),
        (Language::Arabic, found) => format!("{}-u-nu-latn", found.unwrap_or("ar")),
        (language, found) => found.unwrap_or(language.tag()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_the_local_midnight() {
        let quarter_to_midnight_utc = 15.75 * 3_600_000.0 + 8.0 * 3_600_000.0;
        assert_eq!(day_number(quarter_to_midnight_utc, 0.0), 0);
        assert_eq!(day_number(quarter_to_midnight_utc, -60.0), 1);
        assert_eq!(day_number(0.0, 60.0), -1);
    }

    #[test]
    fn a_list_names_yesterday_the_week_and_the_year() {
        assert_eq!(nearness_of(0, true), Nearness::Today);
        assert_eq!(nearness_of(1, false), Nearness::Yesterday);
        assert_eq!(nearness_of(6, true), Nearness::ThisWeek);
        assert_eq!(nearness_of(7, true), Nearness::ThisYear);
        assert_eq!(nearness_of(7, false), Nearness::Earlier);
    }

    #[test]
    fn what_lasts_is_told_in_minutes_then_hours_then_days() {
        let hour = 3_600_000;
        let told = [0, hour - 1, hour, 47 * hour, 48 * hour, 80 * hour].map(Lasted::of_ms);
        use Lasted::{Days, Hours, Minutes};
        assert_eq!(told, [Minutes(1), Minutes(59), Hours(1), Hours(47), Days(2), Days(3)]);
        assert_eq!(Lasted::of_ms(-hour), Minutes(1), "a clock that is behind");
    }

    #[test]
    fn an_age_grows_on_the_birthday() {
        assert_eq!(age_at((1972, 5, 4), (2026, 5, 3)), Some(53));
        assert_eq!(age_at((1972, 5, 4), (2026, 5, 4)), Some(54));
        assert_eq!(age_at((2030, 1, 1), (2026, 5, 4)), None);
        assert_eq!(calendar_date("1972-5"), None);
    }

    #[test]
    fn only_a_language_tag_reaches_the_browser() {
        assert_eq!(usable_tag("C", Language::English), "en-GB");
        assert_eq!(usable_tag("en-US", Language::English), "en-US");
        assert_eq!(usable_tag("de_DE.UTF-8", Language::German), "de");
        assert_eq!(usable_tag("ar-EG", Language::Arabic), "ar-EG-u-nu-latn");
    }
}
