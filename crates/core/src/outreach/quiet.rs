//! Quiet hours by a person's own clock, through every change of it.

use bedside_protocol::Timestamp;
use bedside_protocol::wire::QuietHours;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// When the quiet of this moment ends; `None` if it is not quiet. Always later than `now`, and not quiet any more.
#[must_use]
pub fn quiet_until(hours: QuietHours, time_zone: &str, now: Timestamp) -> Option<Timestamp> {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let local = jiff::Timestamp::from_millisecond(now.0).ok()?.to_zoned(zone.clone());
    let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
    let overnight = hours.to < hours.from;
    let quiet = match overnight {
        true => minute >= hours.from || minute < hours.to,
        false => (hours.from..hours.to).contains(&minute),
    };
    if !quiet {
        return None;
    }
    let day = if overnight && minute >= hours.from { local.date().tomorrow().ok()? } else { local.date() };
    end(day, hours.to, &zone).filter(|end| *end > now)
}

/// Where the clock shows that time twice it is the second that ends the quiet; where it shows it never, the first after it.
fn end(day: Date, minute: u16, zone: &TimeZone) -> Option<Timestamp> {
    let (hour, minute) = (i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?);
    let at = day.to_datetime(Time::new(hour, minute, 0, 0).ok()?);
    let moment = zone.to_ambiguous_timestamp(at).later().ok()?;
    Some(Timestamp(moment.as_millisecond()))
}
