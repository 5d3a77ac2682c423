//! Live queries on a cache, as the UI holds them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bedside_core::sync::Others;
use bedside_engine::cache::Cache;
use bedside_engine::live::{About, Live, Sources};
use bedside_protocol::ipc::{
    ConnectionMode, ConnectionView, Query, RoomFilter, SessionState, SessionView, ShellView, Update,
};
use tokio::sync::{mpsc, watch};

use super::Bench;

/// What is on screen.
pub(super) struct Screen {
    live: Live,
    cache: watch::Sender<Option<Cache>>,
}

/// The conversation list.
pub(super) fn rooms() -> Query {
    Query::Rooms { search: String::new(), filter: RoomFilter::All, keep: None }
}

/// The conversation list, shown and kept up to date from now on.
pub(super) async fn list(bench: &Bench, cache: &Cache) -> Result<Screen> {
    let screen = Screen::new(bench, cache);
    screen.first(rooms()).await?;
    Ok(screen)
}

impl Screen {
    pub(super) fn new(bench: &Bench, cache: &Cache) -> Self {
        let session = SessionView {
            state: SessionState::Opening,
            server: String::new(),
            username: String::new(),
            passphrase_needed: false,
            lock: None,
        };
        let mode = ConnectionMode::Connecting;
        let connection = ConnectionView {
            mode,
            waiting: 0,
            parked: 0,
            retry_at: None,
            last_heard_at: None,
            backfilling: false,
        };
        let (sender, held) = watch::channel(Some(cache.clone()));
        let sources = Sources {
            session: watch::channel(session).1,
            connection: watch::channel(connection).1,
            shell: watch::channel(ShellView { wish: 0, open: None }).1,
            people_loading: watch::channel(false).1,
            others: watch::channel(Others::default()).1,
            cache: held,
            ask_server: None,
            about: About::default(),
        };
        let live = Live::new(bench.runtime.clone(), sources);
        Screen { live, cache: sender }
    }

    /// Until the first snapshot of a query, which stays on screen.
    pub(super) async fn first(&self, query: Query) -> Result<Duration> {
        let (sender, mut updates) = mpsc::unbounded_channel::<Update>();
        let begun = Instant::now();
        self.live.subscribe(query, Arc::new(move |update| drop(sender.send(update))));
        updates.recv().await.context("no snapshot")?;
        Ok(begun.elapsed())
    }

    /// Nothing is on screen any more.
    pub(super) fn leave(self) {
        self.live.unsubscribe_all();
        drop(self.cache);
    }
}
