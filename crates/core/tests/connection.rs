//! What is owed whenever the server was reached, and how long is waited when it was not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use std::time::Duration;

use bedside_core::cache_write::{CacheWrite, RoomSync, SyncState};
use bedside_core::sync::{
    Answer, Call, Effect, Event, Failure, Focus, Refusal, Seen, SocketEnd, Timer, Wait,
};
use bedside_protocol::feed::{Change, ClientFrame, FeedEvent, FeedPage, ServerFrame};
use bedside_protocol::ipc::ConnectionMode;
use bedside_protocol::wire::{ChatList, Clinic, ReadMark, Role};
use bedside_protocol::{Cursor, ErrorCode, FeedSeq, Rev, RoomId, RoomSeq};

use bench::{
    ANA, Bench, DREW, calls, cursor, message, opened, refused, room, started, state, welcome, written,
};

fn sweeps(effects: &[Effect]) -> bool {
    written(effects).iter().any(|write| matches!(write, CacheWrite::SweepAcked { .. }))
}

fn lists(effects: &[Effect]) -> bool {
    calls(effects).iter().any(|(_, call)| matches!(call, Call::ChatList { .. }))
}

fn looking(up_to: i64) -> Event {
    let displayed = Some(RoomSeq(up_to));
    Event::Seen(Seen { room_id: Some(RoomId(1)), displayed, focus: Focus::Focused })
}

fn with_messages(last: i64, read: i64) -> SyncState {
    let mut held = state();
    held.rooms[0] =
        RoomSync { last_seq: RoomSeq(last), read_confirmed: RoomSeq(read), ..held.rooms[0].clone() };
    held
}

fn marks(effects: &[Effect]) -> Vec<RoomSeq> {
    let marks = |effect: &Effect| match effect {
        Effect::SendFrame(_, ClientFrame::Read { up_to, .. }) => Some(*up_to),
        Effect::Http(_, Call::Read { up_to, .. }) => Some(*up_to),
        _ => None,
    };
    effects.iter().filter_map(marks).collect()
}

#[test]
fn polling_owes_what_a_greeting_owes() {
    assert!(sweeps(&Bench::live(vec![]).2));
    assert!(sweeps(&Bench::limited(vec![]).1));
}

#[test]
fn people_that_could_not_be_fetched_are_fetched_when_polling_succeeds() {
    let (mut bench, effects) = Bench::with(vec![]);
    let asked = bench.give(Event::PeopleWanted);
    bench.fail(calls(&asked)[0].0, Failure::Unknown);
    let probe = bench.give(Event::SocketClosed { socket: opened(&effects), reason: SocketEnd::Lost });
    let page = Bench::nothing_new();
    let effects = bench.answer(calls(&probe)[0].0, Answer::Feed(page));
    assert!(calls(&effects).iter().any(|(_, call)| *call == Call::People));
}

#[test]
fn a_disk_that_stays_full_is_tried_less_and_less_often() {
    let (mut bench, mut effects) = Bench::with(vec![]);
    let mut waits = Vec::new();
    for _ in 0..4 {
        let socket = opened(&effects);
        bench.give(Event::SocketOpened(socket));
        bench.frame(socket, welcome());
        waits.push(started(&bench.give(Event::CacheFailed), Timer::Cache).unwrap());
        bench.give(Event::Timer(Timer::Cache));
        effects = bench.give(Event::Loaded(state()));
    }
    assert_eq!(waits, [1, 2, 4, 8].map(|s| Wait::UpTo(Duration::from_secs(s))));
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    bench.frame(socket, welcome());
    bench.give(Event::Life(socket));
    let again = started(&bench.give(Event::CacheFailed), Timer::Cache);
    assert_eq!(again, Some(Wait::UpTo(Duration::from_secs(1))), "a write that succeeded starts over");
}

#[test]
fn a_server_of_another_version_is_asked_again() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let effects = bench.give(Event::SocketClosed { socket, reason: SocketEnd::Incompatible });
    let minute = Duration::from_secs(60);
    assert_eq!(started(&effects, Timer::Connect), Some(Wait::After { least: minute, jitter: minute }));
    let effects = bench.give(Event::Timer(Timer::Connect));
    assert_eq!(bench.machine.status().mode, ConnectionMode::WrongServer, "until it answers as it should");
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    bench.frame(socket, welcome());
    assert_eq!(bench.machine.status().mode, ConnectionMode::Live);
}

/// Nothing that would reach the server, now or later.
fn is_at_rest(effects: &[Effect]) -> bool {
    let tries = |effect: &Effect| matches!(effect, Effect::OpenSocket(_) | Effect::Http(..));
    !effects.iter().any(tries) && started(effects, Timer::Connect).is_none()
}

#[test]
fn a_server_that_refuses_the_account_is_not_asked_again_by_itself() {
    let (mut bench, effects) = Bench::with(vec![]);
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    let effects = bench.give(Event::SocketClosed { socket, reason: SocketEnd::Refused });
    assert!(is_at_rest(&effects), "{effects:?}");
    assert_eq!(bench.machine.status().mode, ConnectionMode::Refused);
    assert!(is_at_rest(&bench.give(Event::Timer(Timer::Connect))), "a timer that was on its way");
    let effects = bench.give(Event::TryNow);
    assert_eq!(bench.machine.status().mode, ConnectionMode::Connecting);
    bench.give(Event::SocketOpened(opened(&effects)));
}

#[test]
fn an_account_refused_by_http_is_not_asked_for_again_either() {
    let (mut bench, effects) = Bench::with(vec![]);
    let probe = bench.give(Event::SocketClosed { socket: opened(&effects), reason: SocketEnd::Lost });
    let effects = bench.fail(calls(&probe)[0].0, refused(ErrorCode::NotFound));
    assert!(is_at_rest(&effects), "{effects:?}");
    assert_eq!(bench.machine.status().mode, ConnectionMode::Refused);
}

#[test]
fn a_live_socket_that_something_between_refuses_is_one_that_was_lost() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let effects = bench.give(Event::SocketClosed { socket, reason: SocketEnd::Refused });
    assert!(started(&effects, Timer::Connect).is_some());
    assert_eq!(bench.machine.status().mode, ConnectionMode::Reconnecting);
}

#[test]
fn the_time_the_server_names_is_kept_by_every_call() {
    let busy = Failure::Refused(Refusal { retry_after_ms: Some(9_000), ..limited() });
    let wait = Some(Wait::After { least: Duration::from_secs(9), jitter: Duration::from_secs(1) });
    let mut held = state();
    held.rooms[0].gaps = vec![(RoomSeq(1), RoomSeq(2))];
    let (mut bench, socket, effects) = Bench::live_from(held, cursor());
    assert_eq!(started(&bench.fail(calls(&effects)[0].0, busy.clone()), Timer::Fill), wait);
    let effects = bench.frame(socket, ServerFrame::ResyncRequired { head: cursor() });
    assert_eq!(started(&bench.fail(calls(&effects)[0].0, busy.clone()), Timer::Snapshot), wait);
    let (mut bench, _) = Bench::limited_from(with_messages(3, 0));
    let effects = bench.give(looking(2));
    assert_eq!(started(&bench.fail(calls(&effects)[0].0, busy), Timer::Read(RoomId(1))), wait);
}

fn limited() -> Refusal {
    match refused(ErrorCode::RateLimited) {
        Failure::Refused(refusal) => refusal,
        Failure::Unknown => unreachable!(),
    }
}

#[test]
fn further_reading_leaves_as_soon_as_what_was_under_way_has_landed() {
    let (mut bench, socket, _) = Bench::live_from(with_messages(9, 0), cursor());
    assert_eq!(marks(&bench.give(looking(2))), [RoomSeq(2)]);
    assert_eq!(marks(&bench.give(looking(5))), []);
    let up_to = RoomSeq(2);
    let read_mark = ReadMark {
        room_id: RoomId(1),
        account_id: ANA,
        up_to,
        delivered_to: up_to,
        marked_unread: false,
        rev: Rev(9),
    };
    let effects = bench.events(socket, vec![Change::ReadMark { read_mark }]);
    assert_eq!(marks(&effects), [RoomSeq(5)]);
}

#[test]
fn what_was_read_before_the_program_started_is_not_sent_again() {
    let (mut bench, _, _) = Bench::live_from(with_messages(9, 9), cursor());
    let effects = bench.give(looking(9));
    assert_eq!((marks(&effects), written(&effects)), (vec![], vec![]));
}

#[test]
fn no_mark_leaves_while_the_server_may_be_another() {
    let mut held = with_messages(9, 0);
    held.rooms[0].read_wanted = Some(RoomSeq(9));
    let other = Cursor { epoch: bedside_protocol::Epoch("other".to_owned()), feed_seq: FeedSeq(1) };
    let (_, _, effects) = Bench::live_from(held, other);
    assert_eq!(marks(&effects), []);
}

#[test]
fn a_cursor_ahead_of_the_head_begins_with_a_snapshot() {
    let ahead = Cursor { feed_seq: FeedSeq(9), ..cursor() };
    let (mut bench, _, effects) = Bench::live_from(SyncState { cursor: Some(ahead), ..state() }, cursor());
    let (call, _) =
        calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::ChatList { .. })).unwrap();
    let rooms = vec![room(&message(1, 1, DREW), 0)];
    let page = ChatList { rooms, unread: 0, cursor: cursor(), has_more: false };
    let group = written(&bench.answer(call, Answer::ChatList(page)));
    let reoffered = group.iter().any(|write| matches!(write, CacheWrite::Reoffer { .. }));
    assert_eq!((group.first(), reoffered), (Some(&CacheWrite::Cursor(cursor())), true));
}

#[test]
fn an_upgraded_client_lists_everything_although_its_cursor_is_good() {
    let upgraded = SyncState { resync: true, ..state() };
    let (mut bench, _, effects) = Bench::live_from(upgraded, cursor());
    let (call, _) =
        calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::ChatList { .. })).unwrap();
    let page = ChatList { rooms: vec![], unread: 0, cursor: cursor(), has_more: false };
    let group = written(&bench.answer(call, Answer::ChatList(page)));
    assert!(group.contains(&CacheWrite::Cursor(cursor())) && group.contains(&CacheWrite::Resynced));
    assert!(!lists(&Bench::live(vec![]).2), "once");
    let (mut bench, effects) = Bench::from(SyncState { resync: true, ..state() });
    let probe = bench.give(Event::SocketClosed { socket: opened(&effects), reason: SocketEnd::Lost });
    assert!(lists(&probe), "by polling as well");
}

#[test]
fn what_was_asked_of_another_life_is_not_waited_for() {
    let mut held = state();
    held.rooms[0].gaps = vec![(RoomSeq(1), RoomSeq(2))];
    let (mut bench, effects) = Bench::limited_from(held);
    let under_way = |wanted: fn(&Call) -> bool| calls(&effects).into_iter().find(|(_, call)| wanted(call));
    let (poll, _) = under_way(|call| matches!(call, Call::Feed { .. })).unwrap();
    let (stretch, _) = under_way(|call| matches!(call, Call::Messages { .. })).unwrap();
    let other = bedside_protocol::Epoch("other".to_owned());
    let page = FeedPage { epoch: other.clone(), resync_required: true, ..Bench::nothing_new() };
    let effects = bench.answer(poll, Answer::Feed(page));
    let (list, _) = calls(&effects)[0].clone();
    let cursor = Cursor { epoch: other, feed_seq: FeedSeq(0) };
    let page = ChatList { rooms: vec![], unread: 0, cursor, has_more: false };
    assert!(bench.answer(list, Answer::ChatList(page)).contains(&Effect::CancelHttp(stretch)));
}

fn asks_for_the_clinic(effects: &[Effect]) -> Vec<bedside_core::sync::CallId> {
    calls(effects).into_iter().filter(|(_, call)| *call == Call::Clinic).map(|(id, _)| id).collect()
}

#[test]
fn the_clinic_is_asked_for_when_it_has_something_new_to_say_and_else_not() {
    let greeted = |rev: i64| {
        let (mut bench, effects) = Bench::from(SyncState { clinic_rev: Rev(5), ..state() });
        let socket = opened(&effects);
        bench.give(Event::SocketOpened(socket));
        let mut frame = welcome();
        if let ServerFrame::Welcome { clinic_rev, .. } = &mut frame {
            *clinic_rev = Rev(rev);
        }
        let effects = bench.give(Event::Frame { socket, frame: Box::new(frame) });
        (bench, effects)
    };
    assert!(asks_for_the_clinic(&greeted(5).1).is_empty());
    let (mut bench, effects) = greeted(6);
    let said = Box::new(Clinic { rev: Rev(6), ..Clinic::default() });
    let effects = bench.answer(asks_for_the_clinic(&effects)[0], Answer::Clinic(said.clone()));
    assert!(written(&effects).contains(&CacheWrite::Clinic(said)));
    // Polling names no number: asked once, and written only if it is new.
    let (_, effects) = Bench::limited(vec![]);
    assert_eq!(asks_for_the_clinic(&effects).len(), 1);
}

fn asks_for_quick_replies(effects: &[Effect]) -> Vec<bedside_core::sync::CallId> {
    calls(effects).into_iter().filter(|(_, call)| *call == Call::QuickReplies).map(|(id, _)| id).collect()
}

#[test]
fn a_practitioners_quick_replies_are_fetched_with_each_connection_and_a_patients_never() {
    let drew = SyncState { role: Some(Role::Practitioner), ..state() };
    let (mut bench, effects) = Bench::limited_from(drew);
    let asked = asks_for_quick_replies(&effects);
    assert_eq!(asked.len(), 1);
    let effects = bench.answer(asked[0], Answer::QuickReplies(vec![]));
    assert!(written(&effects).contains(&CacheWrite::QuickReplies(vec![])));
    // The greeting of the socket says that she is a patient.
    assert!(asks_for_quick_replies(&Bench::live(vec![]).2).is_empty());
    assert!(asks_for_quick_replies(&Bench::limited(vec![]).1).is_empty());
}

#[test]
fn quick_replies_that_change_while_they_are_fetched_are_fetched_again() {
    let drew = SyncState { role: Some(Role::Practitioner), ..state() };
    let (mut bench, effects) = Bench::limited_from(drew);
    let first = asks_for_quick_replies(&effects)[0];
    let poll = calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::Feed { .. })).unwrap().0;
    let event = FeedEvent { feed_seq: FeedSeq(1), change: Change::QuickReplies };
    let page = FeedPage { head: FeedSeq(1), events: vec![event], ..Bench::nothing_new() };
    let effects = bench.answer(poll, Answer::Feed(page));
    assert!(asks_for_quick_replies(&effects).is_empty(), "one at a time");
    let effects = bench.answer(first, Answer::QuickReplies(vec![]));
    let second = asks_for_quick_replies(&effects)[0];
    let effects = bench.answer(second, Answer::QuickReplies(vec![]));
    assert!(asks_for_quick_replies(&effects).is_empty(), "and not for ever");
}
