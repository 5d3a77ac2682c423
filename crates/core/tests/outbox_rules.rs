//! Rules 5 and 6 as tables: what is parked, what holds what, what waits for whom.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, OutboxRow, ParkReason};
use bedside_core::sync::{Call, Effect, Event, Failure, Focus, Seen, Timer};
use bedside_protocol::feed::{ClientFrame, ServerFrame};
use bedside_protocol::ipc::ConnectionMode;
use bedside_protocol::wire::Message;
use bedside_protocol::{ErrorCode, MessageId, Rev, RoomId, RoomSeq};

use bench::{
    ANA, Bench, calls, id, message, opened, parked, refused, row, send_call, sent, welcome, written,
};

#[test]
fn one_message_per_room_is_under_way_and_rooms_do_not_wait_for_each_other() {
    let (_, _, effects) = Bench::live(vec![row(1, 1), row(2, 1), row(3, 2)]);
    assert_eq!(sent(&effects), [id(1), id(3)]);
}

#[test]
fn that_it_is_on_its_way_is_stored_before_it_leaves() {
    let (_, _, effects) = Bench::live(vec![row(1, 1)]);
    let stored = effects.iter().position(|e| {
        matches!(e, Effect::Write(writes) if writes.contains(&CacheWrite::OutboxSending { client_id: id(1) }))
    });
    let left = effects.iter().position(|e| matches!(e, Effect::SendFrame(_, ClientFrame::Send(_))));
    assert!(stored.unwrap() < left.unwrap());
}

#[test]
fn a_refused_message_is_parked_and_the_next_one_goes() {
    let (mut bench, effects) = Bench::limited(vec![row(1, 1), row(2, 1)]);
    assert_eq!(sent(&effects), [id(1)]);
    let effects = bench.fail(send_call(&effects), refused(ErrorCode::Forbidden));
    assert_eq!(parked(&effects), [(id(1), ParkReason::Rejected(ErrorCode::Forbidden))]);
    assert_eq!(sent(&effects), [id(2)]);
}

#[test]
fn a_refusal_on_the_socket_parks_just_the_same() {
    let (mut bench, socket, _) = Bench::live(vec![row(1, 1), row(2, 1)]);
    let error = ServerFrame::Error {
        code: ErrorCode::NotFound,
        detail: String::new(),
        client_id: Some(id(1)),
        retry_after_ms: None,
    };
    let effects = bench.frame(socket, error);
    assert_eq!(parked(&effects), [(id(1), ParkReason::Rejected(ErrorCode::NotFound))]);
    assert_eq!(sent(&effects), [id(2)]);
}

#[test]
fn a_reply_to_what_the_server_has_lost_goes_without_the_reply() {
    let reply = OutboxRow { reply_to: Some(MessageId(7)), ..row(1, 1) };
    let (mut bench, effects) = Bench::limited(vec![reply, row(2, 1)]);
    assert_eq!(replied_to(&effects), [Some(MessageId(7))]);
    let effects = bench.fail(send_call(&effects), refused(ErrorCode::CannotReply));
    assert_eq!((parked(&effects), sent(&effects)), (vec![], vec![id(1)]));
    assert!(written(&effects).contains(&CacheWrite::OutboxUnlinked { client_id: id(1) }));
    assert_eq!(replied_to(&effects), [None]);
    let effects = bench.fail(send_call(&effects), refused(ErrorCode::CannotReply));
    assert_eq!(parked(&effects), [(id(1), ParkReason::Rejected(ErrorCode::CannotReply))], "not for ever");
}

/// What the messages that leave by HTTP reply to.
fn replied_to(effects: &[Effect]) -> Vec<Option<MessageId>> {
    calls(effects)
        .into_iter()
        .filter_map(|(_, call)| match call {
            Call::Send(send) => Some(send.reply_to),
            _ => None,
        })
        .collect()
}

#[test]
fn an_unknown_outcome_is_sent_again_under_the_same_id_and_holds_its_room() {
    let (mut bench, mut effects) = Bench::limited(vec![row(1, 1), row(2, 1)]);
    for failure in [Failure::Unknown, refused(ErrorCode::Internal), refused(ErrorCode::RateLimited)] {
        let failed = bench.fail(send_call(&effects), failure);
        assert_eq!((sent(&failed), parked(&failed)), (vec![], vec![]));
        effects = bench.give(Event::Timer(Timer::Send(RoomId(1))));
        assert_eq!(sent(&effects), [id(1)]);
    }
}

#[test]
fn only_a_message_the_server_certainly_lacks_goes_back_to_the_queue() {
    let (mut bench, effects) = Bench::limited(vec![row(1, 1)]);
    let limited = bench.fail(send_call(&effects), refused(ErrorCode::RateLimited));
    assert!(written(&limited).contains(&CacheWrite::OutboxQueued { client_id: id(1) }));
    let again = bench.give(Event::Timer(Timer::Send(RoomId(1))));
    bench.fail(send_call(&again), Failure::Unknown);
    let again = bench.give(Event::Timer(Timer::Send(RoomId(1))));
    let limited = bench.fail(send_call(&again), refused(ErrorCode::RateLimited));
    assert!(!written(&limited).contains(&CacheWrite::OutboxQueued { client_id: id(1) }));
}

#[test]
fn an_ended_session_pauses_and_keeps_the_message() {
    let (mut bench, effects) = Bench::limited(vec![row(1, 1)]);
    let effects = bench.fail(send_call(&effects), refused(ErrorCode::Unauthenticated));
    assert_eq!((parked(&effects), bench.machine.status().mode), (vec![], ConnectionMode::SignedOut));
    assert_eq!(bench.machine.status().waiting, 1);
}

#[test]
fn a_silent_socket_is_replaced_and_its_message_sent_again() {
    let (mut bench, socket, _) = Bench::live(vec![row(1, 1)]);
    let effects = bench.give(Event::Timer(Timer::Silence));
    assert!(effects.contains(&Effect::CloseSocket(socket)));
    let effects = bench.give(Event::Timer(Timer::Connect));
    let next = opened(&effects);
    bench.give(Event::SocketOpened(next));
    assert_eq!(sent(&bench.frame(next, welcome())), [id(1)]);
}

#[test]
fn waking_up_replaces_the_socket_whatever_its_state_says() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let effects = bench.give(Event::Woke);
    assert!(effects.contains(&Effect::CloseSocket(socket)));
    assert_ne!(opened(&effects), socket);
}

#[test]
fn pings_leave_while_the_socket_lives() {
    let (mut bench, socket, effects) = Bench::live(vec![]);
    let every = bedside_core::sync::Wait::For(Duration::from_secs(25));
    assert!(effects.contains(&Effect::StartTimer(Timer::Ping, every)));
    let effects = bench.give(Event::Timer(Timer::Ping));
    assert!(effects.contains(&Effect::SendFrame(socket, ClientFrame::Ping { n: 1 })));
}

#[test]
fn a_message_acknowledged_before_the_feed_names_it_can_be_read() {
    let (mut bench, socket, _) = Bench::live(vec![row(1, 1)]);
    let message = Message { rev: Rev(4), client_id: Some(id(1)), ..message(1, 3, ANA) };
    bench.frame(socket, ServerFrame::Sent { client_id: id(1), message: Box::new(message) });
    let displayed = Some(RoomSeq(i64::MAX));
    let effects =
        bench.give(Event::Seen(Seen { room_id: Some(RoomId(1)), displayed, focus: Focus::Focused }));
    let wanted = CacheWrite::ReadWanted { room_id: RoomId(1), up_to: RoomSeq(3) };
    assert!(written(&effects).contains(&wanted), "as far as anything is known, and no further");
}
