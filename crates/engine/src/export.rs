//! Takes conversations along: from the server while it is reached, else from this device's own copy, into a file that is
//! there whole or not at all.

mod device;
mod file;
mod job;
mod online;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use bedside_protocol::ipc::{ExportProgress, ExportState};
use bedside_runtime::Task;
use tokio::sync::watch;

pub(crate) use job::{Job, Order, Reach, tell};

/// The one export that may be under way, and the file that was checked last.
pub(crate) struct Exports {
    progress: watch::Sender<ExportProgress>,
    task: Mutex<Option<Task>>,
    checked: Mutex<Option<PathBuf>>,
}

impl Default for Exports {
    fn default() -> Self {
        let progress = watch::Sender::new(ExportProgress::default());
        Exports { progress, task: Mutex::default(), checked: Mutex::default() }
    }
}

impl Exports {
    pub(crate) fn say(&self, state: ExportState) {
        self.progress.send_modify(|progress| {
            progress.number += 1;
            progress.state = state;
        });
    }

    pub(crate) fn watch(&self) -> watch::Receiver<ExportProgress> {
        self.progress.subscribe()
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(self.progress.borrow().state, ExportState::Running { .. })
    }

    pub(crate) fn began(&self, task: Task) {
        *self.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    /// Gives it up; what there is of the file goes.
    pub(crate) fn cancel(&self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task.filter(|_| self.is_running()) {
            task.abort();
            self.say(ExportState::Cancelled);
        }
    }

    /// The file to check: this one, or the last.
    pub(crate) fn to_check(&self, path: Option<PathBuf>) -> Option<PathBuf> {
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if path.is_some() {
            *checked = path;
        }
        checked.clone()
    }
}
