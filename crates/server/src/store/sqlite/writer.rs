//! The one writer: group commit, and no answer before COMMIT returned (sync rule 3).
//!
//! Everything that waits is done in one transaction. A failing job takes back only itself: the transaction is then begun
//! again with every job inside a savepoint of its own, which costs a copy of every page touched and is therefore not
//! done from the start. Answers are handed out after COMMIT; if COMMIT fails, every job of the batch fails.
//!
//! Never writes to a clinic that has moved: it looks for the mark while it holds the database, as does who puts it there.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bedside_runtime::{Runtime, Submitter};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::error::BatchLost;
use crate::metrics::Durations;
use crate::store::{StoreError, StoreGauges, WriterGauges};

/// Jobs that may wait; a sender that finds it full waits, which slows its socket down.
const QUEUE: usize = 1_024;
/// Jobs in one transaction. Bounds how long the first of them waits for the last.
const BATCH_MAX: usize = 256;

/// A connection inside the writer's transaction. Only the writer makes one.
pub(super) struct Write<'c>(&'c Connection);

impl Deref for Write<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0
    }
}

/// What the writer has done since it started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriterStats {
    /// COMMITs that returned; each synced the log once (`synchronous=FULL`) if anything had changed.
    pub commits: u64,
    /// Jobs those made durable.
    pub jobs: u64,
}

#[derive(Default)]
struct Counters {
    /// Jobs handed in and not begun.
    waiting: AtomicU64,
    commits: AtomicU64,
    jobs: AtomicU64,
    took: Durations,
}

/// Hands work to the writer.
pub(super) struct Writer {
    orders: Mutex<Option<Submitter<Order>>>,
    counters: Arc<Counters>,
}

enum Order {
    Do(Waiting, Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

/// A job that waits; no longer once this is dropped, with the job or before it is begun.
struct Waiting(Arc<Counters>);

impl Waiting {
    fn new(counters: &Arc<Counters>) -> Self {
        counters.waiting.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(counters))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

struct State {
    runtime: Runtime,
    /// The mark of a clinic that has moved.
    moved: PathBuf,
    connection: Option<Connection>,
    counters: Arc<Counters>,
}

impl Writer {
    pub(super) fn start(runtime: &Runtime, connection: Connection, moved: PathBuf) -> Self {
        let counters = Arc::new(Counters::default());
        let (runtime_of_state, counted) = (runtime.clone(), Arc::clone(&counters));
        let state =
            State { runtime: runtime_of_state, moved, connection: Some(connection), counters: counted };
        let orders = runtime.worker("store.writer", QUEUE, BATCH_MAX, state, run_batch);
        Self { orders: Mutex::new(Some(orders)), counters }
    }

    pub(super) fn stats(&self) -> WriterStats {
        WriterStats {
            commits: self.counters.commits.load(Ordering::Acquire),
            jobs: self.counters.jobs.load(Ordering::Acquire),
        }
    }

    pub(super) fn gauges(&self) -> StoreGauges {
        let WriterStats { jobs, .. } = self.stats();
        let writer = WriterGauges { jobs, commits: self.counters.took.clone() };
        let waiting = self.counters.waiting.load(Ordering::Relaxed);
        StoreGauges { waiting, writer: Some(writer), pools: Vec::new() }
    }

    /// Runs work in the next transaction; its value comes back once that is on disk. It may be run twice, the first
    /// time rolled back.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Fn(&Write<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending { work, result: None, answer });
        let orders = self.orders().ok_or(StoreError::Closing)?;
        orders.submit(Order::Do(Waiting::new(&self.counters), job)).await.map_err(|_| StoreError::Closing)?;
        answered.await.map_err(|_| StoreError::Closing)?
    }

    /// Lets what is queued finish, then closes the connection.
    pub(super) async fn close(&self) {
        let Some(orders) = self.orders.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let (answer, answered) = oneshot::channel();
        if orders.submit(Order::Close(answer)).await.is_ok() {
            let _ = answered.await; // An error means that the writer is gone already.
        }
    }

    fn orders(&self) -> Option<Submitter<Order>> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// One job of a batch, its result type forgotten.
trait Job: Send {
    /// Does the work; false asks for what it wrote to be rolled back.
    fn run(&mut self, write: &Write<'_>) -> bool;
    /// Hands out the result, or what became of the batch.
    fn answer(self: Box<Self>, batch: &Result<(), BatchLost>);
}

struct Pending<T, F> {
    work: F,
    result: Option<Result<T, StoreError>>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Pending<T, F>
where
    T: Send,
    F: Fn(&Write<'_>) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, write: &Write<'_>) -> bool {
        let result = (self.work)(write);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, batch: &Result<(), BatchLost>) {
        let result = match (batch, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(StoreError::Closing),
            (Err(_), Some(Err(own))) => Err(own),
            (Err(lost), _) => Err(lost.clone().into()),
        };
        let _ = self.answer.send(result); // Nobody waits for it any more: it is stored all the same.
    }
}

fn run_batch(state: &mut State, orders: Vec<Order>) {
    let mut jobs = Vec::with_capacity(orders.len());
    let mut closing = Vec::new();
    for order in orders {
        match order {
            Order::Do(_waiting, job) => jobs.push(job),
            Order::Close(answer) => closing.push(answer),
        }
    }
    if !jobs.is_empty() {
        commit_and_answer(state, jobs);
    }
    if !closing.is_empty() {
        close(state.connection.take());
    }
    for answer in closing {
        let _ = answer.send(());
    }
}

fn commit_and_answer(state: &State, mut jobs: Vec<Box<dyn Job>>) {
    let batch = commit(state, &mut jobs);
    if let Err(lost) = &batch {
        tracing::warn!(error = ?lost, jobs = jobs.len(), "a batch of writes was not done and is answered as failed");
    }
    for job in jobs {
        job.answer(&batch);
    }
}

fn commit(state: &State, jobs: &mut [Box<dyn Job>]) -> Result<(), BatchLost> {
    let connection = state.connection.as_ref().ok_or(BatchLost::Closing)?;
    if let Err(error) = transact(state, connection, jobs) {
        roll_back(connection);
        return Err(error);
    }
    state.counters.commits.fetch_add(1, Ordering::Release);
    state.counters.jobs.fetch_add(u64::try_from(jobs.len()).unwrap_or(u64::MAX), Ordering::Release);
    Ok(())
}

fn transact(state: &State, connection: &Connection, jobs: &mut [Box<dyn Job>]) -> Result<(), BatchLost> {
    begin(state, connection)?;
    if !jobs.iter_mut().all(|job| job.run(&Write(connection))) {
        roll_back(connection);
        begin(state, connection)?;
        run_apart(connection, jobs)?;
    }
    let began = state.runtime.monotonic();
    execute(connection, "COMMIT")?;
    state.counters.took.observe(state.runtime.monotonic().saturating_sub(began));
    Ok(())
}

/// Only who holds the database may say that its clinic has moved: from here to the end nobody does.
fn begin(state: &State, connection: &Connection) -> Result<(), BatchLost> {
    execute(connection, "BEGIN IMMEDIATE")?;
    if state.moved.try_exists().unwrap_or(true) { Err(BatchLost::Moved) } else { Ok(()) }
}

/// Each job inside a savepoint of its own.
fn run_apart(connection: &Connection, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    for job in jobs {
        execute(connection, "SAVEPOINT job")?;
        if !job.run(&Write(connection)) {
            // Fails when SQLite has ended the whole transaction itself (disk full): then the batch is lost.
            execute(connection, "ROLLBACK TO job")?;
        }
        execute(connection, "RELEASE job")?;
    }
    Ok(())
}

fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(|_| ())
}

fn roll_back(connection: &Connection) {
    if connection.is_autocommit() {
        return;
    }
    if let Err(error) = execute(connection, "ROLLBACK") {
        tracing::error!(error = %error, "cannot roll back");
    }
}

fn close(connection: Option<Connection>) {
    let Some(connection) = connection else { return };
    if let Err((_, error)) = connection.close() {
        tracing::warn!(error = %error, "the database did not close cleanly; its log is replayed at the next start");
    }
}

#[cfg(test)]
mod tests;
