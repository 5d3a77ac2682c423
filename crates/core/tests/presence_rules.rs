//! Presence as tables: what is told is known, and no longer than a socket confirms it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

#[path = "bench/mod.rs"]
mod bench;

use bedside_core::sync::{Effect, Event, SocketEnd, SocketId, Timer, Wait};
use bedside_protocol::feed::ServerFrame;
use bedside_protocol::ipc::Presence;
use bedside_protocol::{AccountId, Timestamp, limits};

use bench::{Bench, DREW, opened, started, welcome};

const EVE: AccountId = AccountId(4);
const NOON: Timestamp = Timestamp(5_000);

impl Bench {
    fn told(&mut self, socket: SocketId, account_id: AccountId, online: bool, last_seen: Option<Timestamp>) {
        self.frame(socket, ServerFrame::Presence { account_id, online, last_seen });
    }

    fn known(&self, account_id: AccountId) -> Option<Presence> {
        self.machine.others().presence.get(&account_id).copied()
    }

    fn loses(&mut self, socket: SocketId) -> Vec<Effect> {
        self.give(Event::SocketClosed { socket, reason: SocketEnd::Lost })
    }

    fn reconnects(&mut self) -> (SocketId, Vec<Effect>) {
        let opening = self.give(Event::Timer(Timer::Connect));
        let socket = opened(&opening);
        self.give(Event::SocketOpened(socket));
        (socket, self.frame(socket, welcome()))
    }
}

#[test]
fn the_servers_last_word_is_what_is_known() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    assert_eq!(bench.known(DREW), None);
    bench.told(socket, DREW, true, None);
    assert_eq!(bench.known(DREW), Some(Presence::Online));
    bench.told(socket, DREW, false, Some(NOON));
    assert_eq!(bench.known(DREW), Some(Presence::LastSeen { at: NOON }));
    bench.told(socket, DREW, false, None);
    assert_eq!(bench.known(DREW), None);
}

#[test]
fn without_a_socket_nobody_is_there_for_long() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.told(socket, DREW, true, None);
    bench.told(socket, EVE, false, Some(NOON));
    let lost = bench.loses(socket);
    assert_eq!(started(&lost, Timer::Presence), Some(Wait::For(limits::PRESENCE_KEPT)));
    assert_eq!(bench.known(DREW), Some(Presence::Online), "a short break shows nothing");
    bench.give(Event::Timer(Timer::Presence));
    assert_eq!(bench.known(DREW), None);
    assert_eq!(bench.known(EVE), Some(Presence::LastSeen { at: NOON }), "that is still true");
}

#[test]
fn what_the_next_socket_does_not_confirm_is_forgotten() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    for account in [DREW, EVE] {
        bench.told(socket, account, true, None);
    }
    bench.loses(socket);
    let (socket, welcomed) = bench.reconnects();
    assert_eq!(started(&welcomed, Timer::Presence), Some(Wait::For(limits::PRESENCE_KEPT)));
    bench.told(socket, DREW, true, None);
    bench.give(Event::Timer(Timer::Presence));
    assert_eq!((bench.known(DREW), bench.known(EVE)), (Some(Presence::Online), None));
}

#[test]
fn a_word_of_a_socket_that_was_given_up_counts_for_nothing() {
    let (mut bench, socket, _) = Bench::live(vec![]);
    bench.loses(socket);
    bench.told(socket, DREW, true, None);
    assert_eq!(bench.known(DREW), None);
}
