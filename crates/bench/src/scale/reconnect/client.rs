//! One client: the app's sync machine, driven with a real network.
//!
//! When to try again, how long to wait and what to ask is the machine's alone; this carries its effects out.

mod sockets;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bedside_core::sync::{CallId, Effect, Event, Machine, SocketId, Timer, Wait};
use bedside_engine::transport::Socket;
use bedside_protocol::AccountId;
use bedside_protocol::ipc::ConnectionMode;
use bedside_runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::calls;
use super::ledger::Ledger;
use super::network::Network;
use sockets::Open;

/// How the server is reached, once everything it has is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Down,
    Socket,
    Polling,
}

/// Something a client tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) client: usize,
    pub(super) at: std::time::Instant,
    pub(super) line: Line,
    /// Messages received since it last told.
    pub(super) messages: u64,
}

/// Who a client is.
pub(super) struct Identity {
    pub(super) number: usize,
    pub(super) account: AccountId,
    pub(super) token: Arc<str>,
}

enum Happened {
    Event(Event),
    Socket(SocketId, Socket),
}

/// A running client.
pub(super) struct Client {
    identity: Identity,
    runtime: Runtime,
    network: Arc<Network>,
    told: mpsc::UnboundedSender<Told>,
    machine: Machine,
    ledger: Ledger,
    timers: BTreeMap<Timer, Instant>,
    sockets: HashMap<SocketId, Open>,
    calls: HashMap<CallId, AbortHandle>,
    /// Ended with the client.
    tasks: JoinSet<()>,
    events: mpsc::UnboundedSender<Happened>,
    line: Line,
    messages: u64,
}

impl Client {
    /// Signed in already; runs until it is dropped.
    pub(super) async fn run(
        identity: Identity,
        runtime: Runtime,
        network: Arc<Network>,
        told: mpsc::UnboundedSender<Told>,
    ) {
        let (events, mut happened) = mpsc::unbounded_channel();
        let mut client = Client {
            machine: Machine::new(identity.account),
            identity,
            runtime,
            network,
            told,
            ledger: Ledger::default(),
            timers: BTreeMap::new(),
            sockets: HashMap::new(),
            calls: HashMap::new(),
            tasks: JoinSet::new(),
            events,
            line: Line::Down,
            messages: 0,
        };
        client.give(Event::Loaded(client.ledger.state())).await;
        client.give(Event::SignedIn).await;
        loop {
            let due = client.timers.iter().min_by_key(|(_, at)| **at).map(|(timer, at)| (*timer, *at));
            tokio::select! {
                Some(happened) = happened.recv() => client.happened(happened).await,
                timer = rung(due) => {
                    client.timers.remove(&timer);
                    client.give(Event::Timer(timer)).await;
                }
                Some(_) = client.tasks.join_next() => {}
            }
        }
    }

    async fn happened(&mut self, happened: Happened) {
        match happened {
            Happened::Socket(id, socket) => self.opened(id, socket).await,
            Happened::Event(event) => {
                if let Event::SocketClosed { socket, .. } = &event {
                    self.close(*socket);
                }
                self.give(event).await;
            }
        }
    }

    async fn give(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for effect in self.machine.handle(self.runtime.now(), event) {
                events.extend(self.carry_out(effect).await);
            }
        }
        self.tell();
    }

    async fn carry_out(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::OpenSocket(id) => self.open(id),
            Effect::CloseSocket(id) => self.close(id),
            Effect::SendFrame(id, frame) => return self.send(id, &frame).await,
            Effect::Http(id, call) => {
                let (network, token, events) = self.outside();
                let task = self.tasks.spawn(async move {
                    let result = Box::new(calls::make(&network, &token, call).await);
                    let _ended = events.send(Happened::Event(Event::Answered { call: id, result }));
                });
                self.calls.insert(id, task);
            }
            Effect::PutDraft(..) => {} // Nothing is shared here.
            Effect::CancelHttp(id) => {
                if let Some(task) = self.calls.remove(&id) {
                    task.abort();
                }
            }
            Effect::Write(writes) => self.messages += self.ledger.apply(writes),
            Effect::Reload => return Some(Event::Loaded(self.ledger.state())),
            Effect::StartTimer(timer, wait) => {
                let wait = match wait {
                    Wait::For(exactly) => exactly,
                    Wait::UpTo(most) => self.runtime.jitter(most),
                    Wait::After { least, jitter } => least + self.runtime.jitter(jitter),
                };
                self.timers.insert(timer, Instant::now() + wait);
            }
            Effect::StopTimer(timer) => drop(self.timers.remove(&timer)),
            Effect::Notify { .. } | Effect::NotifySum { .. } | Effect::ClearNotice(_) | Effect::ClearSum => {}
        }
        None
    }

    fn outside(&self) -> (Arc<Network>, Arc<str>, mpsc::UnboundedSender<Happened>) {
        (Arc::clone(&self.network), Arc::clone(&self.identity.token), self.events.clone())
    }

    /// Says when the line has changed, and what has come since.
    fn tell(&mut self) {
        let status = self.machine.status();
        let line = match status.mode {
            ConnectionMode::Live if status.settled => Line::Socket,
            ConnectionMode::Limited if status.settled => Line::Polling,
            // Connected, but something is still on its way: as before.
            ConnectionMode::Live | ConnectionMode::Limited => self.line,
            _ => Line::Down,
        };
        if line != self.line || self.messages > 0 {
            self.line = line;
            let messages = std::mem::take(&mut self.messages);
            let at = std::time::Instant::now();
            let _ended = self.told.send(Told { client: self.identity.number, at, line, messages });
        }
    }
}

/// Waits for the next timer, for ever without one.
async fn rung(due: Option<(Timer, Instant)>) -> Timer {
    match due {
        Some((timer, at)) => {
            sleep_until(at).await;
            timer
        }
        None => std::future::pending().await,
    }
}
