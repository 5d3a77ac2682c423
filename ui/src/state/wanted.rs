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
    pub(crate) const ALL: [Self; 10] = [
        Self::Session,
        Self::Connection,
        Self::Rooms,
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
        if self.nav.page == Page::Home {
            all.push(wanted(Slot::Home, self.home.generation, "", Query::Home));
        }
        if let Some(timeline) = &self.timeline {
            let room = timeline.room_id.to_string();
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
