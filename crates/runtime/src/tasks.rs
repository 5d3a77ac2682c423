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
    running: Mutex<Vec<AbortHandle>>,
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
        let handle = self.tracker.spawn(announce_panic(name, future)).abort_handle();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|task| !task.is_finished());
        running.push(handle.clone());
        Task { handle }
    }

    pub(crate) fn stopping(&self) -> CancellationToken {
        self.stopping.clone()
    }

    pub(crate) async fn shutdown(&self, deadline: Duration) {
        self.stopping.cancel();
        self.tracker.close();
        if tokio::time::timeout(deadline, self.tracker.wait()).await.is_err() {
            tracing::warn!(left = self.tracker.len(), "tasks did not end in time");
            self.kill();
        }
    }

    pub(crate) fn kill(&self) {
        self.stopping.cancel();
        let running = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        for task in running {
            task.abort();
        }
    }
}

/// A task that panics takes only itself down; the log has to say so.
async fn announce_panic<F: Future<Output = ()>>(name: &'static str, future: F) {
    struct Watch(&'static str);
    impl Drop for Watch {
        fn drop(&mut self) {
            if std::thread::panicking() {
                tracing::error!(task.name = self.0, "task panicked");
            }
        }
    }
    let _watch = Watch(name);
    future.await;
}
