//! What is fetched page by page is written in few transactions, and late enough to be worth one; never out of order.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, RoomSync, SyncState};
use bedside_core::sync::{
    Answer, Call, CallId, Effect, Event, Failure, Focus, Range, Seen, SocketId, Timer, Wait,
};
use bedside_protocol::feed::Change;
use bedside_protocol::wire::{Message, MessagesPage, PageMessage};
use bedside_protocol::{Rev, RoomId, RoomSeq};

use bench::{Bench, DREW, calls, cursor, message, opened, started, state, welcome, written};

/// Both rooms lack their first messages.
fn lacking(each: i64) -> SyncState {
    let mut held = state();
    for room in &mut held.rooms {
        *room =
            RoomSync { last_seq: RoomSeq(each + 1), gaps: vec![(RoomSeq(1), RoomSeq(each))], ..room.clone() };
    }
    held
}

fn live(held: SyncState) -> (Bench, SocketId, Vec<Effect>) {
    Bench::live_from(held, cursor())
}

/// The one page that is asked for: whose, before which place, how many at most.
fn asked(effects: &[Effect]) -> Option<(CallId, i64, i64, u32)> {
    calls(effects).into_iter().find_map(|(id, call)| match call {
        Call::Messages { room_id, range: Range::Before(before), limit } => {
            Some((id, room_id.0, before.0, limit))
        }
        _ => None,
    })
}

/// Answers the page that is asked for, with all there is.
fn answer(bench: &mut Bench, effects: &[Effect]) -> Vec<Effect> {
    let (id, room, before, limit) = asked(effects).unwrap();
    let first = (before - i64::from(limit)).max(1);
    let page = |seq| PageMessage { message: message(room, seq, DREW), is_read: false };
    let page = MessagesPage {
        room_id: RoomId(room),
        messages: (first..before).map(page).collect(),
        has_more: first > 1,
        room_rev: Rev(1),
        last_seq: RoomSeq(before),
    };
    bench.answer(id, Answer::Messages(page))
}

fn messages(effects: &[Effect]) -> Vec<(i64, i64)> {
    let place = |message: Box<Message>| (message.room_id.0, message.room_seq.0);
    let held = |write| if let CacheWrite::Message(message) = write { Some(place(message)) } else { None };
    written(effects).into_iter().filter_map(held).collect()
}

fn groups(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Write(_))).count()
}

#[test]
fn pages_are_written_together_with_the_last_one() {
    let (mut bench, _, effects) = live(lacking(3));
    let first = answer(&mut bench, &effects);
    assert_eq!(messages(&first), [], "another page is under way");
    assert_eq!(started(&first, Timer::Keep), Some(Wait::For(Duration::from_millis(250))));
    let last = answer(&mut bench, &first);
    assert_eq!((messages(&last).len(), groups(&last)), (6, 1));
    assert!(last.contains(&Effect::StopTimer(Timer::Keep)));
    assert!(!bench.machine.status().backfilling);
}

#[test]
fn what_was_fetched_does_not_wait_for_a_slow_answer_nor_for_a_failure() {
    let (mut bench, _, effects) = live(lacking(3));
    let kept = answer(&mut bench, &effects);
    assert_eq!(messages(&bench.give(Event::Timer(Timer::Keep))).len(), 3);
    assert_eq!(messages(&answer(&mut bench, &kept)).len(), 3);

    let (mut bench, _, effects) = live(lacking(3));
    let kept = answer(&mut bench, &effects);
    let failed = bench.fail(asked(&kept).unwrap().0, Failure::Unknown);
    assert_eq!(messages(&failed).len(), 3, "a failure ends the wait");

    let (mut bench, _, effects) = live(lacking(3));
    answer(&mut bench, &effects);
    assert_eq!(messages(&bench.give(Event::Woke)).len(), 3, "so does a lost connection");
}

#[test]
fn what_is_on_screen_is_written_at_once() {
    let (mut bench, _, effects) = live(lacking(3));
    let (_, room, ..) = asked(&effects).unwrap();
    let displayed = Some(RoomSeq(4));
    bench.give(Event::Seen(Seen { room_id: Some(RoomId(room)), displayed, focus: Focus::Focused }));
    assert_eq!(messages(&answer(&mut bench, &effects)).len(), 3);
}

#[test]
fn a_thousand_messages_are_enough() {
    let (mut bench, _, mut effects) = live(lacking(1_200));
    for page in 1..=12 {
        effects = answer(&mut bench, &effects);
        let full = if page % 5 == 0 {
            1_000
        } else if page == 12 {
            400
        } else {
            0
        };
        assert_eq!(messages(&effects).len(), full, "page {page}");
    }
}

#[test]
fn an_event_that_comes_meanwhile_is_written_after_them_in_the_same_transaction() {
    let (mut bench, socket, effects) = live(lacking(3));
    answer(&mut bench, &effects);
    let news = bench.events(socket, vec![Change::Message { message: Box::new(message(2, 5, DREW)) }]);
    assert_eq!(groups(&news), 1);
    let places = messages(&news);
    assert_eq!((places.len(), places.last()), (4, Some(&(2, 5))));
    let cursor = written(&news).iter().position(|write| matches!(write, CacheWrite::Cursor(_)));
    assert_eq!(cursor, Some(written(&news).len() - 1));
}

#[test]
fn what_could_not_be_written_is_fetched_again() {
    let (mut bench, _, effects) = live(lacking(3));
    answer(&mut bench, &effects);
    assert_eq!(messages(&bench.give(Event::CacheFailed)), [], "memory is ahead of the disk");
    assert_eq!(bench.give(Event::Timer(Timer::Cache)), [Effect::Reload], "and stays unwritten");
    let effects = bench.give(Event::Loaded(lacking(3)));
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    let effects = bench.frame(socket, welcome());
    let again = answer(&mut bench, &effects);
    assert_eq!(messages(&answer(&mut bench, &again)).len(), 6);
}

#[test]
fn a_place_somebody_goes_to_is_fetched_with_what_is_around_it_before_all_else() {
    let (mut bench, _, effects) = live(lacking(5_000));
    let (_, first, ..) = asked(&effects).unwrap();
    let wanted = RoomId(3 - first);
    let none = bench.give(Event::PlaceWanted { room_id: wanted, seq: RoomSeq(1_000) });
    assert_eq!(asked(&none), None, "one call at a time");
    let next = answer(&mut bench, &effects);
    let (_, room, before, limit) = asked(&next).unwrap();
    assert_eq!((room, before, limit), (wanted.0, 1_101, 200));
    let after = answer(&mut bench, &next);
    assert!(asked(&after).unwrap().2 > 4_000, "then newest first again");
}
