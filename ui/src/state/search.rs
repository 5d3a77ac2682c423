//! Searching what was written: filters and how much is shown. The text is the list's own.

use bedside_protocol::ipc::{Author, Query, SearchFilter, SearchView};
use bedside_protocol::{RoomId, Timestamp};

use super::live::Live;

/// Messages shown at first, and how many more each time.
const PAGE: u32 = 50;

/// The search.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Search {
    pub live: Live<SearchView>,
    /// Whether it was asked for by itself: the filters and earlier searches show without a text.
    pub open: bool,
    pub filter: SearchFilter,
    /// The first and the last day, as the fields have them (YYYY-MM-DD); empty for none.
    pub days: (String, String),
    limit: u32,
}

impl Default for Search {
    fn default() -> Self {
        Search {
            live: Live::default(),
            open: false,
            filter: SearchFilter::default(),
            days: Default::default(),
            limit: PAGE,
        }
    }
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum SearchAction {
    /// Look for messages, in all conversations.
    Open,
    /// Back to the list.
    Close,
    /// Written by one side, or by either.
    From(Option<Author>),
    /// In one conversation, or in all.
    In(Option<RoomId>),
    Urgent(bool),
    /// From this day on, which begins at this moment.
    Since(String, Option<Timestamp>),
    /// Up to this day, which ends at this moment.
    Until(String, Option<Timestamp>),
    Link(bool),
    /// Show more of what there is.
    More,
}

impl Search {
    /// Applies an action.
    pub(crate) fn apply(&mut self, action: SearchAction) {
        match action {
            SearchAction::Open => self.open = true,
            SearchAction::Close => *self = self.forgotten(),
            SearchAction::From(from) => self.narrow(|filter| filter.from = from),
            SearchAction::In(room_id) => self.narrow(|filter| filter.room_id = room_id),
            SearchAction::Since(day, since) => {
                self.days.0 = day;
                self.narrow(|filter| filter.since = since);
            }
            SearchAction::Until(day, until) => {
                self.days.1 = day;
                self.narrow(|filter| filter.until = until);
            }
            SearchAction::Urgent(urgent) => self.narrow(|filter| filter.urgent = urgent),
            SearchAction::Link(link) => self.narrow(|filter| filter.link = link),
            SearchAction::More => self.limit = self.limit.saturating_add(PAGE),
        }
    }

    /// As if nothing had been searched for.
    pub(crate) fn forgotten(&self) -> Self {
        Search { live: self.live.forgotten(), ..Search::default() }
    }

    fn narrow(&mut self, change: impl FnOnce(&mut SearchFilter)) {
        change(&mut self.filter);
        self.limit = PAGE;
    }

    /// Another text is looked for: what was found for the one before is not what is found for this one.
    pub(crate) fn another_text(&mut self, text: &str) {
        self.limit = PAGE;
        if !self.is_shown(text) {
            *self = self.forgotten();
        }
    }

    /// Whether results take the list's place.
    pub(crate) fn is_shown(&self, text: &str) -> bool {
        self.open || !text.trim().is_empty()
    }

    /// What to subscribe to.
    pub(crate) fn query(&self, text: &str) -> Query {
        Query::Search { text: text.trim().to_owned(), filter: self.filter.clone(), limit: self.limit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrower_search_begins_with_its_first_page() {
        let mut search = Search::default();
        search.apply(SearchAction::More);
        assert!(matches!(search.query("x"), Query::Search { limit: 100, .. }));
        search.apply(SearchAction::Urgent(true));
        assert!(matches!(search.query("x"), Query::Search { limit: 50, .. }));
    }

    #[test]
    fn results_show_for_a_text_or_when_asked_for() {
        let mut search = Search::default();
        assert!(!search.is_shown(" ") && search.is_shown("x"));
        search.apply(SearchAction::Open);
        assert!(search.is_shown(""));
        search.apply(SearchAction::Close);
        assert!(!search.is_shown(""));
    }
}
