//! Rules 5 and 6 as tables: what is parked, what holds what, what waits for whom.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, OutboxRow, OutboxState, ParkReason, RoomSync, SyncState};
use bedside_core::sync::{
    Call, CallId, Effect, Event, Failure, Focus, Machine, Refusal, Seen, SocketEnd, SocketId, Timer,
};
use bedside_protocol::feed::{ClientFrame, FeedPage, ServerFrame};
use bedside_protocol::ipc::ConnectionMode;
use bedside_protocol::wire::{Account, Message, Person, Role};
use bedside_protocol::{
    AccountId, ClientId, Cursor, DeviceId, Epoch, ErrorCode, FeedSeq, MessageId, Rev, RoomId, RoomSeq,
    Timestamp,
};
use uuid::Uuid;

const ANA: AccountId = AccountId(1);
const START: Timestamp = Timestamp(1_000_000_000);
const HOUR: i64 = 3_600_000;

/// A machine that is signed in and has two rooms; what it wants is looked at, nothing is carried out.
struct Bench {
    machine: Machine,
    now: Timestamp,
}

impl Bench {
    fn with(outbox: Vec<OutboxRow>) -> (Self, Vec<Effect>) {
        let mut bench = Bench { machine: Machine::new(ANA), now: START };
        let rooms = [RoomId(1), RoomId(2)].map(|room_id| RoomSync {
            room_id,
            synced_rev: Rev(1),
            room_rev: Rev(1),
            last_seq: RoomSeq(0),
            read_wanted: None,
            gaps: vec![],
        });
        let cursor = Some(cursor());
        bench.give(Event::Loaded(SyncState { cursor, rooms: rooms.to_vec(), outbox }));
        let effects = bench.give(Event::SignedIn);
        (bench, effects)
    }

    fn give(&mut self, event: Event) -> Vec<Effect> {
        self.machine.handle(self.now, event)
    }

    /// Connected by socket.
    fn live(outbox: Vec<OutboxRow>) -> (Self, SocketId, Vec<Effect>) {
        let (mut bench, effects) = Self::with(outbox);
        let socket = opened(&effects);
        bench.give(Event::SocketOpened(socket));
        let welcomed = bench.frame(socket, welcome());
        (bench, socket, welcomed)
    }

    /// Connected by long polling.
    fn limited(outbox: Vec<OutboxRow>) -> (Self, Vec<Effect>) {
        let (mut bench, effects) = Self::with(outbox);
        let closed = Event::SocketClosed { socket: opened(&effects), reason: SocketEnd::Lost };
        let probe = bench.give(closed);
        let (call, _) = calls(&probe)[0].clone();
        let page = FeedPage {
            epoch: cursor().epoch,
            head: FeedSeq(0),
            events: vec![],
            has_more: false,
            resync_required: false,
        };
        let answer = Box::new(Ok(bedside_core::sync::Answer::Feed(page)));
        let effects = bench.give(Event::Answered { call, result: answer });
        (bench, effects)
    }

    fn frame(&mut self, socket: SocketId, frame: ServerFrame) -> Vec<Effect> {
        self.give(Event::Frame { socket, frame: Box::new(frame) })
    }

    fn fail(&mut self, call: CallId, failure: Failure) -> Vec<Effect> {
        self.give(Event::Answered { call, result: Box::new(Err(failure)) })
    }
}

fn cursor() -> Cursor {
    Cursor { epoch: Epoch("e".to_owned()), feed_seq: FeedSeq(0) }
}

fn welcome() -> ServerFrame {
    let person = Person {
        account_id: ANA,
        role: Role::Patient,
        role_id: 1,
        name: "Ana".to_owned(),
        profession: None,
        birth_date: None,
        since: Timestamp(0),
    };
    ServerFrame::Welcome {
        proto: 1,
        head: cursor(),
        account: Account { person, username: "ana".to_owned() },
        device_id: DeviceId(1),
        server_time: START,
        stale_after_ms: 4 * HOUR as u64,
    }
}

fn row(position: i64, room: i64) -> OutboxRow {
    OutboxRow {
        position,
        client_id: ClientId(Uuid::from_u128(position as u128)),
        room_id: RoomId(room),
        content: "x".to_owned(),
        urgent: false,
        composed_at: START,
        confirmed_at: None,
        state: OutboxState::Queued,
    }
}

fn id(position: i64) -> ClientId {
    row(position, 1).client_id
}

fn opened(effects: &[Effect]) -> SocketId {
    effects
        .iter()
        .find_map(|e| if let Effect::OpenSocket(socket) = e { Some(*socket) } else { None })
        .unwrap()
}

fn calls(effects: &[Effect]) -> Vec<(CallId, Call)> {
    let call = |e: &Effect| if let Effect::Http(id, call) = e { Some((*id, call.clone())) } else { None };
    effects.iter().filter_map(call).collect()
}

/// The messages handed to a transport, by socket or by HTTP.
fn sent(effects: &[Effect]) -> Vec<ClientId> {
    let sent = |effect: &Effect| match effect {
        Effect::SendFrame(_, ClientFrame::Send(frame)) => Some(frame.client_id),
        Effect::Http(_, Call::Send(body)) => body.client_id,
        _ => None,
    };
    effects.iter().filter_map(sent).collect()
}

fn send_call(effects: &[Effect]) -> CallId {
    calls(effects).into_iter().find(|(_, call)| matches!(call, Call::Send(_))).unwrap().0
}

fn written(effects: &[Effect]) -> Vec<CacheWrite> {
    let writes = |e: &Effect| if let Effect::Write(writes) = e { writes.clone() } else { vec![] };
    effects.iter().flat_map(writes).collect()
}

fn parked(effects: &[Effect]) -> Vec<(ClientId, ParkReason)> {
    let parked = |write: CacheWrite| match write {
        CacheWrite::OutboxParked { client_id, reason } => Some((client_id, reason)),
        _ => None,
    };
    written(effects).into_iter().filter_map(parked).collect()
}

fn refused(code: ErrorCode) -> Failure {
    Failure::Refused(Refusal { status: code.status(), code, retry_after_ms: None })
}

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
    let message = Message {
        id: MessageId(9),
        room_id: RoomId(1),
        room_seq: RoomSeq(3),
        rev: Rev(4),
        sender_type: Role::Patient,
        sender_id: 1,
        sender_account: ANA,
        content: "x".to_owned(),
        timestamp: START,
        composed_at: None,
        edited_at: None,
        retracted_at: None,
        urgent: false,
        reactions: vec![],
        client_id: Some(id(1)),
    };
    bench.frame(socket, ServerFrame::Sent { client_id: id(1), message: Box::new(message) });
    let displayed = Some(RoomSeq(i64::MAX));
    let effects =
        bench.give(Event::Seen(Seen { room_id: Some(RoomId(1)), displayed, focus: Focus::Focused }));
    let wanted = CacheWrite::ReadWanted { room_id: RoomId(1), up_to: RoomSeq(3) };
    assert!(written(&effects).contains(&wanted), "as far as anything is known, and no further");
}
