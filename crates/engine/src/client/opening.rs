//! When the clinic opens next, and whether it is open, by its own clock: for quick replies and the home page alike.

use bedside_core::opening::{Moment, next_opening, open_until};
use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{IpcError, OpeningView, Reply};
use bedside_protocol::wire::Clinic;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};

use super::Client;
use crate::session::failure;

impl Client {
    pub(super) async fn next_opening(&self) -> Result<Reply, IpcError> {
        let clinic = self.active()?.cache.clinic().await.map_err(failure::of_cache)?;
        let opening = opening(&clinic, self.inner.shared.config.runtime.now());
        Ok(Reply::Opening { opening })
    }
}

fn opening(clinic: &Clinic, now: Timestamp) -> Option<OpeningView> {
    let zone = TimeZone::get(&clinic.time_zone).ok()?;
    let here = jiff::Timestamp::from_millisecond(now.millis()).ok()?.to_zoned(zone);
    let hours = clinic.hours.iter().map(|hours| (hours.weekday, hours.from.as_str()));
    let stretches = clinic.hours.iter().map(|hours| (hours.weekday, hours.from.as_str(), hours.to.as_str()));
    let now = moment(&here)?;
    let next = next_opening(hours, now)?;
    let date = here.date().checked_add(Span::new().days(i64::from(next.days))).ok()?;
    Some(OpeningView {
        date: date.to_string(),
        weekday: u8::try_from(date.weekday().to_monday_one_offset()).ok()?,
        days: next.days,
        from: next.from.to_owned(),
        open_until: open_until(stretches, now).map(str::to_owned),
    })
}

fn moment(here: &Zoned) -> Option<Moment> {
    let weekday = u8::try_from(here.weekday().to_monday_one_offset()).ok()?;
    let minute = u16::try_from(i32::from(here.hour()) * 60 + i32::from(here.minute())).ok()?;
    Some(Moment { weekday, minute })
}

#[cfg(test)]
mod tests {
    use bedside_protocol::wire::OpeningHours;

    use super::*;

    fn clinic(time_zone: &str) -> Clinic {
        let morning = |weekday| OpeningHours { weekday, from: "08:00".into(), to: "12:00".into() };
        Clinic { hours: vec![morning(1), morning(2)], time_zone: time_zone.into(), ..Clinic::default() }
    }

    #[test]
    fn the_clinics_own_clock_says_when_it_opens_next() {
        let at = |time: &str| Timestamp(time.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        let next =
            |zone: &str, time: &str| opening(&clinic(zone), at(time)).map(|next| (next.date, next.from));
        let on = |date: &str| Some((date.to_owned(), "08:00".to_owned()));
        // Monday, half past seven in London and half past eight in Berlin.
        assert_eq!(next("Europe/London", "2026-11-30T07:30:00Z"), on("2026-11-30"));
        assert_eq!(next("Europe/Berlin", "2026-11-30T07:30:00Z"), on("2026-12-01"));
        assert_eq!(next("Europe/Berlin", "2026-12-01T20:00:00Z"), on("2026-12-07"));
        assert_eq!(next("Nowhere/At_All", "2026-11-30T07:30:00Z"), None);
        let told = opening(&clinic("Europe/Berlin"), at("2026-11-30T07:30:00Z")).unwrap();
        assert_eq!((told.weekday, told.days, told.open_until.as_deref()), (2, 1, Some("12:00")));
        assert_eq!(opening(&Clinic::default(), at("2026-11-30T07:30:00Z")), None);
    }
}
