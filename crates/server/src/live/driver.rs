//! The task of one socket: commands in, outcomes and events out, until either side ends it.

mod commands;
mod life;
mod nudged;
mod presence;
mod stream;
mod typing;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::wire::Message;
use bedside_protocol::{ClientId, ErrorCode, FeedSeq, Problem, close, limits};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio::time::Sleep;

use crate::app::AppState;
use crate::doors::Sent;
use crate::failure::Failure;
use crate::hub::{End, Nudge, Subscription, Told};
use crate::live::Dialect;
use crate::live::follower::{Follower, Step};
use crate::live::link::{Arrived, Gone, Link};
use crate::metrics::Closed;
use crate::store::{Acquaintances, Actor, FeedSlice, Session, TokenHash};
use presence::Company;
use typing::Typist;

/// Commands of one socket that may wait for their commit; beyond it, the socket is not read.
const IN_FLIGHT_MAX: usize = 64;
/// How long a missing event is waited for before the store is asked.
const GAP_PATIENCE: Duration = Duration::from_millis(25);
/// How long commands may take to finish when the server closes.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Whose socket it is.
pub(crate) struct Holder {
    pub(crate) session: Session,
    pub(crate) token: TokenHash,
}

/// What became of a command: the frame to answer with, if any.
enum Done {
    Sent(ClientId, Result<Sent, Failure>),
    Changed(ClientId, Result<Box<Message>, Failure>),
    Marked(Result<(), Failure>),
    Flagged(Result<(), Failure>),
    /// Who is told that one types in a room.
    Typist(Typist),
    /// Whom the socket's person knows, if the store has said so.
    Company(Option<Acquaintances>),
}

/// Why the socket ends.
enum Finish {
    /// The client closed it or is gone.
    Gone,
    /// We close it, saying why.
    Close(u16, Option<ErrorCode>),
    /// The server is closing.
    GoingAway,
}

impl Finish {
    const fn closed(&self) -> Closed {
        match self {
            Self::Gone => Closed::Gone,
            Self::Close(code, error) => Closed::with(*code, *error),
            Self::GoingAway => Closed::GoingAway,
        }
    }
}

impl From<Gone> for Finish {
    fn from(Gone: Gone) -> Self {
        Finish::Gone
    }
}

impl From<Failure> for Finish {
    fn from(_: Failure) -> Self {
        Finish::Close(close::UNAVAILABLE, Some(ErrorCode::Unavailable))
    }
}

/// One socket's state.
pub(crate) struct Driver<D> {
    pub(crate) state: Arc<AppState>,
    pub(crate) link: Link,
    pub(crate) dialect: D,
    pub(crate) holder: Holder,
    pub(crate) subscription: Subscription,
    follower: Follower,
    /// What it was told to look at the store for, and has not yet.
    nudge: Option<Nudge>,
    in_flight: FuturesUnordered<BoxFuture<'static, Done>>,
    heard_at: Duration,
    /// Whether a command came since the session was last looked at.
    used: bool,
    refused_in_a_row: u32,
    typist: Option<Typist>,
    company: Company,
}

enum Event {
    Closing,
    Ended(End),
    Done(Done),
    Live(Option<Told>),
    Arrived(Arrived),
    GapWaited,
    Tick,
}

/// What a socket waits for besides frames and events; made once, since each costs a lock to register.
struct Waits {
    closing: BoxFuture<'static, ()>,
    ended: BoxFuture<'static, End>,
    tick: Pin<Box<Sleep>>,
    gap: Pin<Box<Sleep>>,
}

impl Waits {
    fn new<D>(driver: &Driver<D>) -> Self {
        Waits {
            closing: driver.state.closing.clone().cancelled_owned().boxed(),
            ended: driver.subscription.ended().boxed(),
            tick: Box::pin(tokio::time::sleep(limits::PING_EVERY)),
            gap: Box::pin(tokio::time::sleep(GAP_PATIENCE)),
        }
    }
}

impl Waits {
    /// Asked by the clock: behind a client that never stops talking, the timer's turn would never come.
    fn is_due(&self) -> bool {
        self.tick.deadline() <= tokio::time::Instant::now()
    }
}

impl<D: Dialect> Driver<D> {
    pub(crate) fn new(
        state: Arc<AppState>,
        link: Link,
        dialect: D,
        holder: Holder,
        subscription: Subscription,
        last: FeedSeq,
    ) -> Self {
        let heard_at = state.runtime.monotonic();
        let in_flight = FuturesUnordered::new();
        let follower = Follower::new(last);
        Driver {
            state,
            link,
            dialect,
            holder,
            subscription,
            follower,
            nudge: None,
            in_flight,
            heard_at,
            used: false,
            refused_in_a_row: 0,
            typist: None,
            company: Company::default(),
        }
    }

    /// Runs the socket to its end and says why it ended; `replay` is what it is told first.
    pub(crate) async fn run(mut self, replay: Replay) -> Closed {
        let finish = match self.converse(replay).await {
            Ok(()) => Finish::Gone,
            Err(finish) => finish,
        };
        let closed = finish.closed();
        match finish {
            Finish::Gone => {}
            Finish::Close(code, reason) => {
                let last = reason.map(|reason| self.dialect.failed(Problem::new(reason), None));
                self.link.close(code, last).await;
            }
            Finish::GoingAway => self.go_away().await,
        }
        closed
    }

    async fn converse(&mut self, replay: Replay) -> Result<(), Finish> {
        match replay {
            Replay::Store => self.catch_up().await?,
            Replay::Given(missed) => self.go_on(missed).await?,
            Replay::Nothing => {}
        }
        self.look_at_company();
        self.link.flush().await?;
        let mut waits = Waits::new(self);
        self.settle(Step::Listen, &mut waits).await?;
        loop {
            let event = if waits.is_due() { Event::Tick } else { self.next_event(&mut waits).await };
            let before = self.follower.next_step();
            self.handle(event, &mut waits).await?;
            self.drain().await?;
            self.settle(before, &mut waits).await?;
            self.link.flush().await?;
        }
    }

    /// Does about missing events and nudges what is to be done now.
    async fn settle(&mut self, before: Step, waits: &mut Waits) -> Result<(), Finish> {
        loop {
            match self.follower.next_step() {
                Step::CatchUp => self.catch_up().await?,
                Step::WaitABit if before == Step::Listen => {
                    waits.gap.as_mut().reset(tokio::time::Instant::now() + GAP_PATIENCE);
                }
                Step::WaitABit | Step::Listen => {}
            }
            match self.nudge.take() {
                Some(nudge) => self.nudged(nudge, waits).await?,
                None => return Ok(()),
            }
        }
    }

    async fn next_event(&mut self, waits: &mut Waits) -> Event {
        let waiting = self.follower.next_step() == Step::WaitABit;
        let may_read = self.in_flight.len() < IN_FLIGHT_MAX;
        tokio::select! {
            biased;
            () = &mut waits.closing => Event::Closing,
            end = &mut waits.ended => Event::Ended(end),
            Some(done) = self.in_flight.next(), if !self.in_flight.is_empty() => Event::Done(done),
            told = self.subscription.recv() => Event::Live(told),
            arrived = self.link.receive(), if may_read => Event::Arrived(arrived),
            () = waits.gap.as_mut(), if waiting => Event::GapWaited,
            () = waits.tick.as_mut() => Event::Tick,
        }
    }

    async fn handle(&mut self, event: Event, waits: &mut Waits) -> Result<(), Finish> {
        match event {
            Event::Closing => Err(Finish::GoingAway),
            Event::Ended(End::Revoked) => Err(signed_out()),
            Event::Ended(End::TooSlow) => Err(Finish::Close(close::TOO_SLOW, None)),
            Event::Done(done) => self.answer(done).await,
            Event::Live(Some(told)) => self.take(told).await,
            Event::Live(None) => {
                let end = (&mut waits.ended).await;
                Box::pin(self.handle(Event::Ended(end), waits)).await
            }
            Event::Arrived(arrived) => self.arrived(arrived).await,
            Event::GapWaited => self.catch_up().await,
            Event::Tick => {
                waits.tick.as_mut().reset(tokio::time::Instant::now() + limits::PING_EVERY);
                self.check_life().await
            }
        }
    }

    /// What else is ready goes out in the same write.
    async fn drain(&mut self) -> Result<(), Finish> {
        for _ in 0..IN_FLIGHT_MAX {
            let done = self.in_flight.next().now_or_never().flatten();
            let told = self.subscription.try_recv();
            if done.is_none() && told.is_none() {
                break;
            }
            if let Some(done) = done {
                self.answer(done).await?;
            }
            if let Some(told) = told {
                self.take(told).await?;
            }
        }
        Ok(())
    }

    /// Commands under way are answered, then the socket says goodbye.
    async fn go_away(mut self) {
        let goodbye = self.dialect.going_away(self.state.retry_in_ms());
        let runtime = self.state.runtime.clone();
        let last_words = async {
            while let Some(done) = self.in_flight.next().await {
                self.answer(done).await?;
            }
            Ok::<(), Finish>(())
        };
        let _ = runtime.timeout(LAST_WORDS, last_words).await; // What was not answered is asked again.
        self.link.close(close::GOING_AWAY, goodbye).await;
    }

    async fn put(&mut self, frame: Option<Utf8Bytes>) -> Result<(), Finish> {
        match frame {
            Some(frame) => Ok(self.link.put(frame).await?),
            None => Ok(()),
        }
    }

    const fn actor(&self) -> Actor {
        self.holder.session.actor
    }
}

/// What goes out before anything else.
pub(crate) enum Replay {
    /// What the store has after the place where the stream starts.
    Store,
    /// The same, read already.
    Given(FeedSlice),
    /// The stream starts at the head.
    Nothing,
}

fn signed_out() -> Finish {
    Finish::Close(close::UNAUTHENTICATED, Some(ErrorCode::Unauthenticated))
}
