//! Typing as tables: how often it is said, when it is over, and that a message ends it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use bedside_core::sync::{Effect, Event, SocketEnd, SocketId, Timer, Wait};
use bedside_protocol::feed::{Change, ClientFrame, ServerFrame};
use bedside_protocol::{AccountId, MessageId, RoomId, limits};

use bench::{ANA, Bench, DREW, message, row, started};

const ROOM: RoomId = RoomId(1);
const ELSEWHERE: RoomId = RoomId(2);

/// Where, and whether one types.
type Word = (RoomId, bool);

/// What is said of one's own typing, in order.
fn said(effects: &[Effect]) -> Vec<(RoomId, bool)> {
    let said = |effect: &Effect| match effect {
        Effect::SendFrame(_, ClientFrame::Typing { room_id, typing }) => Some((*room_id, *typing)),
        _ => None,
    };
    effects.iter().filter_map(said).collect()
}

impl Bench {
    /// So many milliseconds after the beginning the composer says this.
    fn composer(&mut self, at: i64, room_id: RoomId, typing: bool) -> Vec<(RoomId, bool)> {
        self.now.0 = bench::START.0 + at;
        said(&self.give(Event::Typing { room_id, typing }))
    }

    fn hears(&mut self, socket: SocketId, account_id: AccountId, typing: bool) -> Vec<Effect> {
        self.frame(socket, ServerFrame::Typing { room_id: ROOM, account_id, typing })
    }

    fn shows(&self) -> bool {
        self.machine.others().typing.contains(&ROOM)
    }
}

fn arrives(bench: &mut Bench, socket: SocketId, change: &bedside_protocol::wire::Message) -> Vec<Effect> {
    bench.events(socket, vec![Change::Message { message: Box::new(change.clone()) }])
}

#[test]
fn typing_is_said_at_most_so_often_and_stopped_once() {
    let every = i64::try_from(limits::TYPING_EVERY.as_millis()).unwrap();
    let (on, off) = ((ROOM, true), (ROOM, false));
    let table: &[(i64, Word, &[Word])] = &[
        (0, (ROOM, false), &[]),
        (0, (ROOM, true), &[on]),
        (100, (ROOM, true), &[]),
        (every - 1, (ROOM, true), &[]),
        (every, (ROOM, true), &[on]),
        (every + 500, (ROOM, false), &[off]),
        (every + 600, (ROOM, false), &[]),
        (every + 700, (ROOM, true), &[]),
        (2 * every, (ROOM, true), &[on]),
        (2 * every + 100, (ELSEWHERE, true), &[off, (ELSEWHERE, true)]),
        (2 * every + 200, (RoomId(99), true), &[]),
        (9 * every, (ELSEWHERE, false), &[]),
        (0, (ELSEWHERE, true), &[(ELSEWHERE, true)]),
    ];
    let (mut bench, _, _) = Bench::live(vec![]);
    for (at, (room, typing), expected) in table {
        assert_eq!(bench.composer(*at, *room, *typing), *expected, "at {at}, {room}, {typing}");
    }
}

#[test]
fn sending_stops_it_before_the_message_goes() {
    let (mut bench, _, _) = Bench::live(vec![]);
    bench.composer(0, ROOM, true);
    let effects = bench.give(Event::Enqueued(row(1, 1)));
    let frames: Vec<_> = effects.iter().filter(|effect| matches!(effect, Effect::SendFrame(..))).collect();
    assert!(matches!(frames[0], Effect::SendFrame(_, ClientFrame::Typing { typing: false, .. })));
    assert!(matches!(frames[1], Effect::SendFrame(_, ClientFrame::Send(_))));
}

#[test]
fn without_a_socket_nothing_is_said_nor_made_up_for() {
    let (mut limited, _) = Bench::limited(vec![]);
    assert!(limited.composer(0, ROOM, true).is_empty());
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.composer(0, ROOM, true);
    let lost = bench.give(Event::SocketClosed { socket, reason: SocketEnd::Lost });
    let again = bench.give(Event::Timer(Timer::Connect));
    let socket = bench::opened(&again);
    bench.give(Event::SocketOpened(socket));
    let welcomed = bench.frame(socket, bench::welcome());
    assert!(said(&lost).is_empty() && said(&welcomed).is_empty());
    assert_eq!(bench.composer(200, ROOM, true), [(ROOM, true)], "the new socket has heard nothing yet");
}

#[test]
fn the_others_typing_is_shown_until_it_is_said_to_be_over_or_nothing_more_is_heard() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let heard = bench.hears(socket, DREW, true);
    assert_eq!(started(&heard, Timer::Typing(ROOM)), Some(Wait::For(limits::TYPING_LASTS)));
    assert!(bench.shows());
    bench.hears(socket, DREW, false);
    assert!(!bench.shows());
    bench.hears(socket, DREW, true);
    bench.give(Event::Timer(Timer::Typing(ROOM)));
    assert!(!bench.shows());
    bench.hears(socket, ANA, true);
    assert!(!bench.shows(), "oneself at another device");
}

#[test]
fn their_message_ends_it_and_a_word_it_has_overtaken_changes_nothing() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.hears(socket, DREW, true);
    arrives(&mut bench, socket, &message(1, 1, DREW));
    assert!(!bench.shows());
    bench.now.0 += 900;
    bench.hears(socket, DREW, true);
    assert!(!bench.shows());
    bench.now.0 += 100;
    bench.hears(socket, DREW, true);
    assert!(bench.shows(), "they write on");
}

#[test]
fn only_a_new_message_of_theirs_ends_it() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let (theirs, own) = (message(1, 1, DREW), message(1, 2, ANA));
    let reacted = bedside_protocol::wire::Message { rev: bedside_protocol::Rev(9), ..theirs.clone() };
    arrives(&mut bench, socket, &theirs);
    bench.now.0 += 5_000;
    bench.hears(socket, DREW, true);
    let changes = [own, reacted].map(|message| Change::Message { message: Box::new(message) });
    let events = (2..).zip(changes).map(|(seq, change)| bedside_protocol::feed::FeedEvent {
        feed_seq: bedside_protocol::FeedSeq(seq),
        change,
    });
    bench.frame(socket, ServerFrame::Events { events: events.collect() });
    assert_eq!(theirs.id, MessageId(1_001));
    assert!(bench.shows());
}

#[test]
fn a_lost_socket_shows_nobody_typing() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.hears(socket, DREW, true);
    let lost = bench.give(Event::SocketClosed { socket, reason: SocketEnd::Lost });
    assert!(!bench.shows());
    assert!(lost.contains(&Effect::StopTimer(Timer::Typing(ROOM))));
}
