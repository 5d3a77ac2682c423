//! How long a silent socket is believed: little before its greeting, and then long enough for the next ping.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use bedside_core::cache_write::SyncState;
use bedside_core::sync::{Effect, Event, Machine, SocketId, Timer, Wait};
use bedside_protocol::feed::ServerFrame;
use bedside_protocol::wire::{Account, Person, Role};
use bedside_protocol::{AccountId, Cursor, DeviceId, Epoch, FeedSeq, Rev, Timestamp, limits};

const NOW: Timestamp = Timestamp(1_000_000);
const ANA: AccountId = AccountId(1);

fn ana() -> Account {
    let person = Person {
        account_id: ANA,
        role: Role::Patient,
        role_id: 1,
        name: "Ana".to_owned(),
        profession: None,
        birth_date: None,
        since: Timestamp(0),
        facts: Box::default(),
    };
    Account { person, username: "ana".to_owned() }
}

fn patience(effects: &[Effect]) -> Option<Duration> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::StartTimer(Timer::Silence, Wait::For(patience)) => Some(*patience),
        _ => None,
    })
}

#[test]
fn a_greeted_socket_is_believed_until_after_the_next_ping() {
    let mut machine = Machine::new(ANA);
    machine.handle(NOW, Event::Loaded(SyncState::default()));
    let opening = machine.handle(NOW, Event::SignedIn);
    let opened = opening.iter().find_map(|effect| match effect {
        Effect::OpenSocket(socket) => Some(*socket),
        _ => None,
    });
    let socket: SocketId = opened.unwrap();
    assert!(patience(&opening).unwrap() < limits::PING_EVERY);

    machine.handle(NOW, Event::SocketOpened(socket));
    let welcome = ServerFrame::Welcome {
        proto: 1,
        head: Cursor { epoch: Epoch("e".to_owned()), feed_seq: FeedSeq(0) },
        account: ana(),
        device_id: DeviceId(1),
        server_time: NOW,
        stale_after_ms: 1_000_000,
        clinic_rev: Rev(0),
    };
    let greeted = machine.handle(NOW, Event::Frame { socket, frame: Box::new(welcome) });
    assert!(patience(&greeted).is_some_and(|patience| patience > limits::PING_EVERY));
}
