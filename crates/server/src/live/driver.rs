//! The task of one socket: commands in, outcomes and events out, until either side ends it.

mod commands;
mod stream;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::{ClientId, ErrorCode, FeedSeq, Problem, close, limits};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio::time::Sleep;

use crate::app::AppState;
use crate::failure::Failure;
use crate::hub::{End, LiveEvent, Subscription};
use crate::live::Dialect;
use crate::live::follower::{Follower, Step};
use crate::live::link::{Arrived, Gone, Link};
use crate::store::{Actor, Session, TokenHash};

/// Commands of one socket that may wait for their commit; beyond it, the socket is not read.
const IN_FLIGHT_MAX: usize = 64;
/// How long a missing event is waited for before the store is asked.
const GAP_PATIENCE: Duration = Duration::from_millis(25);
/// How long commands may take to finish when the server closes.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// The most a client is asked to wait when the server closes, in milliseconds, so that not all come back at once.
const COME_BACK_WITHIN: Duration = Duration::from_secs(5);

/// Whose socket it is.
pub(crate) struct Holder {
    pub(crate) session: Session,
    pub(crate) token: TokenHash,
}

/// What became of a command: the frame to answer with, if any.
enum Done {
    Sent(ClientId, Result<Box<bedside_protocol::wire::Message>, Failure>),
    Marked(Result<(), Failure>),
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
    in_flight: FuturesUnordered<BoxFuture<'static, Done>>,
    heard_at: Duration,
}

enum Event {
    Closing,
    Ended(End),
    Done(Done),
    Live(Option<Arc<LiveEvent>>),
    Arrived(Arrived),
    GapWaited,
    Tick,
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
        Driver { state, link, dialect, holder, subscription, follower, in_flight, heard_at }
    }

    /// Runs the socket to its end; `replay` says whether to read what came since the cursor first.
    pub(crate) async fn run(mut self, replay: Replay) {
        let finish = match self.converse(replay).await {
            Ok(()) => Finish::Gone,
            Err(finish) => finish,
        };
        match finish {
            Finish::Gone => {}
            Finish::Close(code, reason) => {
                let last = reason.map(|reason| self.dialect.failed(Problem::new(reason), None));
                self.link.close(code, last).await;
            }
            Finish::GoingAway => self.go_away().await,
        }
    }

    async fn converse(&mut self, replay: Replay) -> Result<(), Finish> {
        if replay == Replay::FromCursor {
            self.catch_up().await?;
        }
        self.link.flush().await?;
        let mut tick = Box::pin(tokio::time::sleep(limits::PING_EVERY));
        let mut gap = Box::pin(tokio::time::sleep(GAP_PATIENCE));
        loop {
            let event = self.next_event(&mut tick, &mut gap).await;
            let before = self.follower.next_step();
            self.handle(event, &mut tick).await?;
            self.drain().await?;
            match self.follower.next_step() {
                Step::CatchUp => self.catch_up().await?,
                Step::WaitABit if before == Step::Listen => {
                    gap.as_mut().reset(tokio::time::Instant::now() + GAP_PATIENCE);
                }
                Step::WaitABit | Step::Listen => {}
            }
            self.link.flush().await?;
        }
    }

    async fn next_event(
        &mut self,
        tick: &mut std::pin::Pin<Box<Sleep>>,
        gap: &mut std::pin::Pin<Box<Sleep>>,
    ) -> Event {
        let waiting = self.follower.next_step() == Step::WaitABit;
        let may_read = self.in_flight.len() < IN_FLIGHT_MAX;
        let ended = self.subscription.ended();
        tokio::select! {
            biased;
            () = self.state.closing.cancelled() => Event::Closing,
            end = ended => Event::Ended(end),
            Some(done) = self.in_flight.next(), if !self.in_flight.is_empty() => Event::Done(done),
            event = self.subscription.queue.recv() => Event::Live(event),
            arrived = self.link.receive(), if may_read => Event::Arrived(arrived),
            () = gap.as_mut(), if waiting => Event::GapWaited,
            () = tick.as_mut() => Event::Tick,
        }
    }

    async fn handle(&mut self, event: Event, tick: &mut std::pin::Pin<Box<Sleep>>) -> Result<(), Finish> {
        match event {
            Event::Closing => Err(Finish::GoingAway),
            Event::Ended(End::Revoked) => Err(signed_out()),
            Event::Ended(End::TooSlow) => Err(Finish::Close(close::TOO_SLOW, None)),
            Event::Done(done) => self.answer(done).await,
            Event::Live(Some(event)) => self.tell(event).await,
            Event::Live(None) => {
                let end = self.subscription.ended().await;
                Box::pin(self.handle(Event::Ended(end), tick)).await
            }
            Event::Arrived(arrived) => self.arrived(arrived).await,
            Event::GapWaited => self.catch_up().await,
            Event::Tick => {
                tick.as_mut().reset(tokio::time::Instant::now() + limits::PING_EVERY);
                self.check_life().await
            }
        }
    }

    /// What else is ready goes out in the same write.
    async fn drain(&mut self) -> Result<(), Finish> {
        for _ in 0..IN_FLIGHT_MAX {
            let done = self.in_flight.next().now_or_never().flatten();
            let live = self.subscription.queue.try_recv().ok();
            if done.is_none() && live.is_none() {
                break;
            }
            if let Some(done) = done {
                self.answer(done).await?;
            }
            if let Some(event) = live {
                self.tell(event).await?;
            }
        }
        Ok(())
    }

    /// Is the client there, its session alive, and did nothing pass the hub by?
    async fn check_life(&mut self) -> Result<(), Finish> {
        if self.state.runtime.monotonic().saturating_sub(self.heard_at) >= limits::SOCKET_DEADLINE {
            return Err(Finish::Close(close::TIMEOUT, None));
        }
        let session = self.state.store.session(&self.holder.token, self.state.runtime.now()).await;
        if session.map_err(Failure::from)?.is_none() {
            return Err(signed_out());
        }
        let head = self.state.store.feed_head(self.actor().account_id).await.map_err(Failure::from)?;
        if head.feed_seq > self.follower.last() {
            self.catch_up().await?; // Stored by another process: an administrator's command beside the server.
        }
        Ok(self.link.ping().await?)
    }

    /// Commands under way are answered, then the socket says goodbye.
    async fn go_away(mut self) {
        let retry_in = self.state.runtime.jitter(COME_BACK_WITHIN);
        let goodbye = self.dialect.going_away(u64::try_from(retry_in.as_millis()).unwrap_or(0));
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

    fn epoch(&self) -> bedside_protocol::Epoch {
        self.state.store.facts().epoch.clone()
    }
}

/// Whether the store is read before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replay {
    /// From the client's cursor.
    FromCursor,
    /// The stream starts at the head.
    FromHead,
}

fn signed_out() -> Finish {
    Finish::Close(close::UNAUTHENTICATED, Some(ErrorCode::Unauthenticated))
}
