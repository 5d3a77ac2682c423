//! When shared drafts are asked for and put, as a table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod bench;

use bedside_core::cache_write::{CacheWrite, DraftsSync, Sharing, SyncState};
use bedside_core::sync::{Answer, Call, CallId, Effect, Event, Failure, Haste, SocketId, Timer};
use bedside_protocol::feed::Change;
use bedside_protocol::wire::{DraftAnswer, DraftContent, DraftText, Drafts, SharedDraft};
use bedside_protocol::{ErrorCode, Rev, RoomId, Timestamp};

use bench::{Bench, calls, cursor, refused, row, started, state, written};

const ROOM: RoomId = RoomId(1);

fn draft(version: i64) -> SharedDraft {
    SharedDraft {
        room_id: ROOM,
        version: Rev(version),
        content: DraftContent { draft: DraftText { text: "x".into(), reply_to: None }, other: None },
        device_id: None,
        written_at: Timestamp(0),
        withdrawn: false,
    }
}

fn page(drafts: Vec<SharedDraft>) -> Answer {
    Answer::Drafts(Drafts { drafts, has_more: false })
}

fn stored(kept: bool) -> Answer {
    Answer::Draft(Some(Box::new(DraftAnswer { draft: draft(2), kept })))
}

fn held(sharing: Sharing, rooms: Vec<RoomId>) -> SyncState {
    SyncState { drafts: DraftsSync { sharing, rooms }, ..state() }
}

/// What is to be put.
fn put(effects: &[Effect]) -> Vec<(CallId, RoomId)> {
    let put = |e: &Effect| if let Effect::PutDraft(id, room) = e { Some((*id, *room)) } else { None };
    effects.iter().filter_map(put).collect()
}

fn asked(effects: &[Effect], call: &Call) -> Vec<CallId> {
    calls(effects).into_iter().filter(|(_, made)| made == call).map(|(id, _)| id).collect()
}

const LIST: Call = Call::Drafts { after_room: None };

/// Connected, sharing, and told what the server has: nothing.
fn sharing(rooms: Vec<RoomId>) -> (Bench, SocketId, Vec<Effect>) {
    let (mut bench, socket, effects) = Bench::live_from(held(Sharing::On, rooms), cursor());
    let effects = bench.answer(asked(&effects, &LIST)[0], page(vec![]));
    (bench, socket, effects)
}

fn kept(haste: Haste) -> Event {
    Event::DraftKept { room_id: ROOM, haste }
}

#[test]
fn who_shares_nothing_asks_and_puts_nothing() {
    let (mut bench, socket, effects) = Bench::live(vec![]);
    assert_eq!(asked(&effects, &LIST), []);
    assert_eq!(put(&bench.give(kept(Haste::Now))), []);
    let effects = bench.events(socket, vec![Change::Draft { draft: Box::new(draft(1)) }]);
    assert!(!written(&effects).iter().any(|write| matches!(write, CacheWrite::Draft(_))));
    assert!(bench.machine.status().settled);
}

#[test]
fn nothing_is_put_before_it_is_known_what_the_server_has() {
    let (mut bench, _, effects) = Bench::live_from(held(Sharing::On, vec![ROOM]), cursor());
    assert_eq!(put(&effects), []);
    let effects = bench.answer(asked(&effects, &LIST)[0], page(vec![draft(1)]));
    assert_eq!(written(&effects), [CacheWrite::Draft(Box::new(draft(1))), CacheWrite::DraftsListed]);
    assert_eq!(put(&effects).iter().map(|(_, room)| *room).collect::<Vec<_>>(), [ROOM]);
    bench.answer(put(&effects)[0].0, stored(true));
    assert!(bench.machine.status().settled);
}

#[test]
fn what_is_typed_is_put_once_after_a_while_and_what_was_sent_at_once() {
    let (mut bench, _, _) = sharing(vec![]);
    let effects = bench.give(kept(Haste::Soon));
    assert_eq!(put(&effects), []);
    assert!(started(&effects, Timer::Draft(ROOM)).is_some());
    assert!(started(&bench.give(kept(Haste::Soon)), Timer::Draft(ROOM)).is_none(), "the clock runs");
    assert_eq!(put(&bench.give(Event::Timer(Timer::Draft(ROOM)))).len(), 1);
    assert_eq!(put(&bench.give(kept(Haste::Soon))), [], "one at a time");

    let (mut bench, _, _) = sharing(vec![]);
    bench.give(kept(Haste::Soon));
    assert_eq!(put(&bench.give(Event::Enqueued(row(1, 1)))).len(), 1);
}

#[test]
fn what_was_typed_meanwhile_is_put_next() {
    let (mut bench, _, _) = sharing(vec![]);
    let call = put(&bench.give(kept(Haste::Now)))[0].0;
    bench.give(kept(Haste::Soon));
    let effects = bench.answer(call, stored(true));
    assert!(started(&effects, Timer::Draft(ROOM)).is_some());
    assert!(!bench.machine.status().settled);
    let call = put(&bench.give(Event::Timer(Timer::Draft(ROOM))))[0].0;
    bench.answer(call, Answer::Draft(None));
    assert!(bench.machine.status().settled);
}

#[test]
fn where_another_device_was_first_it_is_tried_again_with_what_became_of_both() {
    let (mut bench, _, effects) = sharing(vec![ROOM]);
    let effects = bench.answer(put(&effects)[0].0, stored(false));
    assert_eq!(written(&effects), [CacheWrite::Draft(Box::new(draft(2)))]);
    assert!(started(&effects, Timer::Draft(ROOM)).is_some());
    assert_eq!(put(&bench.give(Event::Timer(Timer::Draft(ROOM)))).len(), 1);
}

#[test]
fn a_failure_is_made_up_for_and_a_refusal_is_the_end_of_it() {
    let (mut bench, _, effects) = sharing(vec![ROOM]);
    let effects = bench.fail(put(&effects)[0].0, Failure::Unknown);
    assert!(started(&effects, Timer::Draft(ROOM)).is_some());
    let effects = bench.give(Event::Timer(Timer::Draft(ROOM)));
    bench.fail(put(&effects)[0].0, refused(ErrorCode::Forbidden));
    assert!(bench.machine.status().settled);
    assert_eq!(put(&bench.give(kept(Haste::Now))).len(), 1, "until something is written");
}

#[test]
fn an_older_server_is_asked_once_a_connection_and_nothing_is_put() {
    let (mut bench, _, effects) = Bench::live_from(held(Sharing::On, vec![ROOM]), cursor());
    let effects = bench.fail(asked(&effects, &LIST)[0], refused(ErrorCode::NotFound));
    assert_eq!(put(&effects), []);
    assert_eq!(put(&bench.give(kept(Haste::Now))), []);
}

#[test]
fn what_another_device_puts_is_taken_in_and_looked_at() {
    let (mut bench, socket, _) = sharing(vec![]);
    let effects = bench.events(socket, vec![Change::Draft { draft: Box::new(draft(3)) }]);
    assert!(written(&effects).contains(&CacheWrite::Draft(Box::new(draft(3)))));
    assert_eq!(put(&effects).len(), 1, "both may have changed");
}

#[test]
fn who_stops_sharing_takes_out_what_the_server_has_once_nothing_is_under_way() {
    let (mut bench, _, effects) = sharing(vec![ROOM]);
    let flying = put(&effects)[0].0;
    let effects = bench.give(Event::DraftSharing(DraftsSync { sharing: Sharing::Leaving, rooms: vec![] }));
    assert_eq!(asked(&effects, &Call::WithdrawDrafts), [], "it would arrive after that");
    let effects = bench.answer(flying, stored(true));
    assert!(written(&effects).is_empty());
    let call = asked(&effects, &Call::WithdrawDrafts)[0];
    let effects = bench.fail(call, Failure::Unknown);
    assert!(started(&effects, Timer::Drafts).is_some() && !bench.machine.status().settled);
    let effects = bench.give(Event::Timer(Timer::Drafts));
    let effects = bench.answer(asked(&effects, &Call::WithdrawDrafts)[0], page(vec![]));
    assert_eq!(written(&effects), [CacheWrite::DraftsWithdrawn]);
    assert!(bench.machine.status().settled);
}

#[test]
fn who_thinks_better_of_it_asks_anew_what_the_server_has() {
    let (mut bench, _, _) = sharing(vec![]);
    let effects = bench.give(Event::DraftSharing(DraftsSync { sharing: Sharing::Leaving, rooms: vec![] }));
    let call = asked(&effects, &Call::WithdrawDrafts)[0];
    bench.give(Event::DraftSharing(DraftsSync { sharing: Sharing::On, rooms: vec![ROOM] }));
    assert_eq!(asked(&bench.answer(call, page(vec![])), &LIST).len(), 1);
}
