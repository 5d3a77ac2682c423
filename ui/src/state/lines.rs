//! From the items of a timeline to the lines of a conversation: days, the "new messages" line, groups.

use bedside_protocol::ipc::{TimelineItem, TimelineMessage, TimelineView};
use bedside_protocol::{RoomSeq, Timestamp};

/// Messages of one sender closer than this belong together.
const GROUP_MS: i64 = 5 * 60 * 1000;

/// A line of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line<'a> {
    /// A new day begins, with the message of this key (a waiting message may return to an earlier day).
    Day(Timestamp, &'a str),
    /// From here on it was unread when the conversation was opened.
    New(i64),
    /// A message.
    Message(&'a TimelineMessage, Place),
    /// A stretch this device lacks.
    Gap { key: &'a str, from: RoomSeq, to: RoomSeq, missing: i64, state: GapState },
}

/// Whether a gap is being closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GapState {
    Waiting,
    Loading,
}

/// Where a message stands in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The first of its group, or alone.
    First,
    /// A later one.
    Following,
}

/// The lines of a timeline. `day_of` numbers local days.
pub(crate) fn lines(view: &TimelineView, day_of: impl Fn(Timestamp) -> i64) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(view.items.len() + 8);
    let mut previous: Option<&TimelineMessage> = None;
    let mut unread = view.head.first_unread;
    for item in &view.items {
        let message = match item {
            TimelineItem::Message(message) => message,
            TimelineItem::Gap { key, from, to, loading } => {
                // What is new may be just what is missing.
                if unread.is_some_and(|first| (*from..=*to).contains(&first)) {
                    unread = None;
                    lines.push(Line::New(view.head.unread_at_open));
                }
                lines.push(gap(key, *from, *to, *loading));
                previous = None;
                continue;
            }
        };
        if previous.is_none_or(|before| day_of(before.at) != day_of(message.at)) {
            lines.push(Line::Day(message.at, &message.key));
            previous = None;
        }
        if unread.is_some_and(|first| message.seq.is_some_and(|seq| seq >= first)) {
            unread = None;
            // The line belongs to the message it was drawn above; a window beyond it does not show it.
            if message.seq == view.head.first_unread {
                lines.push(Line::New(view.head.unread_at_open));
                previous = None;
            }
        }
        lines.push(Line::Message(message, place(previous, message)));
        previous = Some(message);
    }
    lines
}

fn gap(key: &str, from: RoomSeq, to: RoomSeq, loading: bool) -> Line<'_> {
    let state = if loading { GapState::Loading } else { GapState::Waiting };
    Line::Gap { key, from, to, missing: (to.get() - from.get() + 1).max(1), state }
}

fn place(previous: Option<&TimelineMessage>, message: &TimelineMessage) -> Place {
    match previous {
        Some(before) if before.own == message.own && (message.at.0 - before.at.0).abs() < GROUP_MS => {
            Place::Following
        }
        _ => Place::First,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::fixtures::{message_at, own_at, timeline};

    const MINUTE: i64 = 60_000;
    const DAY: i64 = 24 * 60 * MINUTE;

    fn shape(view: &TimelineView) -> String {
        lines(view, |at| at.0.div_euclid(DAY))
            .iter()
            .map(|line| match line {
                Line::Day(..) => "day ".to_owned(),
                Line::New(count) => format!("new{count} "),
                Line::Message(message, Place::First) => format!("[{} ", message.key),
                Line::Message(message, Place::Following) => format!("{} ", message.key),
                Line::Gap { missing, .. } => format!("gap{missing} "),
            })
            .collect::<String>()
            .trim_end()
            .to_owned()
    }

    #[test]
    fn messages_of_one_sender_within_five_minutes_are_a_group() {
        let view = timeline(vec![
            message_at(1, 0),
            message_at(2, 4 * MINUTE),
            message_at(3, 9 * MINUTE),
            own_at(4, 9 * MINUTE),
            own_at(5, 10 * MINUTE),
        ]);
        assert_eq!(shape(&view), "day [m:1 m:2 [m:3 [m:4 m:5");
    }

    #[test]
    fn a_new_day_begins_a_group_of_its_own() {
        let view = timeline(vec![message_at(1, DAY - MINUTE), message_at(2, DAY)]);
        assert_eq!(shape(&view), "day [m:1 day [m:2");
    }

    #[test]
    fn the_new_line_stands_before_the_first_unread_message_only() {
        let mut view = timeline(vec![message_at(1, 0), message_at(2, 1), message_at(3, 2)]);
        view.head.first_unread = Some(RoomSeq(2));
        view.head.unread_at_open = 2;
        assert_eq!(shape(&view), "day [m:1 new2 [m:2 m:3");
        view.items.remove(1);
        assert_eq!(shape(&view), "day [m:1 m:3");
    }

    #[test]
    fn the_new_line_stands_before_a_gap_that_hides_the_first_unread_message() {
        let gap = TimelineItem::Gap { key: "g".to_owned(), from: RoomSeq(2), to: RoomSeq(9), loading: true };
        let mut view = timeline(vec![message_at(1, 0), gap, message_at(10, 1)]);
        view.head.first_unread = Some(RoomSeq(3));
        view.head.unread_at_open = 8;
        assert_eq!(shape(&view), "day [m:1 new8 gap8 day [m:10");
    }

    #[test]
    fn a_gap_says_how_much_is_missing_and_ends_the_group() {
        let gap = TimelineItem::Gap { key: "g".to_owned(), from: RoomSeq(2), to: RoomSeq(9), loading: false };
        let view = timeline(vec![message_at(1, 0), gap, message_at(10, 1)]);
        assert_eq!(shape(&view), "day [m:1 gap8 day [m:10");
    }
}
