//! A server that stops sends its clients away: each comes back at the moment it was told, and nothing is lost by it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use std::time::Duration;

use bedside_core::sync::{Effect, Event, SocketId, Timer, Wait};
use bedside_protocol::feed::ServerFrame;
use bedside_protocol::ipc::ConnectionMode;
use bedside_protocol::limits;

use bench::{Bench, id, opened, row, sent, started, welcome};

fn going_away(retry_in_ms: u64) -> ServerFrame {
    ServerFrame::GoingAway { retry_in_ms }
}

/// Greeted by another server.
fn back(bench: &mut Bench) -> (SocketId, Vec<Effect>) {
    let effects = bench.give(Event::Timer(Timer::Connect));
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    (socket, bench.frame(socket, welcome()))
}

#[test]
fn it_comes_back_when_it_was_told() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let effects = bench.frame(socket, going_away(1_200));
    assert!(effects.contains(&Effect::CloseSocket(socket)));
    assert_eq!(started(&effects, Timer::Connect), Some(Wait::For(Duration::from_millis(1_200))));
    assert_eq!(bench.machine.status().mode, ConnectionMode::Reconnecting);
    back(&mut bench);
    assert_eq!(bench.machine.status().mode, ConnectionMode::Live);
}

#[test]
fn a_rolling_restart_of_many_servers_is_no_series_of_failures() {
    let (mut bench, mut socket, _) = Bench::live(vec![]);
    for _ in 0..10 {
        bench.frame(socket, going_away(5));
        assert_eq!(bench.machine.status().mode, ConnectionMode::Reconnecting);
        (socket, _) = back(&mut bench); // By a socket each time, not by polling.
    }
}

#[test]
fn what_was_not_answered_before_the_goodbye_is_sent_again() {
    let (mut bench, socket, effects) = Bench::live(vec![row(1, 1), row(2, 1)]);
    assert_eq!(sent(&effects), [id(1)]);
    let effects = bench.frame(socket, going_away(5));
    assert_eq!(sent(&effects), [], "not to a server that stops");
    let (_, effects) = back(&mut bench);
    assert_eq!(sent(&effects), [id(1)], "first, and under its own id");
}

#[test]
fn a_server_may_not_send_it_away_for_long() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    let effects = bench.frame(socket, going_away(u64::MAX));
    assert_eq!(started(&effects, Timer::Connect), Some(Wait::For(limits::COME_BACK_MAX)));
}

#[test]
fn it_is_sent_away_before_it_was_greeted() {
    let (mut bench, effects) = Bench::with(vec![]);
    let socket = opened(&effects);
    bench.give(Event::SocketOpened(socket));
    let effects = bench.frame(socket, going_away(7));
    assert_eq!(started(&effects, Timer::Connect), Some(Wait::For(Duration::from_millis(7))));
    back(&mut bench);
}
