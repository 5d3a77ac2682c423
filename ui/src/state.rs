//! The whole state of the interface and the one reducer over it.
//!
//! Pure: no browser, no clock. One sub-state and reducer per feature; what the state wants to keep seeing is read
//! off it (`State::wanted`), and the hook `use_engine` makes it so.

pub(crate) mod composer;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod lines;
pub(crate) mod live;
pub(crate) mod nav;
pub(crate) mod rooms;
pub(crate) mod sequence;
pub(crate) mod sign_in;
pub(crate) mod timeline;
pub(crate) mod wanted;
pub(crate) mod window;

use std::rc::Rc;

use bedside_protocol::ipc::{
    ConnectionMode, ConnectionView, PeopleView, PersonView, SessionState, SessionView, Settings,
    SettingsView, ShellView, Update,
};
use yew::Reducible;

use self::live::Live;
use self::nav::{Nav, NavAction};
use self::rooms::{Rooms, RoomsAction};
use self::timeline::{Timeline, TimelineAction};
use self::wanted::Slot;

/// Everything the interface knows.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct State {
    pub session: Live<SessionView>,
    pub connection: Live<ConnectionView>,
    pub rooms: Rooms,
    pub timeline: Option<Timeline>,
    pub people: Live<PeopleView>,
    pub settings: Live<SettingsView>,
    pub shell: Live<ShellView>,
    pub nav: Nav,
}

/// Everything that can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The engine sent news for a subscription.
    Update(Slot, Update),
    /// A subscription broke or may have missed something: ask anew.
    Lost(Slot),
    /// The window slept: ask for everything anew.
    Awake,
    /// Where to be.
    Nav(NavAction),
    /// The conversation list.
    Rooms(RoomsAction),
    /// The open conversation.
    Timeline(TimelineAction),
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.apply(action);
        Rc::new(next)
    }
}

impl State {
    fn apply(&mut self, action: Action) {
        match action {
            Action::Update(slot, update) => self.update(slot, update),
            Action::Lost(slot) => self.lost(slot),
            Action::Awake => Slot::ALL.into_iter().for_each(|slot| self.lost(slot)),
            Action::Nav(action) => self.nav.apply(action),
            Action::Rooms(action) => self.rooms.apply(action),
            Action::Timeline(action) => {
                if let Some(timeline) = &mut self.timeline {
                    timeline.apply(action);
                }
            }
        }
        self.follow_navigation();
    }

    fn update(&mut self, slot: Slot, update: Update) {
        match slot {
            Slot::Session => self.session.apply(update),
            Slot::Connection => self.connection.apply(update),
            Slot::Rooms => self.rooms.live.apply(update),
            Slot::Timeline => {
                if let Some(timeline) = &mut self.timeline {
                    timeline.update(update);
                }
            }
            Slot::People => self.people.apply(update),
            Slot::Settings => self.settings.apply(update),
            Slot::Shell => {
                self.shell.apply(update);
                self.grant_wish();
            }
        }
    }

    fn lost(&mut self, slot: Slot) {
        match slot {
            Slot::Session => self.session.ask_anew(),
            Slot::Connection => self.connection.ask_anew(),
            Slot::Rooms => self.rooms.live.ask_anew(),
            Slot::Timeline => {
                if let Some(timeline) = &mut self.timeline {
                    timeline.live.ask_anew();
                }
            }
            Slot::People => self.people.ask_anew(),
            Slot::Settings => self.settings.ask_anew(),
            Slot::Shell => self.shell.ask_anew(),
        }
    }

    fn grant_wish(&mut self) {
        if let Some(shell) = self.shell.view.clone() {
            self.nav.grant(&shell);
        }
    }

    /// The open conversation has a timeline, and no other has.
    fn follow_navigation(&mut self) {
        if self.me().is_none() {
            self.nav.leave();
        }
        let held = self.timeline.as_ref().map(|timeline| timeline.room_id);
        if held != self.nav.room {
            self.timeline = self.nav.room.map(Timeline::open);
        }
    }

    /// Who is signed in.
    pub(crate) fn me(&self) -> Option<&PersonView> {
        match &self.session.view.as_deref()?.state {
            SessionState::SignedIn { me, .. } => Some(me),
            _ => None,
        }
    }

    /// The settings, or what holds until they are known.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.view.as_deref().map(|view| view.settings.clone()).unwrap_or_default()
    }

    /// How the server is reached, as far as is known.
    pub(crate) fn mode(&self) -> ConnectionMode {
        self.connection.view.as_deref().map_or(ConnectionMode::Connecting, |view| view.mode)
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::RoomId;
    use bedside_protocol::ipc::{Place, Query, UpdateBody, View};

    use super::*;
    use crate::state::fixtures::{ana, snapshot};

    fn step(state: State, action: Action) -> State {
        (*Rc::new(state).reduce(action)).clone()
    }

    fn signed_in() -> State {
        step(State::default(), Action::Update(Slot::Session, snapshot(View::Session(ana()))))
    }

    #[test]
    fn before_sign_in_no_conversation_is_asked_for() {
        let queries = State::default().wanted();
        assert!(
            queries
                .iter()
                .all(|wanted| !matches!(wanted.query, Query::Rooms { .. } | Query::Timeline { .. }))
        );
    }

    #[test]
    fn opening_a_conversation_asks_for_its_timeline_and_leaving_it_ends_that() {
        let open = step(signed_in(), Action::Nav(NavAction::Open(RoomId(7))));
        assert!(open.wanted().iter().any(|wanted| wanted.slot == Slot::Timeline));
        let left = step(open, Action::Nav(NavAction::LeaveRoom));
        assert!(left.timeline.is_none() && left.wanted().iter().all(|wanted| wanted.slot != Slot::Timeline));
    }

    #[test]
    fn a_patch_for_another_revision_makes_the_query_new() {
        let before = signed_in();
        let key =
            |state: &State| state.wanted().into_iter().find(|w| w.slot == Slot::Connection).map(|w| w.key);
        let lost = step(before.clone(), Action::Lost(Slot::Connection));
        assert_ne!(key(&before), key(&lost));
    }

    #[test]
    fn the_shells_wish_opens_a_conversation_once() {
        let wish = |wish, room| {
            let open = Some(Place { room_id: RoomId(room), message_id: None });
            Action::Update(Slot::Shell, snapshot(View::Shell(ShellView { wish, open })))
        };
        let opened = step(signed_in(), wish(1, 7));
        assert_eq!(opened.nav.room, Some(RoomId(7)));
        let elsewhere = step(opened, Action::Nav(NavAction::Open(RoomId(8))));
        assert_eq!(step(elsewhere.clone(), wish(1, 7)).nav.room, Some(RoomId(8)));
        assert_eq!(step(elsewhere, wish(2, 7)).nav.room, Some(RoomId(7)));
    }

    #[test]
    fn signing_out_closes_the_conversation() {
        let open = step(signed_in(), Action::Nav(NavAction::Open(RoomId(7))));
        let mut gone = ana();
        gone.state = SessionState::SignedOut { ended_by_server: true };
        let update =
            Update { subscription: 1, revision: 2, body: UpdateBody::Snapshot { view: View::Session(gone) } };
        let out = step(open, Action::Update(Slot::Session, update));
        assert!(out.timeline.is_none() && out.nav.room.is_none());
    }
}
