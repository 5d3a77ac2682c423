//! The table: figures, ratios, aims.

use std::fmt::Write as _;
use std::time::Duration;

use super::Options;
use super::bare::Bare;
use super::catch_up::CaughtUp;
use super::cold::{Disk, Open};
use super::fill::Filled;

/// The aim: room list and first window within this, together.
const AIM_OPEN: Duration = Duration::from_millis(100);
/// The aim: catching up takes at most this many times a bare insert.
const AIM_CATCH_UP: f64 = 2.0;

/// What was measured.
pub(super) struct Report {
    pub(super) filled: Filled,
    pub(super) size: u64,
    pub(super) opens: Vec<Open>,
    pub(super) caught_up: Vec<CatchUp>,
}

/// Whether a way of catching up is held to an aim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Set,
    None,
}

/// One way of catching up, beside a bare insert of the same rows.
pub(super) struct CatchUp {
    pub(super) way: &'static str,
    pub(super) missed: i64,
    pub(super) aim: Aim,
    pub(super) cache: CaughtUp,
    pub(super) bare: Bare,
}

impl Report {
    pub(super) fn table(&self, options: &Options) -> String {
        let mut out = format!(
            "\nbench engine: {} messages in {} rooms, {} a turn, {} frames at once\n\n",
            options.messages, options.rooms, options.turn, options.frames
        );
        self.opening(&mut out);
        self.catching_up(&mut out);
        self.disk(&mut out, options);
        out
    }

    fn opening(&self, out: &mut String) {
        let dropped = self.opens.iter().all(|open| open.disk == Disk::Dropped);
        let from =
            if dropped { "from disk, file cache dropped" } else { "file cache NOT dropped (needs root)" };
        let _ = writeln!(out, "cold open, {from}:      median       worst");
        let mut line = |what: &str, of: fn(&Open) -> Duration| {
            let (median, worst) = spread(&self.opens, of);
            let _ = writeln!(out, "  {what:<40}{:>8.1} ms {:>8.1} ms", ms(median), ms(worst));
        };
        line("open, key given", |open| open.opened);
        line("room list", |open| open.rooms);
        line("newest 50 messages", |open| open.window);
        line("together", Open::together);
        let (median, _) = spread(&self.opens, Open::together);
        let _ = writeln!(out, "  aim: under {} ms: {}\n", AIM_OPEN.as_millis(), word(median < AIM_OPEN));
    }

    fn catching_up(&self, out: &mut String) {
        for one in &self.caught_up {
            let transactions = one.cache.groups.iter().filter(|group| !group.is_empty()).count();
            let _ = writeln!(
                out,
                "catch-up {}, {} missed, {transactions} transactions:   time      rows/s   × bare",
                one.way, one.missed
            );
            one.lines(out);
        }
    }

    fn disk(&self, out: &mut String, options: &Options) {
        let size = self.size as f64;
        let each = size / options.messages as f64;
        let _ = writeln!(
            out,
            "on disk: {:.0} MiB, {each:.0} bytes a message; filled in {:.1} s, searchable {:.1} s later",
            size / 1_048_576.0,
            self.filled.stored.as_secs_f64(),
            self.filled.indexed.as_secs_f64()
        );
    }
}

impl CatchUp {
    fn lines(&self, out: &mut String) {
        let ratio = |taken: Duration| taken.as_secs_f64() / self.bare.grouped.as_secs_f64();
        let rows = self.cache.messages() as f64;
        let mut line = |what: &str, taken: Duration| {
            let rate = rows / taken.as_secs_f64();
            let _ =
                writeln!(out, "  {what:<40}{:>7.2} s {rate:>9.0} {:>8.2}", taken.as_secs_f64(), ratio(taken));
        };
        line("cache", self.cache.taken);
        line("bare insert, same transactions", self.bare.grouped);
        line("bare insert, one transaction", self.bare.at_once);
        line("no types, no key, same transactions", self.bare.heap);
        let _ = writeln!(
            out,
            "  {:<40}{:>7.2} s",
            "all of it can be searched after another",
            self.cache.indexed.as_secs_f64()
        );
        let holds = word(ratio(self.cache.taken) <= AIM_CATCH_UP);
        match self.aim {
            Aim::Set => drop(writeln!(out, "  aim: at most {AIM_CATCH_UP} × bare: {holds}\n")),
            Aim::None => out.push('\n'),
        }
    }
}

/// The median and the worst.
fn spread(opens: &[Open], of: fn(&Open) -> Duration) -> (Duration, Duration) {
    let mut taken: Vec<_> = opens.iter().map(of).collect();
    taken.sort_unstable();
    let median = taken.get(taken.len() / 2).copied().unwrap_or_default();
    (median, taken.last().copied().unwrap_or_default())
}

fn ms(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1_000.0
}

fn word(holds: bool) -> &'static str {
    if holds { "holds" } else { "DOES NOT HOLD" }
}
