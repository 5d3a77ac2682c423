//! How rooms are set up: the last wish wins, whatever happens on the way.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use bedside_core::cache_write::{CacheWrite, SyncState};
use bedside_core::sync::{Answer, Call, CallId, Effect, Event, Failure, Focus, Seen, Timer};
use bedside_protocol::feed::{Change, ServerFrame};
use bedside_protocol::wire::{Message, Mute, RoomFlags, SetFlags};
use bedside_protocol::{ErrorCode, Rev, RoomId, RoomSeq, Timestamp, WishNumber};

use bench::{ANA, Bench, DREW, calls, cursor, message, refused, rung, state, written};

const ROOM: RoomId = RoomId(1);
const PIN: SetFlags = SetFlags { pinned: Some(true), muted: None, archived: None, marked_unread: None };
const UNPIN: SetFlags = SetFlags { pinned: Some(false), ..PIN };
const UNREAD: SetFlags = SetFlags { pinned: None, muted: None, archived: None, marked_unread: Some(true) };
const PINNED: RoomFlags = RoomFlags {
    pinned: true,
    muted: Mute::Off,
    archived: bedside_protocol::wire::Archive::Off,
    marked_unread: false,
    rev: Rev(1),
};

fn kept(set: SetFlags) -> Event {
    numbered(set, 1)
}

fn numbered(set: SetFlags, number: i64) -> Event {
    Event::FlagsKept { room_id: ROOM, set, number: WishNumber(number) }
}

/// What is asked of the server.
fn asked(effects: &[Effect]) -> Vec<(CallId, SetFlags)> {
    let set = |(id, call)| if let Call::Flags { set, .. } = call { Some((id, set)) } else { None };
    calls(effects).into_iter().filter_map(set).collect()
}

fn settled(effects: &[Effect]) -> Vec<(SetFlags, Option<RoomFlags>)> {
    let settled = |write| match write {
        CacheWrite::FlagsSettled { set, flags, .. } => Some((set, flags)),
        _ => None,
    };
    written(effects).into_iter().filter_map(settled).collect()
}

fn looking() -> Event {
    Event::Seen(Seen { room_id: Some(ROOM), displayed: None, focus: Focus::Focused })
}

/// A cache in which the room is set up like this.
fn with(flags: RoomFlags, flags_wanted: SetFlags) -> SyncState {
    let mut state = state();
    (state.rooms[0].flags, state.rooms[0].flags_wanted) = (flags, flags_wanted);
    state
}

#[test]
fn a_wish_goes_at_once_and_what_is_wished_meanwhile_goes_next() {
    let (mut bench, _, _) = Bench::live(vec![]);
    let first = asked(&bench.give(kept(PIN)));
    assert_eq!(first.iter().map(|(_, set)| *set).collect::<Vec<_>>(), [PIN]);
    assert_eq!(asked(&bench.give(kept(UNPIN))), [], "one at a time");
    let effects = bench.answer(first[0].0, Answer::Flags(PINNED));
    assert_eq!(settled(&effects), [(PIN, Some(PINNED))]);
    assert_eq!(asked(&effects).iter().map(|(_, set)| *set).collect::<Vec<_>>(), [UNPIN]);
    assert!(!bench.machine.status().settled);
}

#[test]
fn a_wish_of_an_earlier_run_goes_when_connected_and_survives_failures() {
    let (mut bench, _, effects) = Bench::live_from(with(RoomFlags::default(), PIN), cursor());
    let (call, _) = asked(&effects)[0];
    let effects = bench.fail(call, Failure::Unknown);
    assert!(asked(&effects).is_empty() && settled(&effects).is_empty());
    let again = asked(&bench.give(Event::Timer(Timer::Flags(ROOM))));
    let effects = bench.answer(again[0].0, Answer::Flags(PINNED));
    assert_eq!(settled(&effects), [(PIN, Some(PINNED))]);
    assert!(bench.machine.status().settled);
}

#[test]
fn wishes_go_with_the_number_of_the_last_one_and_what_a_look_wishes_counts_on() {
    let marked = RoomFlags { marked_unread: true, rev: Rev(1), ..RoomFlags::default() };
    let mut before = with(marked, PIN);
    before.rooms[0].flags_number = WishNumber(6);
    let (mut bench, _, effects) = Bench::live_from(before, cursor());
    let number = |effects: &[Effect]| match calls(effects).first() {
        Some((id, Call::Flags { number, .. })) => (*id, number.get()),
        other => panic!("{other:?}"),
    };
    let (call, first) = number(&effects);
    assert_eq!(first, 6, "again, not anew");
    assert!(
        written(&bench.give(looking()))
            .iter()
            .any(|write| matches!(write, CacheWrite::FlagsWanted { number: WishNumber(7), .. }))
    );
    let (again, second) = number(&bench.answer(call, Answer::Flags(RoomFlags { pinned: true, ..marked })));
    bench.give(numbered(UNPIN, 8));
    let third = number(&bench.answer(again, Answer::Flags(RoomFlags { rev: Rev(3), ..PINNED })));
    assert_eq!((second, third.1), (7, 8));
}

#[test]
fn what_is_refused_is_forgotten() {
    let (mut bench, _, effects) = Bench::live_from(with(RoomFlags::default(), PIN), cursor());
    let effects = bench.fail(asked(&effects)[0].0, refused(ErrorCode::NotFound));
    assert_eq!(settled(&effects), [(PIN, None)]);
    assert!(bench.machine.status().settled);
}

#[test]
fn a_room_is_marked_unread_only_after_its_read_mark_has_arrived() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.events(socket, vec![Change::Message { message: Box::new(message(1, 1, DREW)) }]);
    let seen = Seen { room_id: Some(ROOM), displayed: Some(RoomSeq(1)), focus: Focus::Focused };
    bench.give(Event::Seen(seen));
    bench.give(Event::Seen(Seen::default()));
    assert_eq!(asked(&bench.give(kept(UNREAD))), []);
    let read_mark = bedside_protocol::wire::ReadMark {
        room_id: ROOM,
        account_id: ANA,
        up_to: RoomSeq(1),
        delivered_to: RoomSeq(1),
        marked_unread: false,
        rev: Rev(3),
    };
    let event = bedside_protocol::feed::FeedEvent {
        feed_seq: bedside_protocol::FeedSeq(2),
        change: Change::ReadMark { read_mark },
    };
    let effects = bench.frame(socket, ServerFrame::Events { events: vec![event] });
    assert_eq!(asked(&effects).len(), 1);
}

#[test]
fn whoever_begins_to_look_at_a_room_marked_unread_takes_the_mark_away() {
    let marked = RoomFlags { marked_unread: true, rev: Rev(1), ..RoomFlags::default() };
    let (mut bench, _, _) = Bench::live_from(with(marked, SetFlags::default()), cursor());
    let unmark = SetFlags { marked_unread: Some(false), ..SetFlags::default() };
    let effects = bench.give(looking());
    assert!(written(&effects).contains(&CacheWrite::FlagsWanted {
        room_id: ROOM,
        set: unmark,
        number: WishNumber(1)
    }));
    let (call, set) = asked(&effects)[0];
    assert_eq!(set, unmark);
    bench.answer(call, Answer::Flags(RoomFlags { rev: Rev(2), ..RoomFlags::default() }));
    bench.give(kept(UNREAD));
    assert!(written(&bench.give(looking())).is_empty(), "whoever looks on has not begun to look");
}

#[test]
fn a_muted_room_rings_for_what_is_urgent_and_again_once_its_time_is_over() {
    let muted = RoomFlags { muted: Mute::Until(Timestamp(bench::START.0 + 10)), ..PINNED };
    let (mut bench, socket, _) = Bench::live_from(with(muted, SetFlags::default()), cursor());
    let everyday = |seq| Change::Message { message: Box::new(message(1, seq, DREW)) };
    let urgent = Message { urgent: true, ..message(1, 2, DREW) };
    assert_eq!(rung(&bench.events(socket, vec![everyday(1)])), []);
    let urgent_id = urgent.id;
    let changes = vec![everyday(1), Change::Message { message: Box::new(urgent) }];
    assert_eq!(rung(&bench.events(socket, changes)), [urgent_id]);
    bench.now = Timestamp(bench::START.0 + 10);
    let rung_late = rung(&bench.events(socket, vec![everyday(1), everyday(2), everyday(3)]));
    assert_eq!(rung_late, [message(1, 3, DREW).id]);
}

#[test]
fn a_wish_to_mute_silences_before_the_server_knows() {
    let set = SetFlags { muted: Some(Mute::Forever), ..SetFlags::default() };
    let (mut bench, socket, _) = Bench::live_from(with(RoomFlags::default(), set), cursor());
    let news = Change::Message { message: Box::new(message(1, 1, DREW)) };
    assert_eq!(rung(&bench.events(socket, vec![news])), []);
}
