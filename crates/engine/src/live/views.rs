//! The views that are read as a whole. Without a cache they are empty, and say that they are not complete.

use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{
    ClinicView, ConnectionMode, ConnectionView, HomeView, PeopleView, QuickRepliesView, Settings,
    SettingsView,
};

use super::About;
use crate::cache::query::rooms::{self as list, Listed, Wanted};
use crate::cache::query::{home as dashboard, people as linked};
use crate::cache::quick_replies;
use crate::cache::{Cache, CacheError};

pub(super) async fn rooms(cache: Option<Cache>, wanted: Wanted) -> Result<Listed, CacheError> {
    match cache {
        Some(cache) => cache.read(move |db| list::view(db, &wanted)).await,
        None => Ok(Listed { view: list::empty(), waiting: Default::default(), until: None }),
    }
}

pub(super) async fn home(cache: Option<Cache>, now: Timestamp) -> Result<HomeView, CacheError> {
    match cache {
        Some(cache) => cache.read(move |db| dashboard::view(db, now)).await,
        None => Ok(HomeView { loading: true, ..HomeView::default() }),
    }
}

pub(super) async fn people(cache: Option<Cache>, loading: bool) -> Result<PeopleView, CacheError> {
    match cache {
        Some(cache) => Ok(PeopleView { people: cache.read(linked::linked).await?, loading }),
        None => Ok(PeopleView { people: Vec::new(), loading }),
    }
}

pub(super) async fn clinic(cache: Option<Cache>) -> Result<ClinicView, CacheError> {
    match cache {
        Some(cache) => Ok(cache.clinic().await?.into()),
        None => Ok(ClinicView::default()),
    }
}

pub(super) async fn quick_replies(cache: Option<Cache>) -> Result<QuickRepliesView, CacheError> {
    match cache {
        Some(cache) => Ok(QuickRepliesView { replies: cache.read(quick_replies::all).await? }),
        None => Ok(QuickRepliesView::default()),
    }
}

pub(super) async fn settings(cache: Option<Cache>, about: &About) -> Result<SettingsView, CacheError> {
    let settings = match cache {
        Some(cache) => cache.settings().await?,
        None => Settings::default(),
    };
    Ok(SettingsView { settings, version: about.version.clone(), profile: about.profile.clone() })
}

/// Whether the server can be asked.
pub(super) fn online(connection: &ConnectionView) -> bool {
    matches!(connection.mode, ConnectionMode::Live | ConnectionMode::Limited)
}

/// Whether older history is being fetched: it is as long as the server is reached.
pub(super) fn fetching(connection: &ConnectionView) -> bool {
    connection.backfilling || online(connection)
}
