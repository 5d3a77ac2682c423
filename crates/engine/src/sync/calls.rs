//! HTTP calls under way, one task each.

use std::collections::BTreeMap;

use bedside_core::sync::{Call, CallId, Event, Failure};
use bedside_runtime::{Runtime, Task};
use tokio::sync::mpsc;

use super::driver::Happened;
use crate::transport::api::Api;

pub(super) struct Calls {
    runtime: Runtime,
    api: Api,
    events: mpsc::Sender<Happened>,
    running: BTreeMap<CallId, Task>,
}

impl Calls {
    pub(super) fn new(runtime: Runtime, api: Api, events: mpsc::Sender<Happened>) -> Self {
        Calls { runtime, api, events, running: BTreeMap::new() }
    }

    pub(super) fn start(&mut self, id: CallId, call: Call) {
        let (api, events) = (self.api.clone(), self.events.clone());
        let task = self.runtime.spawn("sync.call", async move {
            let result = api.call(call).await.map_err(|error| {
                tracing::debug!(error = %error, "call failed");
                Failure::from(error)
            });
            let answered = Event::Answered { call: id, result: Box::new(result) };
            let _driver_gone = events.send(Happened::Event(answered)).await;
        });
        self.running.retain(|_, task| !task.is_finished());
        self.running.insert(id, task);
    }

    /// The answer is no longer wanted; whether the server acts on the request stays open.
    pub(super) fn cancel(&mut self, id: CallId) {
        if let Some(task) = self.running.remove(&id) {
            task.abort();
        }
    }
}

impl Drop for Calls {
    fn drop(&mut self) {
        self.running.values().for_each(Task::abort);
    }
}
