//! What a pair has written so far: scenes strung together over the past weeks, and how far each has read.

use bedside_protocol::Timestamp;
use bedside_protocol::wire::Role;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::cast::stream;
use super::scenes::{SCENES, Says, Scene};

const CONVERSATION_STREAM: u64 = 0x0063_6e76;
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
/// However many messages there are, they fit into this many days.
const SPAN_DAYS: i64 = 500;

/// One message of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) from: Role,
    pub(crate) text: &'static str,
    pub(crate) at: Timestamp,
    pub(crate) urgent: bool,
}

/// A room's past. Places count from 1, as in `room_seq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conversation {
    pub(crate) lines: Vec<Line>,
    pub(crate) patient_read: i64,
    pub(crate) practitioner_read: i64,
}

/// The conversation of a room with so many messages, the newest before `now`.
pub(crate) fn converse(seed: u64, room: u32, messages: u32, now: Timestamp) -> Conversation {
    let mut draw = stream(seed, CONVERSATION_STREAM, room);
    let scenes = script(&mut draw, messages);
    let mut lines = timed(&mut draw, scenes, room, now);
    lines.sort_by_key(|line| line.at);
    let last = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let trailing = |role| lines.iter().rev().take_while(|line| line.from == role).count();
    let mut unread_of = |author| {
        let fresh = i64::try_from(trailing(author)).unwrap_or(0);
        if fresh > 0 && draw.random_ratio(2, 5) { last - draw.random_range(1..=fresh) } else { last }
    };
    let practitioner_read = unread_of(Role::Patient);
    let patient_read = unread_of(Role::Practitioner);
    Conversation { lines, patient_read, practitioner_read }
}

/// Scenes in random order, again and again, until there are enough lines; the last one may break off.
fn script(draw: &mut StdRng, messages: u32) -> Vec<Scene> {
    let mut left = usize::try_from(messages).unwrap_or(usize::MAX);
    let mut deck: Vec<Scene> = Vec::new();
    let mut scenes = Vec::new();
    while left > 0 {
        if deck.is_empty() {
            deck = SCENES.to_vec();
            deck.shuffle(draw);
        }
        let Some(scene) = deck.pop() else { break };
        let scene = scene.get(..left.min(scene.len())).unwrap_or(scene);
        left -= scene.len();
        scenes.push(scene);
    }
    scenes
}

/// Gives each line its moment, from the newest scene back.
fn timed(draw: &mut StdRng, scenes: Vec<Scene>, room: u32, now: Timestamp) -> Vec<Line> {
    let count = i64::try_from(scenes.len()).unwrap_or(i64::MAX).max(1);
    let longest_gap = (SPAN_DAYS * DAY_MS / count).clamp(1_000, 5 * DAY_MS);
    // The first rooms are the freshest, as in a list sorted by the last message.
    let mut end = now.millis() - (4 + i64::from(room.min(400)) * draw.random_range(7..45)) * MINUTE_MS;
    let mut lines = Vec::new();
    for scene in scenes.into_iter().rev() {
        let mut at = end;
        for (says, text) in scene.iter().rev() {
            lines.push(line(*says, text, at));
            at -= draw.random_range(MINUTE_MS / 2..25 * MINUTE_MS).min(longest_gap);
        }
        end = in_daytime(at - draw.random_range(longest_gap / 4..=longest_gap), longest_gap);
    }
    lines
}

fn line(says: Says, text: &'static str, at: i64) -> Line {
    let from = match says {
        Says::Patient | Says::PatientUrgently => Role::Patient,
        Says::Practitioner => Role::Practitioner,
    };
    Line { from, text, at: Timestamp(at), urgent: says == Says::PatientUrgently }
}

/// Nobody writes at four in the morning: moves a night's exchange to the evening before. Where scenes follow each
/// other more closely than days, order matters more than the hour.
fn in_daytime(at: i64, longest_gap: i64) -> i64 {
    let since_midnight = at.rem_euclid(DAY_MS);
    let morning = 8 * 60 * MINUTE_MS;
    if longest_gap < DAY_MS || since_midnight >= morning { at } else { at - morning }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_363_200_000);

    #[test]
    fn a_conversation_has_exactly_as_many_messages_as_asked_for() {
        for messages in [0, 1, 2, 7, 50, 3_000] {
            let lines = converse(1, 3, messages, NOW).lines;
            assert_eq!(lines.len(), usize::try_from(messages).unwrap());
        }
    }

    #[test]
    fn messages_lie_in_the_past_and_in_order() {
        for (room, messages) in [(0, 40), (7, 200), (399, 20_000)] {
            let lines = converse(1, room, messages, NOW).lines;
            assert!(lines.is_sorted_by_key(|line| line.at));
            assert!(lines.iter().all(|line| line.at < NOW && line.at.millis() > NOW.millis() - 700 * DAY_MS));
        }
    }

    #[test]
    fn nobody_has_read_beyond_the_end_and_some_have_something_unread() {
        let rooms: Vec<_> = (0..60).map(|room| converse(1, room, 20, NOW)).collect();
        assert!(rooms.iter().all(|room| room.patient_read <= 20 && room.practitioner_read <= 20));
        assert!(rooms.iter().any(|room| room.practitioner_read < 20));
        assert!(rooms.iter().any(|room| room.patient_read < 20));
        assert!(rooms.iter().any(|room| room.practitioner_read == 20 && room.patient_read == 20));
    }

    #[test]
    fn every_line_is_normalised_text() {
        for (_, text) in SCENES.iter().flat_map(|scene| scene.iter()) {
            assert_eq!(bedside_protocol::text::normalize_message(text).as_deref(), Ok(*text));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_conversation() {
        assert_eq!(converse(5, 9, 33, NOW), converse(5, 9, 33, NOW));
        assert_ne!(converse(5, 9, 33, NOW), converse(6, 9, 33, NOW));
    }
}
