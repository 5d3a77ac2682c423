//! Changes of messages as tables: what goes when, what is sent again, what is given back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, ChangeRow, ChangeStep, SyncState};
use bedside_core::sync::{Answer, Call, CallId, Effect, Event, Failure, Timer, Wait};
use bedside_protocol::feed::{ClientFrame, ServerFrame};
use bedside_protocol::ipc::ConnectionMode;
use bedside_protocol::wire::MessageChange;
use bedside_protocol::{ClientId, ErrorCode, MessageId, RoomId};

use bench::{ANA, Bench, calls, cursor, id, message, opened, refused, row, sent, state, welcome, written};

/// An edit of the room's first message.
fn edit(position: i64, room: i64) -> ChangeRow {
    ChangeRow {
        position,
        client_id: id(100 + position),
        room_id: RoomId(room),
        message_id: MessageId(room * 1_000 + 1),
        change: MessageChange::Edit { message: format!("text {position}") },
        state: ChangeStep::Queued,
        offered: false,
        again: false,
        behind: None,
    }
}

fn reaction(position: i64, room: i64) -> ChangeRow {
    let change = MessageChange::React { emoji: "👍".to_owned(), on: true };
    ChangeRow { change, ..edit(position, room) }
}

fn holding(changes: Vec<ChangeRow>) -> SyncState {
    SyncState { changes, ..state() }
}

/// Changes handed to a transport, by socket or by HTTP.
fn handed(effects: &[Effect]) -> Vec<ClientId> {
    let handed = |effect: &Effect| match effect {
        Effect::SendFrame(_, ClientFrame::Change(frame)) => Some(frame.client_id),
        Effect::Http(_, Call::Change { body, .. }) => body.client_id,
        _ => None,
    };
    effects.iter().filter_map(handed).collect()
}

fn change_call(effects: &[Effect]) -> CallId {
    calls(effects).into_iter().find(|(_, call)| matches!(call, Call::Change { .. })).unwrap().0
}

fn error(client_id: ClientId, code: ErrorCode) -> ServerFrame {
    ServerFrame::Error { code, detail: String::new(), client_id: Some(client_id), retry_after_ms: None }
}

#[test]
fn one_change_per_room_is_under_way_and_messages_do_not_wait_for_it() {
    let rows = vec![edit(1, 1), reaction(2, 1), edit(3, 2)];
    let state = SyncState { outbox: vec![row(1, 1)], ..holding(rows) };
    let (_, _, effects) = Bench::live_from(state, cursor());
    assert_eq!((handed(&effects), sent(&effects)), (vec![id(101), id(103)], vec![id(1)]));
}

#[test]
fn that_the_server_may_have_it_is_stored_before_it_leaves() {
    let (_, _, effects) = Bench::live_from(holding(vec![edit(1, 1)]), cursor());
    let offered = CacheWrite::ChangeOffered { client_id: id(101) };
    let is_stored = |e: &Effect| matches!(e, Effect::Write(writes) if writes.contains(&offered));
    let leaves = |e: &Effect| matches!(e, Effect::SendFrame(_, ClientFrame::Change(_)));
    assert!(effects.iter().position(is_stored).unwrap() < effects.iter().position(leaves).unwrap());
}

#[test]
fn an_answer_brings_the_messages_state_and_the_next_change_goes() {
    let (mut bench, socket, _) = Bench::live_from(holding(vec![edit(1, 1), reaction(2, 1)]), cursor());
    let answer = ServerFrame::Changed { client_id: id(101), message: Box::new(message(1, 1, ANA)) };
    let effects = bench.frame(socket, answer.clone());
    let acked =
        CacheWrite::ChangeAcked { client_id: id(101), message: Box::new(message(1, 1, ANA)), at: bench.now };
    assert_eq!((written(&effects)[0].clone(), handed(&effects)), (acked, vec![id(102)]));
    let effects = bench.frame(socket, answer);
    let again = CacheWrite::Message(Box::new(message(1, 1, ANA)));
    assert_eq!((written(&effects), handed(&effects)), (vec![again], vec![]));
}

#[test]
fn without_an_answer_in_time_it_is_sent_again_under_the_same_id() {
    let (mut bench, _, effects) = Bench::live_from(holding(vec![edit(1, 1)]), cursor());
    let due = Effect::StartTimer(Timer::Change(RoomId(1)), Wait::For(Duration::from_secs(20)));
    assert!(effects.contains(&due));
    assert_eq!(handed(&bench.give(Event::Timer(Timer::Change(RoomId(1))))), []);
    assert_eq!(handed(&bench.give(Event::Timer(Timer::Change(RoomId(1))))), [id(101)]);
}

#[test]
fn an_unknown_outcome_by_http_is_tried_again_and_holds_the_rooms_changes() {
    let (mut bench, mut effects) = Bench::limited_from(holding(vec![edit(1, 1), reaction(2, 1)]));
    for failure in [Failure::Unknown, refused(ErrorCode::Internal), refused(ErrorCode::RateLimited)] {
        assert_eq!(handed(&effects), [id(101)]);
        assert_eq!(handed(&bench.fail(change_call(&effects), failure)), []);
        effects = bench.give(Event::Timer(Timer::Change(RoomId(1))));
    }
    let effects = bench.answer(change_call(&effects), Answer::Changed(Box::new(message(1, 1, ANA))));
    assert_eq!(handed(&effects), [id(102)]);
}

#[test]
fn only_what_the_server_certainly_lacks_counts_as_never_offered() {
    let queued = CacheWrite::ChangeQueued { client_id: id(101) };
    let (mut bench, effects) = Bench::limited_from(holding(vec![edit(1, 1)]));
    let limited = bench.fail(change_call(&effects), refused(ErrorCode::RateLimited));
    assert!(written(&limited).contains(&queued));
    let again = bench.give(Event::Timer(Timer::Change(RoomId(1))));
    bench.fail(change_call(&again), Failure::Unknown);
    let again = bench.give(Event::Timer(Timer::Change(RoomId(1))));
    let limited = bench.fail(change_call(&again), refused(ErrorCode::RateLimited));
    assert!(!written(&limited).contains(&queued));
}

#[test]
fn a_refused_edit_is_given_back_and_a_refused_reaction_forgotten() {
    let (mut bench, socket, _) = Bench::live_from(holding(vec![edit(1, 1), reaction(2, 1)]), cursor());
    let effects = bench.frame(socket, error(id(101), ErrorCode::Forbidden));
    let given_back = CacheWrite::ChangeRefused { client_id: id(101), code: ErrorCode::Forbidden };
    assert_eq!((written(&effects)[0].clone(), handed(&effects)), (given_back, vec![id(102)]));
    let effects = bench.frame(socket, error(id(102), ErrorCode::Conflict));
    assert_eq!(written(&effects), [CacheWrite::ChangeDropped { client_id: id(102) }]);
    assert!(bench.machine.status().settled, "what its author decides is not waited for");
}

#[test]
fn what_a_restored_server_has_no_use_for_is_forgotten() {
    let again = ChangeRow { offered: true, again: true, ..edit(1, 1) };
    let (mut bench, socket, _) = Bench::live_from(holding(vec![again]), cursor());
    let effects = bench.frame(socket, error(id(101), ErrorCode::NotFound));
    assert_eq!(written(&effects), [CacheWrite::ChangeDropped { client_id: id(101) }]);
}

#[test]
fn a_refusal_is_nobodys_business_once_the_text_is_to_be_another() {
    let (mut bench, socket, _) = Bench::live_from(holding(vec![edit(1, 1), edit(2, 1)]), cursor());
    let effects = bench.frame(socket, error(id(101), ErrorCode::TooLarge));
    assert_eq!(written(&effects)[0], CacheWrite::ChangeDropped { client_id: id(101) });
}

#[test]
fn what_is_asked_for_replaces_what_waits_but_not_what_is_under_way() {
    let (mut bench, socket, _) = Bench::live_from(holding(vec![edit(1, 1), edit(2, 1)]), cursor());
    let under_way = ChangeRow { offered: true, ..edit(1, 1) };
    let effects = bench.give(Event::ChangesKept { room_id: RoomId(1), rows: vec![under_way, edit(3, 1)] });
    assert_eq!(handed(&effects), []);
    let answer = ServerFrame::Changed { client_id: id(101), message: Box::new(message(1, 1, ANA)) };
    assert_eq!(handed(&bench.frame(socket, answer)), [id(103)]);
}

#[test]
fn an_ended_session_pauses_and_the_next_one_goes_on() {
    let (mut bench, effects) = Bench::limited_from(holding(vec![edit(1, 1)]));
    let effects = bench.fail(change_call(&effects), refused(ErrorCode::Unauthenticated));
    assert_eq!((written(&effects), bench.machine.status().mode), (vec![], ConnectionMode::SignedOut));
    let effects = bench.give(Event::SignedIn);
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    assert_eq!(handed(&bench.frame(socket, welcome())), [id(101)]);
}

#[test]
fn what_a_lost_socket_carried_goes_on_the_next_one() {
    let (mut bench, _, _) = Bench::live_from(holding(vec![edit(1, 1)]), cursor());
    bench.give(Event::Timer(Timer::Silence));
    let next = opened(&bench.give(Event::Timer(Timer::Connect)));
    bench.give(Event::SocketOpened(next));
    assert_eq!(handed(&bench.frame(next, welcome())), [id(101)]);
}
