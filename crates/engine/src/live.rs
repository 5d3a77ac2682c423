//! Live queries: a view with a revision, then coalesced differences, for as long as somebody wants to see it.
//!
//! Each subscription is one task that recomputes its view when something it shows has changed: at most one
//! recomputation in flight, at most about sixty a second. Reads only; what it shows is decided by the cache and the
//! driver.

mod company;
mod publish;
mod search;
mod signals;
mod subscription;
mod timeline;
mod views;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bedside_core::sync::Others;
use bedside_protocol::ipc::{ConnectionView, Query, SessionView, ShellView, Update, Window};
use bedside_runtime::{Runtime, Task};
use tokio::sync::watch;

use crate::cache::Cache;
pub use search::server::{AskServer, NotSearched, ServerSearch};
use signals::Signals;
use subscription::Subscription;

/// Where updates go. Called from the subscription's task; must not block.
pub type Sink = Arc<dyn Fn(Update) + Send + Sync>;

/// What the views are made of, beside the cache's content.
#[derive(Clone)]
pub struct Sources {
    /// Who is signed in, from the session.
    pub session: watch::Receiver<SessionView>,
    /// How the server is reached, from the driver.
    pub connection: watch::Receiver<ConnectionView>,
    /// The shell's wishes.
    pub shell: watch::Receiver<ShellView>,
    /// Whether the linked people are being fetched.
    pub people_loading: watch::Receiver<bool>,
    /// What others do at this moment, from the driver.
    pub others: watch::Receiver<Others>,
    /// The open cache, if there is one.
    pub cache: watch::Receiver<Option<Cache>>,
    /// How the server is asked for what is not held here; nobody asks without.
    pub ask_server: Option<AskServer>,
    /// Facts for the settings view.
    pub about: About,
}

impl std::fmt::Debug for Sources {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sources").finish_non_exhaustive()
    }
}

/// Facts about this installation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The app's version.
    pub version: String,
    /// The profile's name; empty for the default one.
    pub profile: String,
}

/// There is no subscription of that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such subscription")]
pub struct NoSubscription;

/// A cheap handle to all subscriptions.
#[derive(Clone)]
pub struct Live {
    runtime: Runtime,
    sources: Sources,
    running: Arc<Mutex<Running>>,
}

#[derive(Default)]
struct Running {
    last: u32,
    subscriptions: HashMap<u32, Entry>,
}

struct Entry {
    task: Task,
    /// Where a timeline's window is moved; other views have none.
    window: Option<watch::Sender<Window>>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").finish_non_exhaustive()
    }
}

impl Live {
    /// Nothing runs before the first subscription.
    #[must_use]
    pub fn new(runtime: Runtime, sources: Sources) -> Self {
        Live { runtime, sources, running: Arc::default() }
    }

    /// Begins a subscription: a snapshot follows, then differences.
    pub fn subscribe(&self, query: Query, sink: Sink) -> u32 {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.last = running.last.wrapping_add(1);
        let id = running.last;
        let (window, moved) = window_of(&query);
        let signals = Signals::new(self.runtime.clone(), &self.sources, moved);
        let asked = (id, query, sink);
        let subscription = Subscription::new(self.runtime.clone(), asked, self.sources.clone(), signals);
        let stopping = self.runtime.stopping();
        let task = self.runtime.spawn("live.subscription", async move {
            let _cancelled = stopping.run_until_cancelled(subscription.run()).await;
        });
        running.subscriptions.insert(id, Entry { task, window });
        id
    }

    /// Ends a subscription; one that has ended already is left alone.
    pub fn unsubscribe(&self, id: u32) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = running.subscriptions.remove(&id) {
            entry.task.abort();
        }
    }

    /// Ends all subscriptions (the webview was reloaded).
    pub fn unsubscribe_all(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.subscriptions.drain().for_each(|(_, entry)| entry.task.abort());
    }

    /// Moves the window of a timeline subscription; the difference follows.
    ///
    /// # Errors
    /// When there is no such subscription, or it shows no timeline.
    pub fn move_window(&self, id: u32, window: Window) -> Result<(), NoSubscription> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = running.subscriptions.get(&id).ok_or(NoSubscription)?;
        entry.window.as_ref().ok_or(NoSubscription)?.send(window).map_err(|_| NoSubscription)
    }
}

fn window_of(query: &Query) -> (Option<watch::Sender<Window>>, Option<watch::Receiver<Window>>) {
    match query {
        Query::Timeline { window, .. } => {
            let (sender, receiver) = watch::channel(*window);
            (Some(sender), Some(receiver))
        }
        _ => (None, None),
    }
}
