//! Messages found among those that this device holds, as a view that says how far that is.

use std::sync::Arc;
use std::sync::atomic::Ordering;

pub(super) mod server;

use bedside_protocol::ipc::{
    FindPlace, FindView, Looked, PersonView, SearchFilter, SearchGroup, SearchHit, SearchView,
    ServerSearched, search::FIND_MOST,
};
use bedside_protocol::search::{Terms, excerpt};
use bedside_protocol::{RoomId, Timestamp};
use rusqlite::Connection;

use crate::cache::query::rooms::person_view;
use crate::cache::query::search::{Hit, Sought, Stop, Which, messages, with_server};
use crate::cache::query::{looked::looked, person, timeline};
use crate::cache::recent_searches::recent;
use crate::cache::{Cache, CacheError};
use server::{ServerSearch, Told};

/// Most messages a view shows.
const MOST: u32 = 1_000;
/// Characters of a message that are shown.
const SHOWN: usize = 140;

/// Stops a search that nobody waits for any more.
#[derive(Default)]
pub(super) struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What is wanted of a search.
pub(super) struct Wanted {
    pub(super) text: String,
    pub(super) filter: SearchFilter,
    pub(super) limit: u32,
    pub(super) now: Timestamp,
}

impl Wanted {
    /// How it is looked for, for as long as somebody waits.
    fn sought(&self, waiting: &Waiting) -> Sought {
        let most = usize::try_from(self.limit.clamp(1, MOST)).unwrap_or(1);
        Sought {
            terms: Terms::of(&self.text),
            filter: self.filter.clone(),
            most,
            stop: Arc::clone(&waiting.0),
        }
    }
}

/// The view, and what the server is to be asked besides.
type Viewed = (SearchView, Option<ServerSearch>);

/// The view, with what the server has said so far.
pub(super) async fn view(cache: Option<Cache>, wanted: Wanted, told: Told) -> Result<Viewed, CacheError> {
    let Some(cache) = cache else { return Ok(Viewed::default()) };
    let waiting = Waiting::default();
    let sought = wanted.sought(&waiting);
    let view = cache.read(move |db| read(db, &wanted, &sought, &told)).await;
    drop(waiting);
    view
}

fn read(db: &Connection, wanted: &Wanted, sought: &Sought, told: &Told) -> Result<Viewed, CacheError> {
    let room_id = if sought.is_empty() { None } else { wanted.filter.room_id };
    let looked = looked(db, room_id, wanted.now)?;
    if sought.is_empty() {
        return Ok((SearchView { recent: recent(db)?, looked, ..SearchView::default() }, None));
    }
    let mut found = messages(db, sought)?;
    let rest = if found.more { None } else { rest(wanted, looked) };
    let mut server = if rest.is_some() { told.state } else { Default::default() };
    if rest.is_some() {
        found = with_server(db, sought, found, &told.messages)?;
        found.more |= told.more;
    }
    let hits = found.hits.len();
    let groups = grouped(db, found.hits, &sought.terms)?;
    if server == ServerSearched::Fully && groups.iter().map(|group| group.hits.len()).sum::<usize>() < hits {
        server = ServerSearched::Asking; // In conversations that this device is about to learn of.
    }
    Ok((SearchView { groups, more: found.more, looked, server, recent: Vec::new() }, rest))
}

/// Clocks have stood otherwise: so much more than what is missing here is asked for.
const MARGIN_MS: i64 = 3_600_000;

/// What was not looked at on this device, as a question to the server.
fn rest(wanted: &Wanted, looked: Looked) -> Option<ServerSearch> {
    let mut filter = wanted.filter.clone();
    match looked {
        Looked::Everything => return None,
        Looked::Since { since } if filter.since.is_some_and(|from| from >= since) => return None,
        Looked::Since { since } => {
            let until = Timestamp(since.millis().saturating_add(MARGIN_MS));
            filter.until = Some(filter.until.map_or(until, |wanted| wanted.min(until)));
        }
        Looked::Preparing { .. } => {}
    }
    let limit = wanted.limit.clamp(1, MOST).saturating_add(1);
    Some(ServerSearch { text: wanted.text.clone(), filter, before: None, limit })
}

/// By conversation, in the order in which each first occurs. One whose person is not known cannot be opened.
fn grouped(db: &Connection, hits: Vec<Hit>, terms: &Terms) -> Result<Vec<SearchGroup>, CacheError> {
    let mut groups = Vec::<SearchGroup>::new();
    for hit in hits {
        let room_id = hit.room_id;
        let shown = shown(hit, terms);
        match groups.iter_mut().find(|group| group.room_id == room_id) {
            Some(group) => group.hits.push(shown),
            None => {
                if let Some(person) = person_in(db, room_id)? {
                    groups.push(SearchGroup { room_id, person, hits: vec![shown] });
                }
            }
        }
    }
    Ok(groups)
}

fn person_in(db: &Connection, room_id: RoomId) -> Result<Option<PersonView>, CacheError> {
    let other = timeline::facts(db, room_id)?.and_then(|facts| facts.person);
    let person = other.map(|other| person(db, other)).transpose()?.flatten();
    Ok(person.map(person_view))
}

fn shown(hit: Hit, terms: &Terms) -> SearchHit {
    let (key, message_id, seq) = match hit.which {
        Which::Stored(id, seq) => (format!("m:{id}"), Some(id), Some(seq)),
        Which::Waiting(client_id) => (format!("c:{client_id}"), None, None),
    };
    let excerpt = excerpt(&hit.text, terms, SHOWN);
    SearchHit { key, message_id, seq, own: hit.own, at: hit.at, urgent: hit.urgent, excerpt }
}

/// Where in one conversation something is said.
pub(super) async fn find(
    cache: Option<Cache>,
    room_id: RoomId,
    text: String,
    now: Timestamp,
) -> Result<FindView, CacheError> {
    let Some(cache) = cache else { return Ok(FindView::default()) };
    let waiting = Waiting::default();
    let stop = Arc::clone(&waiting.0);
    let filter = SearchFilter { room_id: Some(room_id), ..SearchFilter::default() };
    let terms = Terms::of(&text);
    let view = cache.read(move |db| {
        if terms.is_empty() {
            return Ok(FindView { looked: looked(db, Some(room_id), now)?, ..FindView::default() });
        }
        let found = messages(db, &Sought { terms, filter, most: FIND_MOST, stop })?;
        let places = found.hits.iter().filter_map(|hit| match hit.which {
            Which::Stored(_, seq) => Some(FindPlace { seq }),
            Which::Waiting(_) => None,
        });
        let places = places.collect();
        Ok(FindView { places, more: found.more, looked: looked(db, Some(room_id), now)? })
    });
    let view = view.await;
    drop(waiting);
    view
}
