//! What everybody does in one run, drawn from the seed before anything happens: it can be printed, and played with steps
//! left out.

use std::time::Duration;

use anyhow::Result;
use bedside_protocol::ipc::{MuteSpan, RoomDeed};
use bedside_testkit::Weather;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// How many shorter scripts are tried at most once one has failed.
const TRIES: u32 = 80;

/// One thing that happens, and how long nothing does afterwards.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Its number in the whole script; texts are called after it.
    pub(crate) number: usize,
    pub(crate) desk: usize,
    /// Which of the person's conversations; most things happen in the one that both have devices for.
    pub(crate) room: Room,
    pub(crate) deed: Deed,
    pub(crate) pause: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    Shared,
    Other,
}

/// What a person or fate does. A message is counted from the newest that the device holds.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Write {
        urgent: bool,
    },
    Reply {
        to: usize,
    },
    Edit {
        message: usize,
    },
    /// Two devices of one person edit it, the second while the answer to the first is on its way or lost.
    EditTwice {
        message: usize,
        lost_after: Duration,
    },
    Retract {
        message: usize,
    },
    React {
        message: usize,
        emoji: &'static str,
        on: bool,
    },
    Read,
    LookAway,
    SetUp(RoomDeed),
    /// Pinned or not, and after a moment the other way, while the first wish is given up on the way.
    ChangeOfMind {
        pin: bool,
        after: Duration,
    },
    Weather(Weather),
    Cut,
    GoSilent,
    CrashApp,
    StartApp,
    StopServer,
    CrashServer,
    StartServer,
    BackUp,
    Restore,
}

/// The script of a seed.
pub(crate) fn script(seed: u64) -> Vec<Step> {
    let mut random = StdRng::seed_from_u64(seed);
    let steps = random.random_range(20..60);
    (0..steps).map(|number| step(&mut random, number)).collect()
}

fn step(random: &mut StdRng, number: usize) -> Step {
    let room = if random.random_range(0..6) == 0 { Room::Other } else { Room::Shared };
    let desk = random.random_range(0..4);
    let deed = deed(random);
    let millis = match random.random_range(0..12) {
        0..=5 => random.random_range(0..50),
        6..=9 => random.random_range(50..2_000),
        10 => random.random_range(2_000..20_000),
        _ => random.random_range(20_000..90_000),
    };
    Step { number, desk, room, deed, pause: Duration::from_millis(millis) }
}

fn deed(random: &mut StdRng) -> Deed {
    let mut newest = || random.random_range(0..4);
    let message = newest();
    match random.random_range(0..100) {
        0..14 => Deed::Write { urgent: message == 0 },
        14..18 => {
            let lost_after = Duration::from_millis(random.random_range(0..60));
            Deed::EditTwice { message, lost_after }
        }
        18..22 => Deed::Reply { to: message },
        22..32 => Deed::Edit { message },
        32..36 => Deed::Retract { message },
        36..46 => {
            let emoji = ["👍", "🎉"][random.random_range(0..2)];
            Deed::React { message, emoji, on: random.random_range(0..3) > 0 }
        }
        46..53 => Deed::Read,
        53..55 => Deed::LookAway,
        55..61 => Deed::SetUp(room_deed(random)),
        61..64 => {
            let after = Duration::from_millis(random.random_range(1..60));
            Deed::ChangeOfMind { pin: message > 1, after }
        }
        64..76 => Deed::Weather(weather(random)),
        76..79 => Deed::Cut,
        79..81 => Deed::GoSilent,
        81..84 => Deed::CrashApp,
        84..89 => Deed::StartApp,
        89..90 => Deed::StopServer,
        90..92 => Deed::CrashServer,
        92..98 => Deed::StartServer,
        98 => Deed::BackUp,
        _ => Deed::Restore,
    }
}

fn room_deed(random: &mut StdRng) -> RoomDeed {
    let deeds = [
        RoomDeed::Pin,
        RoomDeed::Unpin,
        RoomDeed::Mute { span: MuteSpan::Hour },
        RoomDeed::Mute { span: MuteSpan::Forever },
        RoomDeed::Unmute,
        RoomDeed::MarkUnread,
        RoomDeed::MarkRead,
        RoomDeed::Archive,
        RoomDeed::Unarchive,
    ];
    deeds[random.random_range(0..deeds.len())]
}

fn weather(random: &mut StdRng) -> Weather {
    let delay = Duration::from_millis([0, 20, 400][random.random_range(0..3)]);
    let mut weather =
        Weather { delay, sockets_blocked: random.random_range(0..3) == 0, ..Weather::default() };
    match random.random_range(0..10) {
        0..=1 => weather.down = true,
        2 => weather.portal = true,
        3 => weather.cuts = 60,
        4 => weather.mutes = 40,
        5 => weather.duplicates = 50,
        6 => weather.lost_answers = 50,
        7 => weather.bad_gateways = 50,
        8 => weather.late = 50,
        _ => {}
    }
    weather
}

/// A shorter script that fails as well: halves are left out, then smaller pieces, then single steps.
pub(crate) fn shrink(script: Vec<Step>, fails: impl Fn(&[Step]) -> Result<()>) -> Vec<Step> {
    let (mut least, mut tries) = (script, 0);
    let mut piece = least.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at < least.len() && tries < TRIES {
            let end = (at + piece).min(least.len());
            let shorter: Vec<Step> = [&least[..at], &least[end..]].concat();
            tries += 1;
            match fails(&shorter) {
                Err(_) => least = shorter,
                Ok(()) => at = end,
            }
        }
        piece /= 2;
    }
    least
}
