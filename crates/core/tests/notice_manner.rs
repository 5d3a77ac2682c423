//! How new messages are told of: settings, conversations, weeks by a device's clock with both changes of it.
#![allow(clippy::unwrap_used, reason = "a test")]

use bedside_core::notify::{Manner, Present, Urgency, manner, pause_until};
use bedside_protocol::ipc::{NoticeSettings, NoticeSound, PauseSpan, RoomNotices};
use bedside_protocol::wire::{NoticeContent, QuietHours};
use bedside_protocol::{RoomId, Timestamp};

const BERLIN: &str = "Europe/Berlin";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const ROOM: RoomId = RoomId(7);
/// Sunday 2026-03-15, 00:00 in Berlin (UTC+1): two weeks before its clocks go forward.
const SPRING: i64 = 1_773_529_200_000;
/// Sunday 2026-10-11, 00:00 in Berlin (UTC+2): two weeks before they go back.
const AUTUMN: i64 = 1_791_669_600_000;
const NIGHT: QuietHours = QuietHours { from: 22 * 60, to: 7 * 60 };

fn present(now: Timestamp) -> Present<'static> {
    Present { now, time_zone: BERLIN, most: NoticeContent::MOST, locked: false }
}

fn told(settings: &NoticeSettings, urgency: Urgency, now: i64) -> Option<Manner> {
    manner(settings, Some(ROOM), urgency, present(Timestamp(now)))
}

#[test]
fn nothing_is_said_but_that_there_is_a_message_until_somebody_chooses_more() {
    use NoticeContent::{Name, NameAndText, Nothing};
    let sensitive = [RoomNotices { room_id: ROOM, sensitive: true, sound: None }];
    for (chosen, most, rooms, locked, said) in [
        (None, NameAndText, &[][..], false, Nothing),
        (Some(Name), NameAndText, &[], false, Name),
        (Some(NameAndText), NameAndText, &[], false, NameAndText),
        (Some(NameAndText), Name, &[], false, Name),
        (Some(NameAndText), Nothing, &[], false, Nothing),
        (Some(NameAndText), NameAndText, &sensitive, false, Nothing),
        (Some(NameAndText), NameAndText, &[], true, Nothing),
    ] {
        let usual = NoticeSettings::default();
        let content = chosen.unwrap_or(usual.content);
        let settings = NoticeSettings { content, rooms: rooms.to_vec(), ..usual };
        let now = Present { most, locked, ..present(Timestamp(SPRING)) };
        let manner = manner(&settings, Some(ROOM), Urgency::Everyday, now).unwrap();
        assert_eq!(manner.content, said, "{chosen:?} {most:?} {rooms:?} {locked}");
    }
}

#[test]
fn a_summary_never_names_anybody() {
    let settings = NoticeSettings { content: NoticeContent::NameAndText, ..NoticeSettings::default() };
    let sum = manner(&settings, None, Urgency::Everyday, present(Timestamp(SPRING))).unwrap();
    assert_eq!(sum.content, NoticeContent::Nothing);
}

#[test]
fn a_conversation_may_have_a_sound_of_its_own_or_none() {
    let own = |sound| RoomNotices { room_id: ROOM, sensitive: false, sound };
    for (sound, heard) in [
        (None, NoticeSound::Chime),
        (Some(NoticeSound::Bell), NoticeSound::Bell),
        (Some(NoticeSound::Off), NoticeSound::Off),
    ] {
        let settings = NoticeSettings { rooms: vec![own(sound)], ..NoticeSettings::default() };
        assert_eq!(told(&settings, Urgency::Everyday, SPRING).unwrap().sound, heard);
    }
}

/// Minutes of four weeks by the wall clock: told exactly outside of quiet hours, whatever the clock does.
#[test]
fn quiet_hours_are_the_devices_own_through_both_changes_of_its_clock() {
    let settings = NoticeSettings { quiet: Some(NIGHT), ..NoticeSettings::default() };
    // (begin, the change's moment, hours from UTC before and after it)
    for (begin, change, before, after) in
        [(SPRING, SPRING + 14 * DAY + 2 * HOUR, 1, 2), (AUTUMN, AUTUMN + 14 * DAY + 3 * HOUR, 2, 1)]
    {
        for quarter in 0..(28 * 24 * 4) {
            let now = begin + quarter * 15 * MINUTE;
            let offset = if now < change { before } else { after };
            let minute = (now + offset * HOUR).rem_euclid(DAY) / MINUTE;
            let awake = (7 * 60..22 * 60).contains(&minute);
            assert_eq!(told(&settings, Urgency::Everyday, now).is_some(), awake, "{now}, minute {minute}");
            assert!(told(&settings, Urgency::Urgent, now).is_some());
        }
    }
}

#[test]
fn what_is_urgent_passes_unless_nobody_wants_that_either() {
    for (urgent_passes, passes) in [(true, true), (false, false)] {
        let paused_until = Some(Timestamp(SPRING + HOUR));
        let settings = NoticeSettings { urgent_passes, paused_until, ..NoticeSettings::default() };
        assert!(told(&settings, Urgency::Everyday, SPRING).is_none());
        assert_eq!(told(&settings, Urgency::Urgent, SPRING).is_some(), passes);
        assert!(told(&settings, Urgency::Everyday, SPRING + HOUR).is_some(), "it ends by itself");
    }
}

#[test]
fn until_tomorrow_ends_at_eight_in_the_morning_also_of_a_night_with_another_length() {
    let begins = |now: i64| pause_until(PauseSpan::Tomorrow, BERLIN, Timestamp(now)).unwrap().0;
    assert_eq!(begins(SPRING + 20 * HOUR), SPRING + DAY + 8 * HOUR);
    assert_eq!(begins(SPRING + DAY + HOUR), SPRING + DAY + 8 * HOUR, "after midnight it is this morning");
    assert_eq!(begins(SPRING + 13 * DAY + 20 * HOUR), SPRING + 14 * DAY + 7 * HOUR, "an hour was left out");
    assert_eq!(begins(AUTUMN + 13 * DAY + 20 * HOUR), AUTUMN + 14 * DAY + 9 * HOUR, "an hour came twice");
    assert_eq!(pause_until(PauseSpan::Hour, BERLIN, Timestamp(SPRING)), Some(Timestamp(SPRING + HOUR)));
    assert_eq!(pause_until(PauseSpan::Off, BERLIN, Timestamp(SPRING)), None);
}
