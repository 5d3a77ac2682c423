//! What the state wants to keep seeing.

use std::rc::Rc;

use bedside_protocol::ipc::Query;

use super::State;
use super::nav::{Dialog, Page};

/// The place of a subscription in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    Session,
    Connection,
    Rooms,
    Search,
    Find,
    Home,
    Timeline,
    People,
    Settings,
    Clinic,
    QuickReplies,
    Shell,
}

impl Slot {
    /// Every slot.
    pub(crate) const ALL: [Self; 12] = [
        Self::Session,
        Self::Connection,
        Self::Rooms,
        Self::Search,
        Self::Find,
        Self::Home,
        Self::Timeline,
        Self::People,
        Self::Settings,
        Self::Clinic,
        Self::QuickReplies,
        Self::Shell,
    ];
}

/// A query that is to be subscribed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// Where its updates go.
    pub slot: Slot,
    /// While this stays the same, so does the subscription. (A timeline's window moves within one.)
    pub key: Rc<str>,
    /// The query to subscribe with.
    pub query: Query,
}

impl State {
    /// The subscriptions this state needs.
    pub(crate) fn wanted(&self) -> Vec<Wanted> {
        let mut all = vec![
            wanted(Slot::Session, self.session.generation, "", Query::Session),
            wanted(Slot::Settings, self.settings.generation, "", Query::Settings),
        ];
        if self.me().is_some() {
            all.extend(self.wanted_signed_in());
        }
        all
    }

    /// Whether a subscription is still the one that is wanted.
    pub(super) fn wants(&self, slot: Slot, key: &str) -> bool {
        self.wanted().iter().any(|wanted| wanted.slot == slot && *wanted.key == *key)
    }

    fn wanted_signed_in(&self) -> Vec<Wanted> {
        let rooms = self.rooms.query();
        let rooms_key = format!("{rooms:?}");
        let mut all = vec![
            wanted(Slot::Connection, self.connection.generation, "", Query::Connection),
            wanted(Slot::Clinic, self.clinic.generation, "", Query::Clinic),
            wanted(Slot::Shell, self.shell.generation, "", Query::Shell),
            wanted(Slot::Rooms, self.rooms.live.generation, &rooms_key, rooms),
        ];
        if self.search.is_shown(&self.rooms.search) {
            let query = self.search.query(&self.rooms.search);
            all.push(wanted(Slot::Search, self.search.live.generation, &format!("{query:?}"), query));
        }
        if self.nav.page == Page::Home {
            all.push(wanted(Slot::Home, self.home.generation, "", Query::Home));
        }
        if let Some(timeline) = &self.timeline {
            let room = timeline.room_id.to_string();
            if let Some((find, query)) =
                timeline.find.as_ref().and_then(|find| Some((find, find.query(timeline.room_id)?)))
            {
                all.push(wanted(Slot::Find, find.live.generation, &format!("{query:?}"), query));
            }
            all.push(wanted(Slot::Timeline, timeline.live.generation, &room, timeline.query()));
        }
        if self.has_quick_replies() {
            all.push(wanted(Slot::QuickReplies, self.quick_replies.generation, "", Query::QuickReplies));
        }
        if self.nav.dialog == Some(Dialog::People) {
            all.push(wanted(Slot::People, self.people.generation, "", Query::People));
        }
        all
    }
}

fn wanted(slot: Slot, generation: u32, what: &str, query: Query) -> Wanted {
    Wanted { slot, key: format!("{generation}/{what}").into(), query }
}
