//! The one mutation handler: HTTP and sockets are two doors to it.
//!
//! A command handed in is carried out and its events delivered even if whoever asked goes away meanwhile; that is
//! why it runs in a task of its own and not in the request's. Commands reach the store in the order they came.

use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::{AccountId, Timestamp};
use bedside_runtime::Runtime;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::announcer::Announcer;
use crate::metrics::{Became, Kind, Metrics};
use crate::store::{
    Actor, ChangeCommand, ChangeOutcome, FlagsCommand, FlagsOutcome, OpenRoomOutcome, PutDraftCommand,
    PutDraftOutcome, QuickReplyCommand, QuickReplyOutcome, ReadCommand, ReadOutcome, SendCommand,
    SendOutcome, SharedStore, StoreError,
};

/// Commands that may wait for the task, and that it may have under way: what 20 busy sockets can have in flight; beyond
/// it, doors wait.
const QUEUE: usize = 1_024;

/// A command whose outcome the task tells of.
trait Outcome: Sized + Send + 'static {
    /// What was asked for.
    const KIND: Kind;
    /// What became of it.
    fn became(&self) -> Became;
    /// Tells whoever is connected, here and elsewhere.
    fn tell(&mut self, announcer: &Announcer);
}

type Answer<T> = Result<T, StoreError>;
type Running = BoxFuture<'static, ()>;
type Job = Box<dyn FnOnce(&Place) -> Running + Send>;

/// What a command needs on its way.
struct Place {
    runtime: Runtime,
    store: SharedStore,
    announcer: Announcer,
    metrics: Arc<Metrics>,
}

/// A cheap handle to the task.
#[derive(Clone)]
pub(crate) struct Commands {
    jobs: mpsc::Sender<Job>,
    metrics: Arc<Metrics>,
}

/// The outcome of a command, once it is there.
pub(crate) struct Pending<T>(oneshot::Receiver<Answer<T>>);

impl<T> Pending<T> {
    /// Waits for the outcome; it comes only after COMMIT.
    pub(crate) async fn outcome(self) -> Answer<T> {
        self.0.await.unwrap_or(Err(StoreError::Closing))
    }
}

impl Commands {
    /// Starts the task; it ends when `finished` is cancelled and everything handed in is done.
    pub(crate) fn start(
        runtime: &Runtime,
        (store, announcer, metrics): (SharedStore, Announcer, Arc<Metrics>),
        finished: CancellationToken,
    ) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let place = Place { runtime: runtime.clone(), store, announcer, metrics: Arc::clone(&metrics) };
        runtime.spawn_vital("server.commands", drive(place, queue, finished));
        Commands { jobs, metrics }
    }

    /// Stores a message.
    pub(crate) async fn send(&self, actor: Actor, command: SendCommand) -> Pending<SendOutcome> {
        self.submit(move |store| Box::pin(async move { store.send_message(actor, command).await })).await
    }

    /// Changes a message.
    pub(crate) async fn change(&self, actor: Actor, command: ChangeCommand) -> Pending<ChangeOutcome> {
        self.submit(move |store| Box::pin(async move { store.change_message(actor, command).await })).await
    }

    /// Moves a read mark.
    pub(crate) async fn mark_read(&self, actor: Actor, command: ReadCommand) -> Pending<ReadOutcome> {
        self.submit(move |store| Box::pin(async move { store.mark_read(actor, command).await })).await
    }

    /// Sets a room up for somebody.
    pub(crate) async fn set_flags(&self, actor: Actor, command: FlagsCommand) -> Pending<FlagsOutcome> {
        self.submit(move |store| Box::pin(async move { store.set_flags(actor, command).await })).await
    }

    /// Puts a draft into somebody's own register.
    pub(crate) async fn put_draft(&self, actor: Actor, command: PutDraftCommand) -> Pending<PutDraftOutcome> {
        self.submit(move |store| Box::pin(async move { store.put_draft(actor, command).await })).await
    }

    /// Moves how far one's own devices have stored a room.
    pub(crate) async fn mark_delivered(&self, actor: Actor, command: ReadCommand) -> Pending<Delivered> {
        self.submit(move |store| {
            Box::pin(async move { store.mark_delivered(actor, command).await.map(Delivered) })
        })
        .await
    }

    /// Gets or makes a room.
    pub(crate) async fn open_room(
        &self,
        actor: Actor,
        other: AccountId,
        now: Timestamp,
    ) -> Pending<OpenRoomOutcome> {
        self.submit(move |store| Box::pin(async move { store.open_room(actor, other, now).await })).await
    }

    /// Changes quick replies.
    pub(crate) async fn quick_replies(
        &self,
        actor: Actor,
        command: QuickReplyCommand,
    ) -> Pending<QuickReplyOutcome> {
        self.submit(move |store| {
            Box::pin(async move { store.change_quick_replies(Some(actor), command).await })
        })
        .await
    }

    /// Ends a session and its connections.
    pub(crate) async fn end_session(&self, actor: Actor, now: Timestamp) -> Pending<SessionEnded> {
        self.submit(move |store| {
            Box::pin(async move { store.end_session(actor, now).await.map(|()| SessionEnded(actor)) })
        })
        .await
    }

    async fn submit<T: Outcome>(
        &self,
        run: impl FnOnce(SharedStore) -> BoxFuture<'static, Answer<T>> + Send + 'static,
    ) -> Pending<T> {
        let (reply, pending) = oneshot::channel();
        let taken_on = self.metrics.commands.taken_on();
        let job: Job = Box::new(move |place| {
            let (running, watch) = (run(Arc::clone(&place.store)), Watch::begin::<T>(place));
            let announcer = place.announcer.clone();
            Box::pin(async move {
                let mut answer = running.await;
                watch.end(answer.as_ref().map_or(Became::Failed, T::became));
                if let Ok(outcome) = &mut answer {
                    outcome.tell(&announcer);
                }
                drop(taken_on);
                let _ = reply.send(answer); // Whoever asked may be gone.
            })
        });
        let _ = self.jobs.send(job).await; // A closed queue drops the reply: `Closing`.
        Pending(pending)
    }
}

/// How long the store takes for a command.
struct Watch {
    runtime: Runtime,
    metrics: Arc<Metrics>,
    kind: Kind,
    began: Duration,
}

impl Watch {
    fn begin<T: Outcome>(place: &Place) -> Self {
        let (runtime, metrics) = (place.runtime.clone(), Arc::clone(&place.metrics));
        Watch { began: runtime.monotonic(), runtime, metrics, kind: T::KIND }
    }

    fn end(self, became: Became) {
        let took = self.runtime.monotonic().saturating_sub(self.began);
        self.metrics.commands.answered(self.kind, became, took);
    }
}

async fn drive(place: Place, mut queue: mpsc::Receiver<Job>, finished: CancellationToken) {
    let mut running: FuturesUnordered<Running> = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            Some(()) = running.next(), if !running.is_empty() => {}
            job = queue.recv(), if running.len() < QUEUE => match job {
                Some(job) => running.push(job(&place)),
                None => break,
            },
            () = finished.cancelled(), if queue.is_empty() => break,
        }
    }
    queue.close();
    while let Some(job) = queue.recv().await {
        running.push(job(&place));
    }
    while running.next().await.is_some() {}
}

impl Outcome for SendOutcome {
    const KIND: Kind = Kind::SendMessage;

    fn became(&self) -> Became {
        match self {
            Self::Stored { .. } => Became::Stored,
            Self::Repeated { .. } => Became::Repeated,
            Self::ClientIdReused | Self::NotFound | Self::Forbidden | Self::NothingToReplyTo => {
                Became::Refused
            }
        }
    }

    fn tell(&mut self, announcer: &Announcer) {
        if let Self::Stored { deliveries, .. } = self {
            announcer.deliver(std::mem::take(deliveries));
        }
    }
}

impl Outcome for ChangeOutcome {
    const KIND: Kind = Kind::ChangeMessage;

    fn became(&self) -> Became {
        match self {
            Self::Changed { .. } => Became::Stored,
            Self::Unchanged { .. } => Became::Repeated,
            Self::ClientIdReused
            | Self::NotFound
            | Self::Forbidden
            | Self::Retracted
            | Self::TooManyReactions => Became::Refused,
        }
    }

    fn tell(&mut self, announcer: &Announcer) {
        if let Self::Changed { deliveries, .. } = self {
            announcer.deliver(std::mem::take(deliveries));
        }
    }
}

impl Outcome for ReadOutcome {
    const KIND: Kind = Kind::MarkRead;

    fn became(&self) -> Became {
        match self {
            Self::Marked { deliveries, .. } => Became::stored_if_told(deliveries),
            Self::NotFound => Became::Refused,
        }
    }

    fn tell(&mut self, announcer: &Announcer) {
        if let Self::Marked { deliveries, .. } = self {
            announcer.deliver(std::mem::take(deliveries));
        }
    }
}

impl Outcome for FlagsOutcome {
    const KIND: Kind = Kind::SetFlags;

    fn became(&self) -> Became {
        match self {
            Self::Set { deliveries, .. } => Became::stored_if_told(deliveries),
            Self::NotFound => Became::Refused,
        }
    }

    fn tell(&mut self, announcer: &Announcer) {
        if let Self::Set { deliveries, .. } = self {
            announcer.deliver(std::mem::take(deliveries));
        }
    }
}

impl Outcome for PutDraftOutcome {
    const KIND: Kind = Kind::PutDraft;

    fn became(&self) -> Became {
        match self {
            Self::Answered { answer, .. } if !answer.kept => Became::Refused,
            Self::Answered { deliveries, .. } => Became::stored_if_told(deliveries),
            Self::NotFound | Self::Forbidden => Became::Refused,
        }
    }

    fn tell(&mut self, announcer: &Announcer) {
        if let Self::Answered { deliveries, .. } = self {
            announcer.deliver(std::mem::take(deliveries));
        }
    }
}

/// What became of saying that something is stored.
pub(crate) struct Delivered(pub(crate) ReadOutcome);

impl Outcome for Delivered {
    const KIND: Kind = Kind::MarkDelivered;

    fn became(&self) -> Became {
        self.0.became()
    }

    fn tell(&mut self, announcer: &Announcer) {
        self.0.tell(announcer);
    }
}

impl Outcome for OpenRoomOutcome {
    const KIND: Kind = Kind::OpenRoom;

    fn became(&self) -> Became {
        match self {
            Self::Room { deliveries, .. } => Became::stored_if_told(deliveries),
            Self::NotFound => Became::Refused,
        }
    }

    fn tell(&mut self, announcer: &Announcer) {
        if let Self::Room { deliveries, .. } = self {
            announcer.deliver(std::mem::take(deliveries));
        }
    }
}

impl Outcome for QuickReplyOutcome {
    const KIND: Kind = Kind::QuickReplies;

    fn became(&self) -> Became {
        match self {
            Self::Changed { .. } => Became::Stored,
            Self::Unchanged { .. } => Became::Repeated,
            Self::ClientIdReused | Self::NotFound | Self::TooMany => Became::Refused,
        }
    }

    fn tell(&mut self, announcer: &Announcer) {
        if let Self::Changed { deliveries, .. } = self {
            announcer.deliver(std::mem::take(deliveries));
        }
    }
}

/// A session that has ended.
pub(crate) struct SessionEnded(Actor);

impl Outcome for SessionEnded {
    const KIND: Kind = Kind::EndSession;

    fn became(&self) -> Became {
        Became::Stored
    }

    fn tell(&mut self, announcer: &Announcer) {
        announcer.revoke(self.0);
    }
}
