//! The one mutation handler: HTTP and sockets are two doors to it.
//!
//! A command handed in is carried out and its events delivered even if whoever asked goes away meanwhile; that is
//! why it runs in a task of its own and not in the request's. Commands reach the store in the order they came.

use std::sync::Arc;

use bedside_protocol::{AccountId, Timestamp};
use bedside_runtime::Runtime;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::hub::Hub;
use crate::store::{
    Actor, Delivery, OpenRoomOutcome, ReadCommand, ReadOutcome, SendCommand, SendOutcome, SharedStore,
    StoreError,
};

/// Commands that may wait for the task: what 20 busy sockets can have in flight; beyond it, doors wait.
const QUEUE: usize = 1_024;

/// A command whose outcome the task delivers.
trait Outcome: Sized + Send + 'static {
    /// Takes the events out, to be delivered.
    fn take_deliveries(&mut self) -> Vec<Delivery>;
}

type Answer<T> = Result<T, StoreError>;
type Running = BoxFuture<'static, ()>;
type Job = Box<dyn FnOnce(&SharedStore, &Arc<Hub>) -> Running + Send>;

/// A cheap handle to the task.
#[derive(Clone)]
pub(crate) struct Commands {
    jobs: mpsc::Sender<Job>,
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
        store: SharedStore,
        hub: Arc<Hub>,
        finished: CancellationToken,
    ) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        runtime.spawn("server.commands", drive(store, hub, queue, finished));
        Commands { jobs }
    }

    /// Stores a message.
    pub(crate) async fn send(&self, actor: Actor, command: SendCommand) -> Pending<SendOutcome> {
        self.submit(move |store| Box::pin(async move { store.send_message(actor, command).await })).await
    }

    /// Moves a read mark.
    pub(crate) async fn mark_read(&self, actor: Actor, command: ReadCommand) -> Pending<ReadOutcome> {
        self.submit(move |store| Box::pin(async move { store.mark_read(actor, command).await })).await
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

    async fn submit<T: Outcome>(
        &self,
        run: impl FnOnce(SharedStore) -> BoxFuture<'static, Answer<T>> + Send + 'static,
    ) -> Pending<T> {
        let (reply, pending) = oneshot::channel();
        let job: Job = Box::new(move |store, hub| {
            let (running, hub) = (run(Arc::clone(store)), Arc::clone(hub));
            Box::pin(async move {
                let mut answer = running.await;
                if let Ok(outcome) = &mut answer {
                    hub.deliver(outcome.take_deliveries());
                }
                let _ = reply.send(answer); // Whoever asked may be gone.
            })
        });
        let _ = self.jobs.send(job).await; // A closed queue drops the reply: `Closing`.
        Pending(pending)
    }
}

async fn drive(
    store: SharedStore,
    hub: Arc<Hub>,
    mut queue: mpsc::Receiver<Job>,
    finished: CancellationToken,
) {
    let mut running: FuturesUnordered<Running> = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            Some(()) = running.next(), if !running.is_empty() => {}
            job = queue.recv() => match job {
                Some(job) => running.push(job(&store, &hub)),
                None => break,
            },
            () = finished.cancelled(), if queue.is_empty() => break,
        }
    }
    queue.close();
    while let Some(job) = queue.recv().await {
        running.push(job(&store, &hub));
    }
    while running.next().await.is_some() {}
}

impl Outcome for SendOutcome {
    fn take_deliveries(&mut self) -> Vec<Delivery> {
        match self {
            Self::Stored { deliveries, .. } => std::mem::take(deliveries),
            _ => Vec::new(),
        }
    }
}

impl Outcome for ReadOutcome {
    fn take_deliveries(&mut self) -> Vec<Delivery> {
        match self {
            Self::Marked { deliveries, .. } => std::mem::take(deliveries),
            Self::NotFound => Vec::new(),
        }
    }
}

impl Outcome for OpenRoomOutcome {
    fn take_deliveries(&mut self) -> Vec<Delivery> {
        match self {
            Self::Room { deliveries, .. } => std::mem::take(deliveries),
            Self::NotFound => Vec::new(),
        }
    }
}
