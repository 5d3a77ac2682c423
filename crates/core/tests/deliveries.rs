//! What a device has stored is said once, when it is on the disk, and only if nothing says it already.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod bench;

use bedside_core::cache_write::{RoomSync, SyncState};
use bedside_core::sync::{Answer, Call, Effect, Event, Focus, Seen, Timer};
use bedside_protocol::feed::{Change, ClientFrame};
use bedside_protocol::wire::{MessagesPage, PageMessage, ReadMark};
use bedside_protocol::{ErrorCode, Rev, RoomId, RoomSeq};

use bench::{ANA, Bench, DREW, calls, cursor, message, refused, started, state};

/// What is said to be stored, by socket or by HTTP.
fn said(effects: &[Effect]) -> Vec<(i64, i64)> {
    let said = |effect: &Effect| match effect {
        Effect::SendFrame(_, ClientFrame::Delivered { room_id, up_to })
        | Effect::Http(_, Call::Delivered { room_id, up_to }) => Some((room_id.0, up_to.0)),
        _ => None,
    };
    effects.iter().filter_map(said).collect()
}

fn arrives(room: i64, seq: i64, author: bedside_protocol::AccountId) -> Change {
    Change::Message { message: Box::new(message(room, seq, author)) }
}

fn gathered(bench: &mut Bench) -> Vec<Effect> {
    bench.give(Event::Timer(Timer::Gathered))
}

fn mark(delivered_to: i64) -> ReadMark {
    ReadMark {
        room_id: RoomId(1),
        account_id: ANA,
        up_to: RoomSeq(0),
        delivered_to: RoomSeq(delivered_to),
        marked_unread: false,
        rev: Rev(90),
    }
}

#[test]
fn what_arrives_together_is_said_once_for_each_room() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let effects = bench.events(socket, vec![arrives(1, 1, DREW), arrives(1, 2, DREW), arrives(2, 1, DREW)]);
    assert_eq!(said(&effects), [], "not before the disk has it");
    assert!(started(&effects, Timer::Gathered).is_some());
    assert_eq!(said(&gathered(&mut bench)), [(1, 2), (2, 1)]);
    assert_eq!(said(&gathered(&mut bench)), [], "once");
    assert!(!bench.machine.status().settled, "until the server has it");
}

#[test]
fn ones_own_messages_are_delivered_to_nobody() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let effects = bench.events(socket, vec![arrives(1, 1, ANA)]);
    assert!(started(&effects, Timer::Gathered).is_none());
    assert!(bench.machine.status().settled);
}

#[test]
fn what_is_read_meanwhile_need_not_be_said() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.events(socket, vec![arrives(1, 1, DREW)]);
    let seen = Seen { room_id: Some(RoomId(1)), displayed: Some(RoomSeq(1)), focus: Focus::Focused };
    bench.give(Event::Seen(seen));
    assert_eq!(said(&gathered(&mut bench)), []);
}

#[test]
fn what_another_device_has_said_is_not_said_again() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.events(socket, vec![arrives(1, 1, DREW), Change::ReadMark { read_mark: mark(1) }]);
    assert_eq!(said(&gathered(&mut bench)), []);
    assert!(bench.machine.status().settled);
}

#[test]
fn nothing_is_said_of_what_lies_behind_a_gap_before_the_gap_is_filled() {
    let mut held = state();
    let stretch = (RoomSeq(1), RoomSeq(2));
    held.rooms[0] = RoomSync {
        last_seq: RoomSeq(3),
        theirs_held: RoomSeq(3),
        gaps: vec![stretch],
        ..held.rooms[0].clone()
    };
    let (mut bench, _, effects) = Bench::live_from(held, cursor());
    assert_eq!(said(&gathered(&mut bench)), []);
    let messages = [1, 2].map(|seq| PageMessage { message: message(1, seq, DREW), is_read: false }).to_vec();
    let page = MessagesPage {
        room_id: RoomId(1),
        messages,
        has_more: false,
        room_rev: Rev(1),
        last_seq: RoomSeq(3),
    };
    let (call, _) = calls(&effects).into_iter().find(|(_, c)| matches!(c, Call::Messages { .. })).unwrap();
    bench.answer(call, Answer::Messages(page));
    assert_eq!(said(&gathered(&mut bench)), [(1, 3)]);
}

#[test]
fn older_history_that_is_filled_in_says_nothing() {
    let mut held = state();
    held.rooms[0] = RoomSync {
        last_seq: RoomSeq(9),
        delivered_confirmed: RoomSeq(9),
        gaps: vec![(RoomSeq(1), RoomSeq(2))],
        ..held.rooms[0].clone()
    };
    let (mut bench, _, effects) = Bench::live_from(held, cursor());
    let messages = [1, 2].map(|seq| PageMessage { message: message(1, seq, DREW), is_read: false }).to_vec();
    let page = MessagesPage {
        room_id: RoomId(1),
        messages,
        has_more: false,
        room_rev: Rev(1),
        last_seq: RoomSeq(9),
    };
    let (call, _) = calls(&effects).into_iter().find(|(_, c)| matches!(c, Call::Messages { .. })).unwrap();
    let effects = bench.answer(call, Answer::Messages(page));
    assert!(started(&effects, Timer::Gathered).is_none());
}

#[test]
fn what_the_server_was_not_told_before_the_end_is_told_at_the_next_start() {
    let mut held = state();
    held.rooms[0] = RoomSync { last_seq: RoomSeq(3), theirs_held: RoomSeq(3), ..held.rooms[0].clone() };
    let (mut bench, _, _) = Bench::live_from(held, cursor());
    assert_eq!(said(&gathered(&mut bench)), [(1, 3)]);
}

#[test]
fn what_the_socket_does_not_confirm_is_asked_by_http() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.events(socket, vec![arrives(1, 1, DREW)]);
    gathered(&mut bench);
    let effects = bench.give(Event::Timer(Timer::Delivered(RoomId(1))));
    let (call, _) = calls(&effects).into_iter().find(|(_, c)| matches!(c, Call::Delivered { .. })).unwrap();
    bench.answer(call, Answer::Read(mark(1)));
    assert!(bench.machine.status().settled);
}

#[test]
fn a_server_that_knows_no_such_mark_is_not_asked_for_ever() {
    let (mut bench, effects) = Bench::limited(vec![]);
    let poll = calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::Feed { .. })).unwrap().0;
    let events = (1..).zip([arrives(1, 1, DREW)]);
    let events = events.map(|(seq, change)| bedside_protocol::feed::FeedEvent {
        feed_seq: bedside_protocol::FeedSeq(seq),
        change,
    });
    let page = bedside_protocol::feed::FeedPage {
        head: bedside_protocol::FeedSeq(1),
        events: events.collect(),
        ..Bench::nothing_new()
    };
    bench.answer(poll, Answer::Feed(page));
    let effects = gathered(&mut bench);
    let (call, _) = calls(&effects).into_iter().find(|(_, c)| matches!(c, Call::Delivered { .. })).unwrap();
    let effects = bench.fail(call, refused(ErrorCode::NotFound));
    assert_eq!(said(&effects), []);
    assert!(bench.machine.status().settled);
    assert_eq!(said(&gathered(&mut bench)), []);
}

#[test]
fn after_a_long_absence_the_rooms_are_said_a_few_at_a_time() {
    let rooms = (1..=40).map(|room| RoomSync {
        room_id: RoomId(room),
        last_seq: RoomSeq(1),
        theirs_held: RoomSeq(1),
        ..state().rooms[0].clone()
    });
    let held = SyncState { rooms: rooms.collect(), ..state() };
    let (mut bench, socket, _) = Bench::live_from(held, cursor());
    let first = said(&gathered(&mut bench)).len();
    assert!(first < 40, "{first}");
    let landed = Change::ReadMark { read_mark: mark(1) };
    assert_eq!(said(&bench.events(socket, vec![landed])).len(), 1, "the next as soon as one has landed");
}
