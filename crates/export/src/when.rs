//! Moments as the clocks of a time zone showed them, with the offset, so that nobody has to guess.

use bedside_protocol::Timestamp;
use jiff::tz::TimeZone;

/// A time zone; UTC where a name is not known.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of an IANA name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Zone(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// Whether there is a zone of this name.
    #[must_use]
    pub fn exists(name: &str) -> bool {
        TimeZone::get(name).is_ok()
    }

    /// `2026-12-01`.
    #[must_use]
    pub fn day(&self, moment: Timestamp) -> String {
        self.show(moment, "%Y-%m-%d")
    }

    /// When a day (`2026-12-01`) begins; `None` for what is no day.
    #[must_use]
    pub fn day_begins(&self, day: &str) -> Option<Timestamp> {
        self.begins(day.parse().ok()?)
    }

    /// When the day after a day begins.
    #[must_use]
    pub fn day_ends(&self, day: &str) -> Option<Timestamp> {
        let day: jiff::civil::Date = day.parse().ok()?;
        self.begins(day.tomorrow().ok()?)
    }

    fn begins(&self, day: jiff::civil::Date) -> Option<Timestamp> {
        Some(Timestamp(day.to_zoned(self.0.clone()).ok()?.timestamp().as_millisecond()))
    }

    /// `14:02:33`.
    #[must_use]
    pub fn clock(&self, moment: Timestamp) -> String {
        self.show(moment, "%H:%M:%S")
    }

    /// `2026-12-01 14:02:33 +01:00`.
    #[must_use]
    pub fn full(&self, moment: Timestamp) -> String {
        self.show(moment, "%Y-%m-%d %H:%M:%S %:z")
    }

    /// `2026-12-01T14:02:33.123+01:00`, as machines read it.
    #[must_use]
    pub fn exact(&self, moment: Timestamp) -> String {
        self.show(moment, "%Y-%m-%dT%H:%M:%S%.3f%:z")
    }

    fn show(&self, moment: Timestamp, format: &str) -> String {
        let instant = jiff::Timestamp::from_millisecond(moment.millis()).unwrap_or_default();
        instant.to_zoned(self.0.clone()).strftime(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_by_the_zones_clock_with_its_offset() {
        let (winter, summer) = (Timestamp(1_795_363_200_123), Timestamp(1_782_000_000_000));
        let berlin = Zone::named("Europe/Berlin");
        assert_eq!(berlin.full(winter), "2026-11-22 17:00:00 +01:00");
        assert_eq!(berlin.exact(winter), "2026-11-22T17:00:00.123+01:00");
        assert_eq!(berlin.full(summer), "2026-06-21 02:00:00 +02:00");
        assert_eq!(Zone::named("Nowhere/Land").exact(winter), "2026-11-22T16:00:00.123+00:00");
    }
}
