//! Rule 6: what waits too long is said not to be received, in time, and only when that is certain.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, OutboxState, ParkReason, RoomSync, SyncState};
use bedside_core::sync::{Effect, Event, Timer, Wait};
use bedside_protocol::feed::Change;
use bedside_protocol::wire::Message;
use bedside_protocol::{FeedSeq, RoomSeq, Timestamp};

use bench::{
    ANA, Bench, HOUR, START, cursor, id, message, opened, parked, row, sent, started, state, welcome, written,
};

/// A message handed over in an earlier life of the program, whose answer was lost.
fn offered(position: i64, room: i64) -> bedside_core::cache_write::OutboxRow {
    bedside_core::cache_write::OutboxRow { offered: true, ..row(position, room) }
}

fn late(mut state: SyncState) -> SyncState {
    for row in &mut state.outbox {
        row.composed_at = Timestamp(START.0 - 4 * HOUR - 1);
    }
    state
}

#[test]
fn a_message_that_waited_too_long_is_parked_before_it_is_sent_and_holds_its_room() {
    let mut fresh = row(2, 1);
    fresh.composed_at = Timestamp(START.0 + 4 * HOUR);
    let (mut bench, first) = Bench::with(vec![row(1, 1), fresh]);
    bench.now = Timestamp(START.0 + 4 * HOUR + 1);
    let socket = opened(&first);
    bench.give(Event::SocketOpened(socket));
    let effects = bench.frame(socket, welcome());
    assert_eq!((parked(&effects), sent(&effects)), (vec![(id(1), ParkReason::Stale)], vec![]));
    let at = bench.now;
    let effects = bench.give(Event::Confirmed { client_id: id(1), at });
    assert_eq!(sent(&effects), [id(1)]);
}

#[test]
fn offline_too_it_is_said_in_time_that_nothing_was_received() {
    let (mut bench, _) = Bench::with(vec![]);
    let effects = bench.give(Event::Enqueued(row(1, 1)));
    let watched = effects.iter().any(|e| matches!(e, Effect::StartTimer(Timer::Stale, _)));
    assert!(watched);
    bench.now = Timestamp(START.0 + 4 * HOUR + 1);
    let effects = bench.give(Event::Timer(Timer::Stale));
    assert_eq!(parked(&effects), [(id(1), ParkReason::Stale)]);
}

#[test]
fn what_the_server_may_have_is_called_stale_only_once_the_feed_is_caught_up() {
    let mut maybe = row(1, 1);
    maybe.state = OutboxState::Sending;
    let (mut bench, _) = Bench::with(vec![maybe]);
    bench.now = Timestamp(START.0 + 4 * HOUR + 1);
    assert_eq!(parked(&bench.give(Event::Timer(Timer::Stale))), []);
}

#[test]
fn what_was_overdue_when_the_program_starts_is_said_at_once_though_nothing_is_connected() {
    let (_, effects) = Bench::from(late(SyncState { outbox: vec![row(1, 1)], ..state() }));
    assert_eq!(parked(&effects), [(id(1), ParkReason::Stale)]);
}

#[test]
fn what_is_not_yet_overdue_when_the_program_starts_is_watched_behind_what_is() {
    let mut held = late(SyncState { outbox: vec![offered(1, 1)], ..state() });
    held.outbox.push(row(2, 2));
    let (_, effects) = Bench::from(held);
    assert_eq!(parked(&effects), []);
    let watched = Wait::For(Duration::from_millis(4 * HOUR as u64 + 1));
    assert_eq!(started(&effects, Timer::Stale), Some(watched));
}

#[test]
fn a_message_the_server_has_is_not_said_to_be_lost_before_the_feed_was_heard() {
    let held = late(SyncState { outbox: vec![offered(1, 1)], ..state() });
    let head = bedside_protocol::Cursor { feed_seq: FeedSeq(1), ..cursor() };
    let (mut bench, socket, effects) = Bench::live_from(held, head);
    assert_eq!((parked(&effects), sent(&effects)), (vec![], vec![]));
    let there = Message { client_id: Some(id(1)), ..message(1, 1, ANA) };
    let effects = bench.events(socket, vec![Change::Message { message: Box::new(there) }]);
    assert_eq!(parked(&effects), []);
    assert_eq!(bench.machine.status().waiting, 0);
}

#[test]
fn a_message_the_server_lacks_is_said_to_be_lost_once_the_feed_was_heard() {
    let (_, _, effects) = Bench::live(late(SyncState { outbox: vec![offered(1, 1)], ..state() }).outbox);
    assert_eq!(parked(&effects), [(id(1), ParkReason::Stale)]);
}

#[test]
fn while_a_gap_may_hide_it_nothing_is_said() {
    let mut held = late(SyncState { outbox: vec![offered(1, 1)], ..state() });
    held.rooms[0] =
        RoomSync { last_seq: RoomSeq(3), gaps: vec![(RoomSeq(1), RoomSeq(2))], ..held.rooms[0].clone() };
    let (_, _, effects) = Bench::live_from(held, cursor());
    assert_eq!((parked(&effects), sent(&effects)), (vec![], vec![]));
}

#[test]
fn a_limit_the_server_has_changed_is_kept_and_counts_from_then() {
    let (mut bench, effects) = Bench::from(SyncState { outbox: vec![row(1, 1)], ..state() });
    bench.now = Timestamp(START.0 + 2 * HOUR);
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    let mut shorter = welcome();
    if let bedside_protocol::feed::ServerFrame::Welcome { stale_after_ms, .. } = &mut shorter {
        *stale_after_ms = HOUR as u64;
    }
    let effects = bench.frame(socket, shorter);
    assert!(written(&effects).contains(&CacheWrite::StaleAfter(Duration::from_millis(HOUR as u64))));
    assert_eq!((parked(&effects), sent(&effects)), (vec![(id(1), ParkReason::Stale)], vec![]));
}

#[test]
fn a_limit_heard_in_an_earlier_life_counts_at_once() {
    let limit = Some(Duration::from_millis(HOUR as u64));
    let (mut bench, effects) =
        Bench::from(SyncState { outbox: vec![row(1, 1)], stale_after: limit, ..state() });
    assert_eq!(started(&effects, Timer::Stale), Some(Wait::For(Duration::from_millis(HOUR as u64 + 1))));
    bench.now = Timestamp(START.0 + HOUR + 1);
    assert_eq!(parked(&bench.give(Event::Timer(Timer::Stale))), [(id(1), ParkReason::Stale)]);
}
