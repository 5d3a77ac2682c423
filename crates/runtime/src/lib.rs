//! The injected runtime: the one source of time, randomness, tasks, timers and threads.
//!
//! Nothing below `main` makes any of these itself. In production a [`Runtime`] uses the system's; under test it is
//! *simulated*: a paused tokio clock, seeded randomness, and every piece of blocking work done inline, so that a
//! server, its store writer and several engines run deterministically in one thread.

mod clock;
mod random;
mod tasks;
mod worker;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bedside_protocol::{ClientId, Timestamp};
use rand::RngCore;
use tokio_util::sync::CancellationToken;

pub use tasks::Task;
pub use worker::{Submitter, WorkerGone};

use clock::Clock;
use tasks::Tasks;

/// A cheap handle; clones share clock, randomness and tasks.
#[derive(Clone)]
pub struct Runtime {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Clock,
    random: Mutex<Box<dyn RngCore + Send>>,
    tasks: Tasks,
    mode: Mode,
}

/// Where blocking work runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Threads,
    Inline,
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runtime").field("mode", &self.inner.mode).finish_non_exhaustive()
    }
}

impl Runtime {
    /// The system's clock, randomness and threads.
    #[must_use]
    pub fn system() -> Self {
        Self::new(Clock::system(), random::system(), Mode::Threads)
    }

    /// A deterministic runtime: call it inside a current-thread tokio runtime with a paused clock.
    /// `start` is the wall-clock moment of the paused clock's present.
    #[must_use]
    pub fn simulated(seed: u64, start: Timestamp) -> Self {
        Self::new(Clock::paused(start), random::seeded(seed), Mode::Inline)
    }

    fn new(clock: Clock, random: Box<dyn RngCore + Send>, mode: Mode) -> Self {
        Runtime {
            inner: Arc::new(Inner { clock, random: Mutex::new(random), tasks: Tasks::default(), mode }),
        }
    }

    /// Another runtime on the same clock, with randomness derived from this one's and tasks of its own: killing it
    /// ends nothing else. For a second component (a server beside engines) in one test.
    #[must_use]
    pub fn fork(&self) -> Self {
        let random = match self.inner.mode {
            Mode::Threads => random::system(),
            Mode::Inline => random::seeded(u64::from_le_bytes(self.random_bytes())),
        };
        Self::new(self.inner.clock.clone(), random, self.inner.mode)
    }

    /// The wall clock. For display and expiry; it orders nothing.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Time that only goes forward, since the runtime was made; for deadlines and back-off. It may or may not
    /// advance while the machine sleeps.
    #[must_use]
    pub fn monotonic(&self) -> Duration {
        self.inner.clock.monotonic()
    }

    /// Waits.
    pub async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    /// Runs a future against a deadline; `None` if the deadline came first.
    pub async fn timeout<F: Future>(&self, duration: Duration, future: F) -> Option<F::Output> {
        tokio::time::timeout(duration, future).await.ok()
    }

    /// Random bytes; cryptographically strong in production.
    #[must_use]
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill_random(&mut bytes);
        bytes
    }

    /// Fills a buffer with random bytes.
    pub fn fill_random(&self, bytes: &mut [u8]) {
        self.inner.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }

    /// A duration drawn uniformly from `0..=most` (full jitter).
    #[must_use]
    pub fn jitter(&self, most: Duration) -> Duration {
        let fraction = f64::from(u32::from_le_bytes(self.random_bytes())) / f64::from(u32::MAX);
        most.mul_f64(fraction)
    }

    /// A random (version 4) UUID.
    #[must_use]
    pub fn uuid(&self) -> uuid::Uuid {
        uuid::Builder::from_random_bytes(self.random_bytes()).into_uuid()
    }

    /// A fresh id for a creating command: a UUID of version 7 (RFC 9562 §5.7), so that ids made one after the other lie
    /// side by side in an index.
    #[must_use]
    pub fn client_id(&self) -> ClientId {
        let now = u64::try_from(self.now().millis()).unwrap_or(0);
        ClientId(uuid::Builder::from_unix_timestamp_millis(now, &self.random_bytes()).into_uuid())
    }

    /// Starts a named task that ends with this runtime.
    pub fn spawn<F>(&self, name: &'static str, future: F) -> Task
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.inner.tasks.spawn(name, future)
    }

    /// The same for a task that nothing works without: should it panic, the runtime is [`broken`](Self::broken).
    pub fn spawn_vital<F>(&self, name: &'static str, future: F) -> Task
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.inner.tasks.spawn_vital(name, future)
    }

    /// Cancelled when a vital task or a worker has panicked: the process is to end, so that whoever watches it starts
    /// it anew.
    #[must_use]
    pub fn broken(&self) -> CancellationToken {
        self.inner.tasks.broken()
    }

    /// Runs work that blocks (disk, hashing) off the async threads; inline under test.
    ///
    /// # Panics
    /// Passes on a panic of the work itself.
    pub async fn blocking<T, F>(&self, work: F) -> T
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        if self.inner.mode == Mode::Inline {
            return work();
        }
        #[expect(clippy::disallowed_methods, reason = "this is the runtime that others ask")]
        match tokio::task::spawn_blocking(work).await {
            Ok(value) => value,
            Err(failed) => match failed.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => std::future::pending().await, // The runtime is going down: nobody waits for the answer.
            },
        }
    }

    /// Starts a worker that owns `state` and is given jobs in batches: everything that is waiting, up to
    /// `batch_max` at once. A thread in production, a task under test. It ends when every [`Submitter`] is gone.
    pub fn worker<S, J, F>(
        &self,
        name: &'static str,
        capacity: usize,
        batch_max: usize,
        state: S,
        run: F,
    ) -> Submitter<J>
    where
        S: Send + 'static,
        J: Send + 'static,
        F: FnMut(&mut S, Vec<J>) + Send + 'static,
    {
        match self.inner.mode {
            Mode::Threads => worker::on_thread(self, name, capacity, batch_max, state, run),
            Mode::Inline => worker::inline(self, name, capacity, batch_max, state, run),
        }
    }

    /// Cancelled when [`Runtime::shutdown`] begins; long-lived tasks watch it.
    #[must_use]
    pub fn stopping(&self) -> CancellationToken {
        self.inner.tasks.stopping()
    }

    /// Asks every task to end and waits for them; those still running at the deadline are aborted.
    pub async fn shutdown(&self, deadline: Duration) {
        self.inner.tasks.shutdown(deadline).await;
    }

    /// Ends every task where it stands, as a crash would.
    pub fn kill(&self) {
        self.inner.tasks.kill();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_795_363_200_000);

    #[tokio::test(start_paused = true)]
    async fn a_simulated_clock_moves_only_by_waiting() {
        let runtime = Runtime::simulated(1, START);
        assert_eq!(runtime.now(), START);
        runtime.sleep(Duration::from_secs(3_600)).await;
        assert_eq!(runtime.now(), Timestamp(START.0 + 3_600_000));
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_seed_gives_the_same_ids() {
        assert_eq!(Runtime::simulated(7, START).uuid(), Runtime::simulated(7, START).uuid());
        assert_ne!(Runtime::simulated(7, START).uuid(), Runtime::simulated(8, START).uuid());
    }

    #[tokio::test(start_paused = true)]
    async fn a_worker_is_given_everything_that_waits_at_once() {
        let runtime = Runtime::simulated(1, START);
        let (seen, mut batches) = tokio::sync::mpsc::unbounded_channel();
        let worker = runtime.worker("test.worker", 16, 3, (), move |(), batch: Vec<u8>| {
            let _ = seen.send(batch);
        });
        for job in 0..4 {
            worker.submit(job).await.unwrap();
        }
        assert_eq!(batches.recv().await, Some(vec![0, 1, 2]));
        assert_eq!(batches.recv().await, Some(vec![3]));
    }

    #[tokio::test]
    async fn a_worker_that_panics_breaks_the_runtime() {
        let runtime = Runtime::system();
        let worker = runtime.worker("test.worker", 16, 3, (), |(), _: Vec<u8>| panic!("in a job"));
        worker.submit(1).await.unwrap();
        runtime.broken().cancelled().await;
        while worker.submit(2).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn killing_a_fork_leaves_the_others_running() {
        let first = Runtime::simulated(1, START);
        let second = first.fork();
        let kept = first.spawn("test.kept", std::future::pending());
        let ended = second.spawn("test.ended", std::future::pending());
        second.kill();
        tokio::task::yield_now().await;
        assert!(!kept.is_finished());
        assert!(ended.is_finished());
    }
}
