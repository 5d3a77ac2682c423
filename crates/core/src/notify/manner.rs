//! How a new message is told of: not at all for a while, what a notification says, what is heard.

use bedside_protocol::ipc::{NoticeSettings, NoticeSound, PauseSpan};
use bedside_protocol::wire::NoticeContent;
use bedside_protocol::{RoomId, Timestamp};
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::Urgency;
use crate::outreach::quiet_until;

const HOUR_MS: i64 = 60 * 60 * 1_000;
/// When the morning begins that "until tomorrow" means, by the device's clock.
const MORNING: i8 = 8;
/// Whoever is up later than midnight means this day's morning by "tomorrow".
const NIGHT_ENDS: i8 = 4;

/// What a decision rests on besides the settings.
#[derive(Clone, Copy, Debug)]
pub struct Present<'a> {
    /// The moment.
    pub now: Timestamp,
    /// The device's time zone, an IANA name; one that is not known counts as UTC.
    pub time_zone: &'a str,
    /// The most that the clinic lets a notification say.
    pub most: NoticeContent,
    /// Whether the app is locked.
    pub locked: bool,
}

/// How a new message is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// What is said.
    pub content: NoticeContent,
    /// What is heard.
    pub sound: NoticeSound,
    /// How loud, 0–100.
    pub volume: u8,
}

/// Decides; nothing: it is not told of now, and not later either.
#[must_use]
pub fn manner(
    settings: &NoticeSettings,
    room_id: Option<RoomId>,
    urgency: Urgency,
    present: Present<'_>,
) -> Option<Manner> {
    let passes = urgency == Urgency::Urgent && settings.urgent_passes;
    if is_quiet(settings, present) && !passes {
        return None;
    }
    let own = room_id.map(|room_id| settings.of(room_id));
    let sensitive = own.is_some_and(|own| own.sensitive);
    let content = settings.content.min(present.most);
    Some(Manner {
        content: if sensitive || present.locked || room_id.is_none() {
            NoticeContent::Nothing
        } else {
            content
        },
        sound: own.and_then(|own| own.sound).unwrap_or(settings.sound),
        volume: settings.volume,
    })
}

fn is_quiet(settings: &NoticeSettings, present: Present<'_>) -> bool {
    let paused = settings.paused_until.is_some_and(|until| until > present.now);
    let quiet = settings.quiet.and_then(|hours| quiet_until(hours, present.time_zone, present.now));
    paused || quiet.is_some()
}

/// Until when nothing is told of, if it is asked for now.
#[must_use]
pub fn pause_until(span: PauseSpan, time_zone: &str, now: Timestamp) -> Option<Timestamp> {
    match span {
        PauseSpan::Off => None,
        PauseSpan::Hour => Some(Timestamp(now.0.saturating_add(HOUR_MS))),
        PauseSpan::Tomorrow => {
            morning(time_zone, now).or(Some(Timestamp(now.0.saturating_add(12 * HOUR_MS))))
        }
    }
}

fn morning(time_zone: &str, now: Timestamp) -> Option<Timestamp> {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let local = jiff::Timestamp::from_millisecond(now.0).ok()?.to_zoned(zone.clone());
    let day = if local.hour() < NIGHT_ENDS { local.date() } else { local.date().tomorrow().ok()? };
    let at = day.to_datetime(Time::new(MORNING, 0, 0, 0).ok()?);
    Some(Timestamp(zone.to_ambiguous_timestamp(at).later().ok()?.as_millisecond()))
}
