//! One subscription: computes its view, publishes what changed, waits for the next change.

use std::time::Duration;

use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{Query, SearchView, ServerSearched, SessionState, View};
use bedside_runtime::Runtime;

use super::publish::Publisher;
use super::search::server::AtServer;
use super::signals::{Over, Signals};
use super::timeline::{Opened, Wanted};
use super::{Sink, Sources, company, search, timeline, views};
use crate::cache::query::rooms as list;
use crate::cache::{Cache, CacheError};

/// Views are recomputed at most this often: a screen shows no more.
const INTERVAL: Duration = Duration::from_millis(16);
/// What is found, less often: it is looked for anew with whatever arrives.
const SEARCH_INTERVAL: Duration = Duration::from_millis(200);

pub(super) struct Subscription {
    query: Query,
    sources: Sources,
    signals: Signals,
    publisher: Publisher,
    /// What is fixed when a timeline is first shown.
    opened: Option<Opened>,
    runtime: Runtime,
    /// When the view is another one though nothing has happened.
    until: Option<Timestamp>,
    /// The server's part of a search.
    at_server: AtServer,
}

impl Subscription {
    pub(super) fn new(
        runtime: Runtime,
        (id, query, sink): (u32, Query, Sink),
        sources: Sources,
        signals: Signals,
    ) -> Self {
        let publisher = Publisher::new(id, sink);
        let at_server = AtServer::new(runtime.clone(), sources.ask_server.clone());
        Subscription { query, sources, signals, publisher, opened: None, runtime, until: None, at_server }
    }

    /// Runs until it is aborted or the engine is gone.
    pub(super) async fn run(mut self) {
        loop {
            match self.compute(self.runtime.now()).await {
                Ok(Some(view)) => self.publisher.publish(view),
                Ok(None) | Err(CacheError::Closed) => {}
                Err(error) => tracing::warn!(error = %error, "a view could not be read"),
            }
            self.runtime.sleep(self.interval()).await;
            if !self.signals.drain(&self.query)
                && let Err(Over) = self.changed().await
            {
                return;
            }
        }
    }

    const fn interval(&self) -> Duration {
        match self.query {
            Query::Search { .. } | Query::Find { .. } => SEARCH_INTERVAL,
            _ => INTERVAL,
        }
    }

    /// Waits until the view may be another one.
    async fn changed(&mut self) -> Result<(), Over> {
        let Some(until) = self.until else {
            return tokio::select! {
                changed = self.signals.changed(&self.query) => changed,
                () = self.at_server.changed() => Ok(()),
            };
        };
        let left = until.millis().saturating_sub(self.runtime.now().millis());
        let left = Duration::from_millis(u64::try_from(left).unwrap_or_default());
        tokio::select! {
            changed = self.signals.changed(&self.query) => changed,
            () = self.runtime.sleep(left) => Ok(()),
        }
    }

    async fn compute(&mut self, now: Timestamp) -> Result<Option<View>, CacheError> {
        let view = match &self.query {
            Query::Session => View::Session(self.sources.session.borrow().clone()),
            Query::Connection => View::Connection(self.sources.connection.borrow().clone()),
            Query::Shell => View::Shell(self.sources.shell.borrow().clone()),
            Query::Rooms { search, filter, keep } => {
                let (search, filter, keep) = (search.clone(), Some(*filter), *keep);
                let wanted = list::Wanted { search, filter, keep, now };
                let others = self.signals.others();
                let mut listed = views::rooms(self.signals.cache(), wanted).await?;
                listed.view.rows.iter_mut().for_each(|row| company::in_row(&others, row));
                self.until = listed.until;
                View::Rooms(listed.view)
            }
            Query::Home => {
                let mut view = views::home(self.signals.cache(), now).await?;
                let others = self.signals.others();
                view.rows_mut().for_each(|row| company::in_row(&others, row));
                View::Home(view)
            }
            Query::People => {
                let loading = *self.sources.people_loading.borrow();
                let others = self.signals.others();
                let mut view = views::people(self.signals.cache(), loading).await?;
                view.people.iter_mut().for_each(|row| company::in_person(&others, row));
                View::People(view)
            }
            Query::Clinic => View::Clinic(views::clinic(self.signals.cache()).await?),
            // What is locked looks as it did.
            Query::Settings if self.sources.session.borrow().state == SessionState::Locked => {
                return Ok(None);
            }
            Query::Settings => {
                View::Settings(views::settings(self.signals.cache(), &self.sources.about).await?)
            }
            Query::QuickReplies => View::QuickReplies(views::quick_replies(self.signals.cache()).await?),
            Query::Search { text, filter, limit } => {
                let (text, filter, limit) = (text.clone(), filter.clone(), *limit);
                View::Search(self.search(search::Wanted { text, filter, limit, now }).await?)
            }
            Query::Find { room_id, text } => {
                View::Find(search::find(self.signals.cache(), *room_id, text.clone(), now).await?)
            }
            Query::Timeline { .. } => return self.timeline().await,
        };
        Ok(Some(view))
    }

    /// What is found here, and what the server finds of the rest.
    async fn search(&mut self, wanted: search::Wanted) -> Result<SearchView, CacheError> {
        let (online, told) = (self.signals.online(), self.at_server.told());
        let (mut view, rest) = search::view(self.signals.cache(), wanted, told).await?;
        match rest {
            None => self.at_server.forget(),
            Some(_) if !online => {
                self.at_server.offline();
                view.server = self.at_server.told().state;
            }
            Some(rest) => {
                if self.at_server.want(rest) {
                    view.server = ServerSearched::Asking;
                }
            }
        }
        Ok(view)
    }

    /// Nothing is shown of a room that is not held.
    async fn timeline(&mut self) -> Result<Option<View>, CacheError> {
        let (Some(cache), Some(wanted)) = (self.signals.cache(), self.wanted()) else { return Ok(None) };
        let Some((mut view, opened)) = self.read(&cache, wanted).await? else { return Ok(None) };
        self.signals.accompany(&mut view.head);
        self.opened = Some(opened);
        Ok(Some(View::Timeline(view)))
    }

    async fn read(
        &self,
        cache: &Cache,
        wanted: Wanted,
    ) -> Result<Option<(bedside_protocol::ipc::TimelineView, Opened)>, CacheError> {
        let opened = self.opened.clone();
        cache.read(move |db| timeline::view(db, &wanted, opened)).await
    }

    fn wanted(&mut self) -> Option<Wanted> {
        let Query::Timeline { room_id, .. } = self.query else { return None };
        let fetching = self.signals.fetching();
        Some(Wanted { room_id, window: self.signals.window()?, fetching, now: self.runtime.now() })
    }
}
