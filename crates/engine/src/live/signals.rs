//! What wakes a subscription: only what its view shows.

use std::sync::Arc;
use std::time::Duration;

use bedside_core::sync::Others;
use bedside_protocol::ipc::{ConnectionView, Query, SessionView, ShellView, TimelineHead, Window};
use bedside_runtime::Runtime;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{broadcast, watch};

use super::company::{self, Company};
use super::{Sources, views};
use crate::cache::{Cache, Changes, Part};

/// A view that time alone changes is computed anew this often.
const CLOCK: Duration = Duration::from_secs(60);

/// Everything a subscription may wait for.
pub(super) struct Signals {
    runtime: Runtime,
    session: watch::Receiver<SessionView>,
    connection: watch::Receiver<ConnectionView>,
    shell: watch::Receiver<ShellView>,
    people_loading: watch::Receiver<bool>,
    others: watch::Receiver<Others>,
    cache: watch::Receiver<Option<Cache>>,
    changes: Option<broadcast::Receiver<Arc<Changes>>>,
    window: Option<watch::Receiver<Window>>,
    fetching: bool,
    online: bool,
    /// What a timeline shows of the other.
    company: Option<Company>,
}

/// Nothing will ever change again: the engine is gone.
pub(super) struct Over;

impl Signals {
    pub(super) fn new(runtime: Runtime, sources: &Sources, window: Option<watch::Receiver<Window>>) -> Self {
        Signals {
            runtime,
            session: sources.session.clone(),
            connection: sources.connection.clone(),
            shell: sources.shell.clone(),
            people_loading: sources.people_loading.clone(),
            others: sources.others.clone(),
            cache: sources.cache.clone(),
            changes: None,
            window,
            fetching: false,
            online: false,
            company: None,
        }
    }

    /// Whether missing stretches are being fetched.
    pub(super) fn fetching(&mut self) -> bool {
        self.fetching = views::fetching(&self.connection.borrow_and_update());
        self.fetching
    }

    /// Whether the server can be asked.
    pub(super) fn online(&mut self) -> bool {
        self.online = views::online(&self.connection.borrow_and_update());
        self.online
    }

    /// The cache as it is now. Listens to its changes from before the read that follows.
    pub(super) fn cache(&mut self) -> Option<Cache> {
        let cache = self.cache.borrow_and_update().clone();
        if self.changes.is_none() {
            self.changes = cache.as_ref().map(Cache::changes);
        }
        cache
    }

    /// What others do at this moment.
    pub(super) fn others(&mut self) -> Others {
        self.others.borrow_and_update().clone()
    }

    /// Puts what the other does into a timeline's head.
    pub(super) fn accompany(&mut self, head: &mut TimelineHead) {
        self.company = Some(company::in_head(&self.others.borrow_and_update(), head));
    }

    /// The window as it was last moved.
    pub(super) fn window(&mut self) -> Option<Window> {
        self.window.as_mut().map(|window| *window.borrow_and_update())
    }

    /// Waits until something the query shows may have changed.
    pub(super) async fn changed(&mut self, query: &Query) -> Result<(), Over> {
        match query {
            Query::Session => self.session.changed().await.map_err(|_| Over),
            Query::Connection => self.connection.changed().await.map_err(|_| Over),
            Query::Shell => self.shell.changed().await.map_err(|_| Over),
            // What has not been read for days becomes so by the clock alone.
            Query::Home => tokio::select! {
                () = self.runtime.sleep(CLOCK) => Ok(()),
                changed = self.others.changed() => changed.map_err(|_| Over),
                changed = cached(&mut self.cache, &mut self.changes, query) => changed,
            },
            Query::Settings | Query::Clinic | Query::QuickReplies | Query::Find { .. } => {
                self.cached(query).await
            }
            Query::Search { .. } => tokio::select! {
                changed = turned(&mut self.connection, self.online) => changed,
                changed = cached(&mut self.cache, &mut self.changes, query) => changed,
            },
            Query::Rooms { .. } => tokio::select! {
                changed = self.others.changed() => changed.map_err(|_| Over),
                changed = cached(&mut self.cache, &mut self.changes, query) => changed,
            },
            Query::People => tokio::select! {
                changed = self.people_loading.changed() => changed.map_err(|_| Over),
                changed = self.others.changed() => changed.map_err(|_| Over),
                changed = cached(&mut self.cache, &mut self.changes, query) => changed,
            },
            Query::Timeline { .. } => tokio::select! {
                changed = flipped(&mut self.connection, self.fetching) => changed,
                changed = met(&mut self.others, self.company) => changed,
                changed = moved(&mut self.window) => changed,
                changed = cached(&mut self.cache, &mut self.changes, query) => changed,
            },
        }
    }

    async fn cached(&mut self, query: &Query) -> Result<(), Over> {
        cached(&mut self.cache, &mut self.changes, query).await
    }

    /// What came while the view was computed is covered by the next computation.
    pub(super) fn drain(&mut self, query: &Query) -> bool {
        let mut relevant = false;
        while let Some(changes) = &mut self.changes {
            match changes.try_recv() {
                Ok(change) => relevant |= shows(query, &change),
                Err(TryRecvError::Lagged(_)) => relevant = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        relevant
    }
}

async fn moved(window: &mut Option<watch::Receiver<Window>>) -> Result<(), Over> {
    match window {
        Some(window) => window.changed().await.map_err(|_| Over),
        None => std::future::pending().await,
    }
}

/// The connection's view changes with every frame; a timeline shows only whether gaps are being filled.
async fn flipped(connection: &mut watch::Receiver<ConnectionView>, held: bool) -> Result<(), Over> {
    connection.wait_for(|view| views::fetching(view) != held).await.map(|_| ()).map_err(|_| Over)
}

/// Of the connection a search shows only whether there is one.
async fn turned(connection: &mut watch::Receiver<ConnectionView>, held: bool) -> Result<(), Over> {
    connection.wait_for(|view| views::online(view) != held).await.map(|_| ()).map_err(|_| Over)
}

/// Of all that others do, a timeline shows what its own other does.
async fn met(others: &mut watch::Receiver<Others>, held: Option<Company>) -> Result<(), Over> {
    let is_news = |others: &Others| held.is_some_and(|company| company.is_outdated(others));
    others.wait_for(is_news).await.map(|_| ()).map_err(|_| Over)
}

/// Waits for another cache, or for a change of this one that the query shows.
async fn cached(
    cache: &mut watch::Receiver<Option<Cache>>,
    changes: &mut Option<broadcast::Receiver<Arc<Changes>>>,
    query: &Query,
) -> Result<(), Over> {
    tokio::select! {
        changed = cache.changed() => {
            *changes = None;
            changed.map_err(|_| Over)
        }
        () = content(changes, query) => Ok(()),
    }
}

async fn content(changes: &mut Option<broadcast::Receiver<Arc<Changes>>>, query: &Query) {
    while let Some(receiver) = changes {
        match receiver.recv().await {
            Ok(change) if shows(query, &change) => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => *changes = None,
        }
    }
    std::future::pending().await
}

fn shows(query: &Query, changes: &Changes) -> bool {
    let people = changes.touch(Part::People);
    match query {
        Query::Rooms { .. } | Query::Home => {
            let parts = [Part::Profile, Part::Settings];
            people || !changes.rooms.is_empty() || parts.into_iter().any(|part| changes.touch(part))
        }
        Query::Timeline { room_id, .. } => people || changes.rooms.contains(room_id),
        Query::People => people || !changes.rooms.is_empty(),
        Query::Search { .. } => people || !changes.rooms.is_empty() || changes.touch(Part::Search),
        Query::Find { room_id, .. } => changes.rooms.contains(room_id) || changes.touch(Part::Search),
        Query::Settings => changes.touch(Part::Settings),
        Query::Clinic => changes.touch(Part::Clinic),
        Query::QuickReplies => changes.touch(Part::QuickReplies),
        Query::Session | Query::Connection | Query::Shell => false,
    }
}
