//! When somebody is reached outside the app: one person, weeks on a mock clock, every change of the clock.

use bedside_core::outreach::{
    DAY_MS, Decision, Facts, LOOK_AGAIN_MS, Send, Unread, Way, decide, quiet_until,
};
use bedside_core::outreach::{Retry, retry};
use bedside_protocol::Timestamp;
use bedside_protocol::wire::{Channel, OutreachWishes, QuietHours, SmsFor};
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// A Monday, 09:00 in Berlin.
const START: Timestamp = Timestamp(1_772_438_400_000);

/// A person away from every device, what was sent to them, and the conversation they do not read.
struct World {
    now: Timestamp,
    facts: Facts,
    sent: Vec<(Timestamp, Send)>,
    check_at: Option<Timestamp>,
}

impl World {
    fn new() -> Self {
        let way = Way { open: true, cap: 100, ..Way::default() };
        let facts = Facts {
            unread: None,
            live: false,
            wishes: OutreachWishes::default(),
            time_zone: "Europe/Berlin".to_owned(),
            email: way,
            sms: way,
        };
        World { now: START, facts, sent: Vec::new(), check_at: None }
    }

    fn wishing(wishes: OutreachWishes) -> Self {
        let mut world = World::new();
        world.facts.wishes = wishes;
        world
    }

    fn message(&mut self, urgent: bool) {
        let now = self.now;
        let unread = self.facts.unread.get_or_insert(Unread { since: now, urgent_since: None, muted: false });
        if urgent {
            unread.urgent_since.get_or_insert(now);
        }
        self.check_at = Some(now);
    }

    fn read(&mut self) {
        self.facts.unread = None;
        for way in [&mut self.facts.email, &mut self.facts.sms] {
            (way.told, way.told_urgent) = (None, None);
        }
    }

    /// Asks whenever it is time to, until then.
    fn until(&mut self, at: Timestamp) {
        while let Some(check) = self.check_at.filter(|check| *check <= at) {
            self.now = check.max(self.now);
            self.count();
            let Decision { send, again_at } = decide(&self.facts, self.now);
            assert!(again_at.is_none_or(|again| again > self.now), "asked again at once");
            for one in send {
                let way = match one.channel {
                    Email => &mut self.facts.email,
                    Sms => &mut self.facts.sms,
                };
                way.told = Some(self.now);
                way.told_urgent = one.urgent.then_some(self.now).or(way.told_urgent);
                self.sent.push((self.now, one));
            }
            self.check_at = again_at;
        }
        self.now = at;
    }

    fn after(&mut self, millis: i64) {
        self.until(Timestamp(self.now.0 + millis));
    }

    fn count(&mut self) {
        let recent = |channel| {
            let all =
                self.sent.iter().filter(|(at, one)| one.channel == channel && at.0 > self.now.0 - DAY_MS);
            let all: Vec<Timestamp> = all.map(|(at, _)| *at).collect();
            (u32::try_from(all.len()).unwrap_or(u32::MAX), all.first().copied())
        };
        (self.facts.email.today, self.facts.email.today_since) = recent(Email);
        (self.facts.sms.today, self.facts.sms.today_since) = recent(Sms);
    }

    /// When what was sent, in minutes since the start.
    fn log(&self) -> Vec<(i64, Channel, bool)> {
        self.sent.iter().map(|(at, one)| ((at.0 - START.0) / MINUTE, one.channel, one.urgent)).collect()
    }
}

use Channel::{Email, Sms};

#[test]
fn an_email_is_sent_after_ten_minutes_unread_and_no_sms() {
    let mut world = World::new();
    world.message(false);
    world.after(DAY_MS);
    assert_eq!(world.log(), [(10, Email, false)]);
}

#[test]
fn what_was_read_in_time_is_not_told() {
    let mut world = World::new();
    world.message(false);
    world.after(9 * MINUTE);
    world.read();
    world.after(DAY_MS);
    assert_eq!(world.log(), []);
}

#[test]
fn a_conversation_is_told_of_once_until_it_is_read_over_weeks() {
    let mut world = World::new();
    for _ in 0..21 * 24 {
        world.message(false);
        world.after(HOUR);
    }
    assert_eq!(world.log(), [(10, Email, false)]);
    world.read();
    world.message(false);
    world.after(HOUR);
    assert_eq!(world.log()[1..], [(21 * 24 * 60 + 10, Email, false)]);
}

#[test]
fn nobody_is_sent_an_email_while_a_device_is_live() {
    let mut world = World::new();
    world.facts.live = true;
    world.message(false);
    world.after(HOUR);
    assert_eq!(world.log(), []);
    world.facts.live = false;
    world.after(LOOK_AGAIN_MS);
    assert_eq!(world.log().len(), 1);
}

#[test]
fn an_urgent_message_brings_an_sms_after_five_minutes_even_to_a_live_device() {
    let mut world = World::new();
    world.facts.live = true;
    world.message(true);
    world.after(HOUR);
    assert_eq!(world.log(), [(5, Sms, true)]);
}

#[test]
fn what_becomes_urgent_is_told_once_more() {
    let mut world = World::new();
    world.message(false);
    world.after(20 * MINUTE);
    world.message(true);
    world.after(DAY_MS);
    assert_eq!(world.log(), [(10, Email, false), (25, Sms, true), (30, Email, true)]);
}

#[test]
fn an_sms_for_everything_is_by_choice() {
    let mut world = World::wishing(OutreachWishes { sms_for: SmsFor::All, ..OutreachWishes::default() });
    world.message(false);
    world.after(DAY_MS);
    assert_eq!(world.log(), [(5, Sms, false), (10, Email, false)]);
}

#[test]
fn a_muted_conversation_is_told_of_only_if_it_is_urgent() {
    let mut world = World::new();
    world.message(false);
    world.facts.unread.as_mut().unwrap().muted = true;
    world.after(HOUR);
    assert_eq!(world.log(), []);
    world.message(true);
    world.after(HOUR);
    assert_eq!(world.log(), [(65, Sms, true), (70, Email, true)]);
}

#[test]
fn an_urgent_message_is_reminded_of_until_it_is_read() {
    let mut world = World::wishing(OutreachWishes { reminder: 30, ..OutreachWishes::default() });
    world.message(true);
    world.after(2 * HOUR);
    world.read();
    world.after(DAY_MS);
    let sms: Vec<i64> = world.log().into_iter().filter(|one| one.1 == Sms).map(|one| one.0).collect();
    assert_eq!(sms, [5, 35, 65, 95]);
    assert_eq!(world.log().iter().filter(|one| one.1 == Email).count(), 1);
}

#[test]
fn without_a_telephone_reminders_come_by_email() {
    let mut world = World::wishing(OutreachWishes { reminder: 30, ..OutreachWishes::default() });
    world.facts.sms.open = false;
    world.message(true);
    world.after(HOUR);
    assert_eq!(world.log(), [(10, Email, true), (40, Email, true)]);
}

#[test]
fn a_daily_cap_holds_reminders_and_usual_ones_but_never_the_first_that_is_urgent() {
    let mut world = World::wishing(OutreachWishes { reminder: 5, ..OutreachWishes::default() });
    world.facts.sms.cap = 3;
    world.message(true);
    world.after(14 * DAY_MS);
    let sms: Vec<i64> = world.log().into_iter().filter(|one| one.1 == Sms).map(|one| one.0).collect();
    for day in 0..14 {
        let within = sms.iter().filter(|at| (day * 1_440..(day + 1) * 1_440).contains(*at)).count();
        assert!(within <= 3, "day {day}: {sms:?}");
    }
    world.read();
    world.facts.sms.cap = 0;
    let before = world.sent.len();
    world.message(true);
    world.after(6 * MINUTE);
    assert_eq!(world.sent.len(), before + 1);
}

#[test]
fn a_full_day_puts_an_email_off_until_there_is_room() {
    let mut world = World::new();
    world.facts.email.cap = 2;
    for _ in 0..3 {
        world.message(false);
        world.after(20 * MINUTE);
        world.read();
    }
    assert_eq!(world.log().len(), 2);
    world.message(false);
    world.after(2 * DAY_MS);
    assert_eq!(world.log()[2], (10 + 24 * 60, Email, false));
}

#[test]
fn quiet_hours_put_off_until_the_morning_and_never_what_is_urgent() {
    let quiet = Some(QuietHours { from: 22 * 60, to: 7 * 60 });
    let mut world = World::wishing(OutreachWishes { quiet, ..OutreachWishes::default() });
    world.after(13 * HOUR - 5 * MINUTE); // 21:55
    world.message(false);
    world.after(HOUR);
    assert_eq!(world.log(), []);
    world.message(true); // 22:55
    world.after(HOUR);
    assert_eq!(world.log(), [(13 * 60 + 60, Sms, true), (13 * 60 + 65, Email, true)]);
    world.read();
    world.message(false);
    world.after(DAY_MS);
    assert_eq!(world.log()[2], (22 * 60, Email, false)); // 07:00
}

/// Every quarter of an hour of a year, in zones whose clocks jump by an hour, by half of one, at midnight, or never.
#[test]
fn quiet_ends_at_the_hour_that_was_wished_through_every_change_of_the_clock() {
    let zones = [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "UTC",
        "No/Such_Place",
    ];
    let spans = [(22 * 60, 7 * 60), (60 + 30, 2 * 60 + 30), (0, 2 * 60), (23 * 60, 0), (13 * 60, 14 * 60)];
    for zone in zones {
        for (from, to) in spans {
            let hours = QuietHours { from, to };
            let mut at = 1_767_225_600_000; // 2026-01-01
            while at < 1_767_225_600_000 + 366 * DAY_MS {
                let now = Timestamp(at);
                if let Some(end) = quiet_until(hours, zone, now) {
                    assert!(end > now, "{zone} {at}");
                    assert!(end.0 - now.0 <= 11 * HOUR, "{zone} {at}: {}", end.0 - now.0);
                    assert_eq!(quiet_until(hours, zone, end), None, "{zone} {at}");
                }
                at += 15 * MINUTE;
            }
        }
    }
}

#[test]
fn the_night_of_a_change_is_quiet_as_long_as_the_clock_says() {
    let hours = QuietHours { from: 22 * 60, to: 7 * 60 };
    let length = |start: i64| quiet_until(hours, "Europe/Berlin", Timestamp(start)).unwrap().0 - start;
    assert_eq!(length(1_774_731_600_000), 8 * HOUR); // 28 March 2026, 22:00: the clock goes forward
    assert_eq!(length(1_774_645_200_000), 9 * HOUR);
    assert_eq!(length(1_792_872_000_000), 10 * HOUR); // 24 October 2026, 22:00: it goes back
}

#[test]
fn an_hour_that_comes_twice_is_quiet_both_times() {
    let hours = QuietHours { from: 90, to: 150 };
    let end = |at| quiet_until(hours, "Europe/Berlin", Timestamp(at)).map(|end| end.0);
    // 25 October 2026: 02:10 in summer time, again in winter time, and 02:30 for the second time.
    assert_eq!(end(1_792_887_000_000), Some(1_792_891_800_000));
    assert_eq!(end(1_792_890_600_000), Some(1_792_891_800_000));
    assert_eq!(end(1_792_891_800_000), None);
    // 29 March 2026: 01:45; there is no 02:30 that night: put off until 03:30, and at 03:00 it is quiet no more.
    assert_eq!(end(1_774_745_100_000), Some(1_774_747_800_000));
    assert_eq!(end(1_774_746_000_000), None);
}

#[test]
fn what_cannot_be_handed_over_is_tried_ever_less_often_for_a_day() {
    let (mut now, mut tries) = (START, 0);
    let mut waits = Vec::new();
    loop {
        tries += 1;
        match retry(START, tries, now) {
            Retry::Within(within) => {
                waits.push(within / 1_000);
                now = Timestamp(now.0 + within);
            }
            Retry::Never => break,
        }
    }
    assert_eq!(waits[..8], [30, 60, 120, 240, 480, 960, 1_800, 1_800]);
    assert!((40..60).contains(&tries), "{tries}");
    assert!(now.0 - START.0 <= DAY_MS + HOUR);
}

#[derive(Clone, Debug)]
enum Step {
    Message(bool),
    Read,
    Live(bool),
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        any::<bool>().prop_map(Step::Message),
        Just(Step::Read),
        any::<bool>().prop_map(Step::Live),
        (1_i64..600).prop_map(Step::Wait),
    ];
    proptest::collection::vec(step, 1..60)
}

proptest! {
    /// Whatever happens: between two readings at most one usual and one urgent e-mail, none while it is quiet unless
    /// urgent, never more than the cap but for the first urgent of a conversation.
    #[test]
    fn nobody_is_told_more_than_they_should_be(steps in steps()) {
        let quiet = QuietHours { from: 22 * 60, to: 7 * 60 };
        let mut world = World::wishing(OutreachWishes { quiet: Some(quiet), ..OutreachWishes::default() });
        let mut since_read = 0;
        for step in steps {
            match step {
                Step::Message(urgent) => world.message(urgent),
                Step::Read => { world.read(); since_read = world.sent.len(); }
                Step::Live(live) => world.facts.live = live,
                Step::Wait(minutes) => world.after(minutes * MINUTE),
            }
            let told = &world.sent[since_read..];
            for channel in Channel::ALL {
                for urgent in [false, true] {
                    let send = Send { channel, urgent };
                    prop_assert!(told.iter().filter(|(_, one)| *one == send).count() <= 1);
                }
            }
            for (at, send) in told {
                prop_assert!(send.urgent || quiet_until(quiet, "Europe/Berlin", *at).is_none());
            }
        }
    }
}
