//! A worker that owns its state and is given jobs in batches, so that a store can commit many at once.

use std::panic::AssertUnwindSafe;

use tokio::sync::mpsc;

use crate::Runtime;

/// Hands jobs to a worker. Clones feed the same one; it ends when all are gone.
#[derive(Debug)]
pub struct Submitter<J> {
    jobs: mpsc::Sender<J>,
}

impl<J> Clone for Submitter<J> {
    fn clone(&self) -> Self {
        Submitter { jobs: self.jobs.clone() }
    }
}

/// The worker has ended; the job was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerGone;

impl std::fmt::Display for WorkerGone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the worker has ended")
    }
}

impl std::error::Error for WorkerGone {}

impl<J> Submitter<J> {
    /// Queues a job, waiting while the queue is full.
    ///
    /// # Errors
    /// When the worker has ended.
    pub async fn submit(&self, job: J) -> Result<(), WorkerGone> {
        self.jobs.send(job).await.map_err(|_| WorkerGone)
    }
}

/// A job that panics ends the worker and breaks the runtime: nobody would answer what is queued behind it.
pub(crate) fn on_thread<S, J, F>(
    runtime: &Runtime,
    name: &'static str,
    capacity: usize,
    batch_max: usize,
    mut state: S,
    mut run: F,
) -> Submitter<J>
where
    S: Send + 'static,
    J: Send + 'static,
    F: FnMut(&mut S, Vec<J>) + Send + 'static,
{
    let (jobs, mut queue) = mpsc::channel(capacity);
    let broken = runtime.broken();
    let mut work = move || {
        while let Some(first) = queue.blocking_recv() {
            run(&mut state, drain(first, &mut queue, batch_max));
        }
    };
    let body = move || {
        // What the panic left half done is dropped with its owner, the closure.
        if std::panic::catch_unwind(AssertUnwindSafe(&mut work)).is_err() {
            tracing::error!(worker.name = name, "a worker panicked");
            broken.cancel();
        }
    };
    if let Err(failed) = std::thread::Builder::new().name(name.to_owned()).spawn(body) {
        tracing::error!(worker.name = name, error = %failed, "cannot start a worker thread");
    }
    Submitter { jobs }
}

pub(crate) fn inline<S, J, F>(
    runtime: &Runtime,
    name: &'static str,
    capacity: usize,
    batch_max: usize,
    mut state: S,
    mut run: F,
) -> Submitter<J>
where
    S: Send + 'static,
    J: Send + 'static,
    F: FnMut(&mut S, Vec<J>) + Send + 'static,
{
    let (jobs, mut queue) = mpsc::channel(capacity);
    runtime.spawn_vital(name, async move {
        while let Some(first) = queue.recv().await {
            run(&mut state, drain(first, &mut queue, batch_max));
        }
    });
    Submitter { jobs }
}

fn drain<J>(first: J, queue: &mut mpsc::Receiver<J>, batch_max: usize) -> Vec<J> {
    let mut batch = vec![first];
    while batch.len() < batch_max {
        match queue.try_recv() {
            Ok(job) => batch.push(job),
            Err(_) => break,
        }
    }
    batch
}
