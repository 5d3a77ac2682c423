//! Catch-up: what was missed, through the sync machine into the cache, while the list is on screen.
//!
//! Up to [`limits::FEED_REPLAY_MAX`] events the feed brings them; beyond, the server asks for a snapshot, and what each
//! room has missed is fetched room by room. The network and its JSON are left out.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bedside_core::cache_write::CacheWrite;
use bedside_core::sync::{Effect, Event, Machine, SocketId};
use bedside_engine::cache::Cache;
use bedside_protocol::feed::{ClientFrame, ServerFrame};
use bedside_protocol::limits;

use super::clinic::Clinic;
use super::{Bench, indexed, screen, words};

/// What catching up took.
pub(super) struct CaughtUp {
    pub(super) taken: Duration,
    /// Until all of it could be searched, after that.
    pub(super) indexed: Duration,
    /// The numbers of the messages of each transaction.
    pub(super) groups: Vec<Vec<i64>>,
}

impl CaughtUp {
    pub(super) fn messages(&self) -> usize {
        self.groups.iter().map(Vec::len).sum()
    }
}

/// Catches up from one number of messages to another.
pub(super) async fn run(bench: &Bench, from: i64, to: i64) -> Result<CaughtUp> {
    let (order, read_up_to) = (bench.options.order(), bench.read_up_to());
    let clinic = Clinic { order, messages: to, read_up_to };
    let behind = to - from;
    let frames = if behind <= limits::FEED_REPLAY_MAX {
        let events = clinic.events(from, bench.options.frames)?;
        events.into_iter().map(|events| ServerFrame::Events { events }).collect()
    } else {
        vec![ServerFrame::ResyncRequired { head: words::place(to) }]
    };
    let cache = bench.open().await?;
    let screen = screen::list(bench, &cache).await?;
    let mut line = Line::new(bench, cache.clone(), clinic, frames);
    let begun = Instant::now();
    line.run().await?;
    let taken = begun.elapsed().saturating_sub(line.answering);
    let indexed = indexed::wait(&cache).await?;
    screen.leave();
    let reached = cache.sync_state().await?.cursor.map(|cursor| cursor.feed_seq.get());
    ensure!(reached == Some(to), "caught up to {reached:?}");
    cache.close().await;
    let caught_up = CaughtUp { taken, indexed, groups: line.groups };
    ensure!(i64::try_from(caught_up.messages())? >= behind, "{} of {behind} came", caught_up.messages());
    Ok(caught_up)
}

/// The machine between a cache and a clinic.
struct Line {
    bench: Bench,
    machine: Machine,
    cache: Cache,
    clinic: Clinic,
    events: VecDeque<Event>,
    /// What the socket brings after its welcome.
    frames: Vec<ServerFrame>,
    groups: Vec<Vec<i64>>,
    /// How long the clinic took to make its answers up, which is no part of catching up.
    answering: Duration,
}

impl Line {
    fn new(bench: &Bench, cache: Cache, clinic: Clinic, frames: Vec<ServerFrame>) -> Self {
        let (machine, bench) = (Machine::new(words::ME), bench.clone());
        Line {
            bench,
            machine,
            cache,
            clinic,
            events: VecDeque::new(),
            frames,
            groups: Vec::new(),
            answering: Duration::ZERO,
        }
    }

    async fn run(&mut self) -> Result<()> {
        self.events.push_back(Event::Loaded(self.cache.sync_state().await?));
        self.events.push_back(Event::SignedIn);
        while let Some(event) = self.events.pop_front() {
            for effect in self.machine.handle(self.bench.runtime.now(), event) {
                self.carry_out(effect).await?;
            }
        }
        Ok(())
    }

    async fn carry_out(&mut self, effect: Effect) -> Result<()> {
        match effect {
            Effect::OpenSocket(socket) => self.events.push_back(Event::SocketOpened(socket)),
            Effect::SendFrame(socket, ClientFrame::Hello(_)) => self.greet(socket),
            Effect::Http(call, what) => {
                let asked = Instant::now();
                let result = Box::new(Ok(self.clinic.answer(what)?));
                self.answering += asked.elapsed();
                self.events.push_back(Event::Answered { call, result });
            }
            Effect::Write(writes) => self.write(writes).await?,
            Effect::Reload => {
                let state = self.cache.sync_state().await?;
                self.events.push_front(Event::Loaded(state));
            }
            _ => {}
        }
        Ok(())
    }

    fn greet(&mut self, socket: SocketId) {
        let frames = [self.clinic.welcome()].into_iter().chain(self.frames.drain(..));
        self.events.extend(frames.map(|frame| Event::Frame { socket, frame: Box::new(frame) }));
    }

    async fn write(&mut self, writes: Vec<CacheWrite>) -> Result<()> {
        let number = |write: &CacheWrite| match write {
            CacheWrite::Message(message) => Some(message.id.get() - 1),
            _ => None,
        };
        self.groups.push(writes.iter().filter_map(number).collect());
        self.cache.apply(writes).await.context("the cache cannot be written")
    }
}
