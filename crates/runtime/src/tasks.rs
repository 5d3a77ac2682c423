//! Named, tracked tasks that end with their runtime.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

#[derive(Default)]
pub(crate) struct Tasks {
    tracker: TaskTracker,
    stopping: CancellationToken,
    broken: CancellationToken,
    running: Mutex<Running>,
}

/// The tasks that may still run. Those that have ended are swept out when the list has doubled since the last time,
/// so that a spawn looks at two of them on average.
#[derive(Default)]
struct Running {
    named: Vec<(&'static str, AbortHandle)>,
    swept_to: usize,
}

impl Running {
    fn add(&mut self, name: &'static str, handle: AbortHandle) {
        if self.named.len() > SWEEP_AT_LEAST.max(self.swept_to * 2) {
            self.named.retain(|(_, task)| !task.is_finished());
            self.swept_to = self.named.len();
        }
        self.named.push((name, handle));
    }

    /// The names of those that run.
    fn names(&self) -> Vec<&'static str> {
        self.named.iter().filter(|(_, task)| !task.is_finished()).map(|(name, _)| *name).collect()
    }
}

/// Fewer tasks than this are not worth sweeping.
const SWEEP_AT_LEAST: usize = 64;

/// What a task's panic means.
#[derive(Clone, Debug)]
enum Panic {
    /// It takes only the task down.
    OfOne,
    /// Nothing works without the task.
    OfAll(CancellationToken),
}

/// A running task. Dropping the handle leaves it running.
#[derive(Debug)]
pub struct Task {
    handle: AbortHandle,
}

impl Task {
    /// Ends the task where it stands.
    pub fn abort(&self) {
        self.handle.abort();
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.handle.is_finished()
    }
}

impl Tasks {
    pub(crate) fn spawn<F>(&self, name: &'static str, future: F) -> Task
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.start(name, future, Panic::OfOne)
    }

    pub(crate) fn spawn_vital<F>(&self, name: &'static str, future: F) -> Task
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.start(name, future, Panic::OfAll(self.broken.clone()))
    }

    fn start<F>(&self, name: &'static str, future: F, panic: Panic) -> Task
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let handle = self.tracker.spawn(announce_panic(name, future, panic)).abort_handle();
        self.running.lock().unwrap_or_else(PoisonError::into_inner).add(name, handle.clone());
        Task { handle }
    }

    pub(crate) fn broken(&self) -> CancellationToken {
        self.broken.clone()
    }

    pub(crate) fn stopping(&self) -> CancellationToken {
        self.stopping.clone()
    }

    pub(crate) async fn shutdown(&self, deadline: Duration) {
        self.stopping.cancel();
        self.tracker.close();
        if tokio::time::timeout(deadline, self.tracker.wait()).await.is_err() {
            let left = self.running.lock().unwrap_or_else(PoisonError::into_inner).names();
            tracing::warn!(?left, "tasks did not end in time");
            self.kill();
        }
    }

    pub(crate) fn kill(&self) {
        self.stopping.cancel();
        let running = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        for (_, task) in running.named {
            task.abort();
        }
    }
}

/// The log has to say that a task panicked; and a vital one must not be missed quietly.
async fn announce_panic<F: Future<Output = ()>>(name: &'static str, future: F, panic: Panic) {
    let _watch = Watch { name, panic };
    future.await;
}

struct Watch {
    name: &'static str,
    panic: Panic,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        tracing::error!(task.name = self.name, "task panicked");
        if let Panic::OfAll(broken) = &self.panic {
            broken.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ended_tasks_are_forgotten_without_looking_at_all_of_them_each_time() {
        let tasks = Tasks::default();
        let alive: Vec<Task> = (0..200).map(|_| tasks.spawn("test.alive", std::future::pending())).collect();
        for _ in 0..2_000 {
            tasks.spawn("test.short", std::future::ready(()));
            tokio::task::yield_now().await;
        }
        let kept = tasks.running.lock().unwrap().named.len();
        assert!((alive.len()..=alive.len() * 2 + SWEEP_AT_LEAST + 1).contains(&kept), "{kept}");
        tasks.kill();
        while !alive.iter().all(Task::is_finished) {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_vital_task_that_panics_breaks_the_runtime_and_another_does_not() {
        let tasks = Tasks::default();
        tasks.spawn("test.one", async { panic!("alone") });
        tokio::task::yield_now().await;
        assert!(!tasks.broken().is_cancelled());
        tasks.spawn_vital("test.vital", async { panic!("for all") });
        tasks.broken().cancelled().await;
    }
}
