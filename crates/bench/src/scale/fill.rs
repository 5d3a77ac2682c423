//! Filling a clinic with past messages, row by row what the server itself would have written.
//!
//! A message has its row, its command, its audit row and a feed row for either member; a feed keeps what the server
//! would have kept. Messages come in turn to all rooms, so that rows lie on disk as those of a busy clinic do. Nothing
//! here is read marks, and a command's digest is of nothing: it is looked at only when its client id comes again, and
//! these never do. Audit rows are left to the server's sealer, which begins a minute after its start.

mod postgres;
mod sqlite;

use std::time::{Duration, Instant};

use anyhow::Result;

use super::progress;
use super::stock::{Stock, Stored};
use super::words::thousands;

/// Messages written at a time.
const AT_ONCE: i64 = 100_000;
/// The first message's moment; the last one of the longest ladder is some three years later.
const FIRST_AT_MS: i64 = 1_700_000_000_000;
/// Between two messages of a clinic.
const STEP_MS: i64 = 9_000;

/// What people write to each other, short and long.
pub(super) const TEXTS: [&str; 8] = [
    "Good morning, how are you feeling today?",
    "Much better, thank you.",
    "Please take the tablets with food, one in the morning and one in the evening, and tell me if the dizziness \
     comes back within the first three days.",
    "I have taken the second dose.",
    "Can we move the appointment to Thursday?",
    "Thursday at ten is free. I have put you down for it; you need not bring anything but the letter.",
    "The swelling has gone down, but the knee still hurts when I climb stairs, most of all in the evening after work.",
    "Yes.",
];

/// Messages of a clinic by number, from one up to but without another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) rooms: i64,
}

impl Stretch {
    /// The place in its room that a message has.
    pub(super) const fn seq(self, number: i64) -> i64 {
        number / self.rooms + 1
    }

    /// How many messages a room has at the end, rooms counted from nought in order of their ids.
    pub(super) const fn last_seq(self, room: i64) -> i64 {
        self.to / self.rooms + if room < self.to % self.rooms { 1 } else { 0 }
    }

    /// The text at a place of a room.
    pub(super) fn text(self, room: i64, seq: i64) -> &'static str {
        text((seq - 1) * self.rooms + room)
    }

    fn portions(self) -> impl Iterator<Item = Stretch> {
        let starts = (self.from..self.to).step_by(usize::try_from(AT_ONCE).unwrap_or(1));
        starts.map(move |from| Stretch { from, to: (from + AT_ONCE).min(self.to), ..self })
    }
}

/// When a message was written.
const fn moment(number: i64) -> i64 {
    FIRST_AT_MS + number * STEP_MS
}

fn text(number: i64) -> &'static str {
    let index = usize::try_from(number).unwrap_or_default() % TEXTS.len();
    TEXTS.get(index).copied().unwrap_or_default()
}

/// Writes a stretch into a clinic that no server has open, and leaves the store as one that has been running would be
/// found: SQLite's log written back, PostgreSQL's tables vacuumed and analysed.
pub(super) async fn fill(stock: &Stock, stored: &Stored, stretch: Stretch) -> Result<Duration> {
    let started = Instant::now();
    let say = |done: i64| {
        if (done - stretch.from) % (10 * AT_ONCE) == 0 {
            progress(&format!("{} messages written", thousands(done)));
        }
    };
    match stored {
        Stored::Folder(folder) => sqlite::fill(folder, stretch, say).await?,
        Stored::Database(address) => postgres::fill(&mut stock.session(address).await?, stretch, say).await?,
    }
    Ok(started.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_have_their_turn_and_share_what_is_left() {
        let stretch = Stretch { from: 0, to: 7, rooms: 3 };
        assert_eq!((0..7).map(|number| stretch.seq(number)).collect::<Vec<_>>(), [1, 1, 1, 2, 2, 2, 3]);
        assert_eq!([0, 1, 2].map(|room| stretch.last_seq(room)), [3, 2, 2]);
        assert_eq!(stretch.text(1, 2), text(4));
    }

    #[test]
    fn portions_follow_each_other_to_the_end() {
        let portions: Vec<_> = Stretch { from: 10, to: 200_005, rooms: 3 }
            .portions()
            .map(|portion| (portion.from, portion.to))
            .collect();
        assert_eq!(portions, [(10, 100_010), (100_010, 200_005)]);
    }

    #[test]
    fn texts_stand_in_sql_as_they_are() {
        assert!(TEXTS.iter().all(|text| !text.contains('\'')));
    }
}
