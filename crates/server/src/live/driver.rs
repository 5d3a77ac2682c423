//! The task of one socket: commands in, outcomes and events out, until either side ends it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::{ClientId, Cursor, ErrorCode, FeedSeq, Problem, close, limits};
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio::time::Sleep;

use crate::app::AppState;
use crate::doors;
use crate::failure::Failure;
use crate::hub::{End, LiveEvent, Subscription};
use crate::live::follower::{Follower, Step};
use crate::live::link::{Arrived, Gone, Link};
use crate::live::{Dialect, Heard};
use crate::rate::Rate;
use crate::store::{Actor, FeedSlice, ReadCommand, Session, TokenHash};

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

    async fn arrived(&mut self, arrived: Arrived) -> Result<(), Finish> {
        self.heard_at = self.state.runtime.monotonic();
        match arrived {
            Arrived::Text(text) => self.hear(&text).await,
            Arrived::Life => Ok(()),
            Arrived::Binary => self.fail(ErrorCode::BadRequest.into(), None).await,
            Arrived::TooLarge => Err(Finish::Close(close::TOO_LARGE, Some(ErrorCode::TooLarge))),
            Arrived::Closed => Err(Finish::Gone),
        }
    }

    async fn hear(&mut self, text: &Utf8Bytes) -> Result<(), Finish> {
        let actor = self.actor();
        if let Err(failure) = self.state.rates.take(Rate::Account(actor.account_id)) {
            return self.fail(failure, client_id_of(text)).await;
        }
        match self.dialect.hear(text.as_str()) {
            Heard::Send(draft) => self.send(actor, draft).await,
            Heard::Read { room_id, up_to } => {
                let command = ReadCommand { room_id, up_to, now: self.state.runtime.now() };
                let pending = self.state.commands.mark_read(actor, command).await;
                self.in_flight.push(Box::pin(async move {
                    let outcome = pending.outcome().await.map_err(Failure::from);
                    Done::Marked(outcome.and_then(doors::marked).map(|_| ()))
                }));
                Ok(())
            }
            Heard::Reply(frame) => Ok(self.link.put(frame).await?),
            Heard::Unreadable => self.fail(ErrorCode::BadRequest.into(), client_id_of(text)).await,
        }
    }

    async fn send(&mut self, actor: Actor, draft: doors::Draft) -> Result<(), Finish> {
        let client_id = draft.client_id;
        let command = match doors::send_command(&self.state, actor, draft) {
            Ok(command) => command,
            Err(failure) => return self.fail(failure, client_id).await,
        };
        let client_id = command.client_id;
        let pending = self.state.commands.send(actor, command).await;
        self.in_flight.push(Box::pin(async move {
            let outcome = pending.outcome().await.map_err(Failure::from);
            Done::Sent(client_id, outcome.and_then(doors::sent))
        }));
        Ok(())
    }

    async fn answer(&mut self, done: Done) -> Result<(), Finish> {
        let frame = match done {
            Done::Sent(client_id, Ok(message)) => self.dialect.sent(client_id, message),
            Done::Sent(client_id, Err(Failure(problem))) => {
                Some(self.dialect.failed(problem, Some(client_id)))
            }
            Done::Marked(Err(Failure(problem))) => Some(self.dialect.failed(problem, None)),
            Done::Marked(Ok(())) => None,
        };
        self.put(frame).await
    }

    async fn tell(&mut self, event: Arc<LiveEvent>) -> Result<(), Finish> {
        for event in self.follower.offer(event) {
            let frame = self.dialect.live(&event);
            self.put(frame).await?;
        }
        Ok(())
    }

    /// Reads the store from the cursor until nothing is missing. Never skips: a feed that cannot be continued is
    /// said to be so.
    async fn catch_up(&mut self) -> Result<(), Finish> {
        loop {
            let epoch = self.epoch();
            let after = Cursor { epoch, feed_seq: self.follower.last() };
            let slice = self.state.store.feed(self.actor(), after, limits::FEED_PAGE_MAX).await;
            match slice.map_err(Failure::from)? {
                FeedSlice::Events { events, head } => {
                    let last = events.last().map_or(self.follower.last(), |event| event.feed_seq);
                    for frame in self.dialect.replay(events) {
                        self.link.put(frame).await?;
                    }
                    self.moved_to(last).await?;
                    if self.follower.last() >= head {
                        return Ok(());
                    }
                }
                FeedSlice::ResyncRequired { head } => return self.resync(head).await,
            }
            self.hold_what_came().await?;
        }
    }

    /// Tells that the stream goes on from here.
    pub(crate) async fn say_resync(&mut self, head: Cursor) -> Result<(), Gone> {
        match self.dialect.resync(head) {
            Some(frame) => self.link.put(frame).await,
            None => Ok(()),
        }
    }

    async fn resync(&mut self, head: FeedSeq) -> Result<(), Finish> {
        self.say_resync(Cursor { epoch: self.epoch(), feed_seq: head }).await?;
        self.moved_to(head).await
    }

    async fn moved_to(&mut self, last: FeedSeq) -> Result<(), Finish> {
        for event in self.follower.moved_to(last) {
            let frame = self.dialect.live(&event);
            self.put(frame).await?;
        }
        Ok(())
    }

    /// A long replay must not overflow the queue.
    async fn hold_what_came(&mut self) -> Result<(), Finish> {
        while let Ok(event) = self.subscription.queue.try_recv() {
            self.tell(event).await?;
        }
        Ok(())
    }

    async fn check_life(&mut self) -> Result<(), Finish> {
        if self.state.runtime.monotonic().saturating_sub(self.heard_at) >= limits::SOCKET_DEADLINE {
            return Err(Finish::Close(close::TIMEOUT, None));
        }
        let session = self.state.store.session(&self.holder.token, self.state.runtime.now()).await;
        if session.map_err(Failure::from)?.is_none() {
            return Err(signed_out());
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

    async fn fail(&mut self, Failure(problem): Failure, client_id: Option<ClientId>) -> Result<(), Finish> {
        let frame = self.dialect.failed(problem, client_id);
        self.put(Some(frame)).await
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

/// The command's id even in a frame that is refused, so that its sender knows which.
fn client_id_of(text: &Utf8Bytes) -> Option<ClientId> {
    #[derive(serde::Deserialize)]
    struct Id {
        client_id: ClientId,
    }
    serde_json::from_str::<Id>(text.as_str()).ok().map(|id| id.client_id)
}
