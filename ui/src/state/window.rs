//! Which part of a conversation to hold: a window that slides with the eye.
//!
//! The document never holds more than a few screens, however long the conversation is. Heights are in CSS pixels.

use bedside_protocol::RoomSeq;
use bedside_protocol::ipc::{Anchor, TimelineHead, Window};

/// Where a conversation opens: at the first unread message, else at the end.
pub(crate) const OPENING: Window = Window { anchor: Anchor::FirstUnread, before: 80, after: 80 };

/// A height to begin with, until that of the screen is known.
pub(crate) const OPENING_HEIGHT: f64 = 900.0;

/// No row is lower than this, so that a page of rows surely fills a screen.
const ROW_HEIGHT: f64 = 34.0;
/// Most items asked for on one side; both sides together bound the document.
const SIDE_MAX: u32 = 200;
/// Fewest items asked for on a side that has any.
const SIDE_MIN: u32 = 60;

/// What the eye has before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sight {
    /// The first place on screen that the server has numbered.
    pub first: Option<RoomSeq>,
    /// Height of the screen.
    pub height: f64,
    /// Height of what is held above the screen.
    pub above: f64,
    /// Height of what is held below it.
    pub below: f64,
}

/// The window to ask for, if the eye nears an edge of what is held (closer than one screen).
pub(crate) fn next(held: Window, head: &TimelineHead, sight: Sight) -> Option<Window> {
    let low_above = !head.at_start && sight.above < sight.height;
    let low_below = !head.at_end && sight.below < sight.height;
    let wanted = if head.at_end && sight.below < 1.0 && held.anchor != Anchor::End {
        latest(sight.height)
    } else if low_above || low_below {
        around(sight.first?, sight.height)
    } else {
        return None;
    };
    (wanted != held).then_some(wanted)
}

/// The end of the conversation; follows new messages.
pub(crate) fn latest(height: f64) -> Window {
    Window { anchor: Anchor::End, before: side(height, 3.0), after: SIDE_MIN }
}

/// A place in the conversation with two screens before it and three from it on: after a move neither edge is near.
pub(crate) fn around(seq: RoomSeq, height: f64) -> Window {
    Window { anchor: Anchor::Seq { seq }, before: side(height, 2.0), after: side(height, 3.0) }
}

fn side(height: f64, screens: f64) -> u32 {
    let rows = (height * screens / ROW_HEIGHT).ceil();
    // A float to integer cast saturates; heights are small and positive.
    (rows as u32).clamp(SIDE_MIN, SIDE_MAX)
}

/// Where the scroll thumb stands: 0 at the start of the conversation, 1 at its end.
pub(crate) fn position(first: RoomSeq, visible: i64, last: RoomSeq) -> f64 {
    let room = (last.get() - visible).max(1);
    ((first.get() - 1) as f64 / room as f64).clamp(0.0, 1.0)
}

/// The place the thumb is pulled to.
pub(crate) fn place_at(position: f64, last: RoomSeq) -> RoomSeq {
    let place = 1.0 + position.clamp(0.0, 1.0) * (last.get() - 1).max(0) as f64;
    RoomSeq(place.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::timeline;

    fn head(at_start: bool, at_end: bool) -> TimelineHead {
        TimelineHead { at_start, at_end, last_seq: RoomSeq(100_000), ..timeline(vec![]).head }
    }

    fn sight(above: f64, below: f64) -> Sight {
        Sight { first: Some(RoomSeq(500)), height: 640.0, above, below }
    }

    #[test]
    fn the_window_stays_while_a_screen_is_held_on_both_sides() {
        assert_eq!(next(OPENING, &head(false, false), sight(700.0, 700.0)), None);
    }

    #[test]
    fn nearing_an_edge_moves_the_window_to_what_is_seen() {
        let moved = next(OPENING, &head(false, false), sight(100.0, 2000.0)).unwrap();
        assert_eq!(moved.anchor, Anchor::Seq { seq: RoomSeq(500) });
        assert_eq!(next(moved, &head(false, false), sight(100.0, 2000.0)), None);
    }

    #[test]
    fn there_is_nothing_to_fetch_beyond_the_ends() {
        assert_eq!(next(latest(640.0), &head(true, true), sight(0.0, 0.0)), None);
    }

    #[test]
    fn at_the_very_end_the_window_follows_new_messages() {
        assert_eq!(next(OPENING, &head(false, true), sight(5000.0, 0.0)), Some(latest(640.0)));
    }

    #[test]
    fn on_any_screen_a_move_leaves_neither_edge_near() {
        for height in [360.0, 640.0, 1300.0, 2100.0] {
            let window = around(RoomSeq(500), height);
            assert!(f64::from(window.before) * ROW_HEIGHT >= height);
            assert!(f64::from(window.after) * ROW_HEIGHT >= 2.0 * height);
            assert!(window.before + window.after <= 2 * SIDE_MAX);
        }
    }

    #[test]
    fn the_thumb_and_the_place_agree_at_the_ends() {
        let last = RoomSeq(100_000);
        assert_eq!(place_at(0.0, last), RoomSeq(1));
        assert_eq!(place_at(1.0, last), last);
        assert!(position(RoomSeq(1), 20, last) == 0.0 && position(RoomSeq(99_981), 20, last) == 1.0);
        assert_eq!(place_at(0.5, RoomSeq(0)), RoomSeq(1));
    }
}
