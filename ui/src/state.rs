//! The whole state of the interface and the one reducer over it.
//!
//! Pure: no browser, no clock. One sub-state and reducer per feature; what the state wants to keep seeing is read
//! off it (`State::wanted`), and the hook `use_engine` makes it so.

pub(crate) mod completion;
pub(crate) mod composer;
pub(crate) mod composers;
pub(crate) mod draft;
pub(crate) mod editing;
pub(crate) mod emoji;
pub(crate) mod find;
#[cfg(test)]
pub(crate) mod fixtures;
pub(crate) mod keeping;
pub(crate) mod lines;
pub(crate) mod live;
pub(crate) mod nav;
pub(crate) mod quick_reply;
pub(crate) mod rooms;
pub(crate) mod search;
pub(crate) mod sequence;
pub(crate) mod sign_in;
pub(crate) mod thought;
pub(crate) mod timeline;
pub(crate) mod wanted;
pub(crate) mod window;

use std::rc::Rc;

use bedside_protocol::ipc::{
    ClinicView, ConnectionMode, ConnectionView, HomeView, PeopleView, PersonView, Presence, QuickRepliesView,
    RoomDeed, RoomMarks, SessionState, SessionView, Settings, SettingsView, ShellView, Update,
};
use bedside_protocol::wire::Role;
use bedside_protocol::{RoomId, RoomSeq, Timestamp};
use yew::Reducible;

use self::composer::ComposerAction;
use self::composers::Composers;
use self::emoji::{Taste, TasteAction};
use self::live::Live;
use self::nav::{Nav, NavAction};
use self::rooms::{Rooms, RoomsAction};
use self::search::{Search, SearchAction};
use self::timeline::{Timeline, TimelineAction};
use self::wanted::Slot;

/// Everything the interface knows.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct State {
    pub session: Live<SessionView>,
    pub connection: Live<ConnectionView>,
    pub rooms: Rooms,
    pub search: Search,
    pub timeline: Option<Timeline>,
    pub composers: Composers,
    pub taste: Taste,
    pub home: Live<HomeView>,
    pub people: Live<PeopleView>,
    pub settings: Live<SettingsView>,
    pub clinic: Live<ClinicView>,
    pub quick_replies: Live<QuickRepliesView>,
    pub shell: Live<ShellView>,
    pub nav: Nav,
    /// The number of the local day, by which "Today" is told from "Yesterday".
    pub today: i64,
}

/// Everything that can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The engine sent news for the subscription of this slot and key.
    Update(Slot, Rc<str>, Box<Update>),
    /// That subscription broke or may have missed something: ask anew.
    Lost(Slot, Rc<str>),
    /// The window slept: ask for everything anew.
    Awake,
    /// Where to be.
    Nav(NavAction),
    /// The conversation list.
    Rooms(RoomsAction),
    /// Messages looked for.
    Search(SearchAction),
    /// A conversation is opened at a place.
    OpenAt(RoomId, RoomSeq),
    /// A conversation, if it is still the open one.
    Timeline(RoomId, TimelineAction),
    /// What is being written in a conversation.
    Composer(RoomId, ComposerAction),
    /// Which emoji somebody likes.
    Taste(TasteAction),
    /// It is this local day.
    Today(i64),
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
        let before = self.nav.room;
        match action {
            // What an ended subscription still says is about something else by now.
            Action::Update(slot, key, _) | Action::Lost(slot, key) if !self.wants(slot, &key) => {}
            Action::Update(slot, _, update) => self.update(slot, *update),
            Action::Lost(slot, _) => self.lost(slot),
            Action::Awake => Slot::ALL.into_iter().for_each(|slot| self.lost(slot)),
            Action::Nav(action) => {
                self.rooms.stop_waiting();
                self.nav.apply(action);
            }
            // Marked unread is what one comes back to: it is left, or the next glance would take the mark away.
            Action::Rooms(action @ RoomsAction::SetUp(room, RoomDeed::MarkUnread)) => {
                self.rooms.apply(action);
                if self.nav.room == Some(room) {
                    self.nav.apply(NavAction::LeaveRoom);
                }
            }
            Action::Rooms(action) => {
                let text = self.rooms.search.clone();
                self.rooms.apply(action);
                if text != self.rooms.search {
                    self.search.another_text(&self.rooms.search);
                }
            }
            Action::Search(action) => self.search.apply(action),
            Action::OpenAt(room, seq) => {
                self.nav.apply(NavAction::Open(room));
                self.follow_navigation();
                if let Some(timeline) = &mut self.timeline {
                    timeline.go_to(seq);
                }
            }
            Action::Timeline(room, action) => {
                if let Some(timeline) = self.timeline.as_mut().filter(|open| open.room_id == room) {
                    timeline.apply(action);
                }
            }
            Action::Composer(room, action) => self.composers.apply(room, action),
            Action::Taste(action) => self.taste.apply(action),
            Action::Today(day) => self.today = day,
        }
        self.follow_choice();
        if let Some(room) = self.nav.room.filter(|room| before != Some(*room)) {
            self.rooms.opened(room);
        }
        self.follow_navigation();
    }

    fn update(&mut self, slot: Slot, update: Update) {
        match slot {
            Slot::Session => self.session_update(update),
            Slot::Connection => self.connection.apply(update),
            Slot::Rooms => self.rooms.update(update),
            Slot::Search => self.search.live.apply(update),
            Slot::Timeline => {
                if let Some(timeline) = &mut self.timeline {
                    timeline.update(update);
                }
            }
            Slot::Find => {
                if let Some(timeline) = &mut self.timeline {
                    timeline.found(update);
                }
            }
            Slot::Home => self.home.apply(update),
            Slot::People => self.people.apply(update),
            Slot::QuickReplies => self.quick_replies.apply(update),
            Slot::Settings => {
                self.settings.apply(update);
                self.follow_settings();
            }
            Slot::Clinic => self.clinic.apply(update),
            Slot::Shell => {
                self.shell.apply(update);
                self.grant_wish();
            }
        }
    }

    /// Whoever comes next sees nothing of who was here before.
    fn session_update(&mut self, update: Update) {
        let before = self.me().map(|me| me.account_id);
        self.session.apply(update);
        if before.is_some() && before != self.me().map(|me| me.account_id) {
            *self = State {
                session: self.session.clone(),
                settings: self.settings.clone(),
                connection: self.connection.forgotten(),
                rooms: self.rooms.forgotten(),
                search: self.search.forgotten(),
                home: self.home.forgotten(),
                people: self.people.forgotten(),
                clinic: self.clinic.forgotten(),
                quick_replies: self.quick_replies.forgotten(),
                shell: self.shell.forgotten(),
                nav: self.nav.for_the_next(),
                today: self.today,
                taste: Taste { names: self.taste.names.clone(), ..Taste::default() },
                ..State::default()
            };
            self.follow_settings();
        }
    }

    fn lost(&mut self, slot: Slot) {
        match slot {
            Slot::Session => self.session.ask_anew(),
            Slot::Connection => self.connection.ask_anew(),
            Slot::Rooms => self.rooms.live.ask_anew(),
            Slot::Search => self.search.live.ask_anew(),
            Slot::Timeline => {
                if let Some(timeline) = &mut self.timeline {
                    timeline.live.ask_anew();
                }
            }
            Slot::Find => {
                if let Some(find) = self.timeline.as_mut().and_then(|timeline| timeline.find.as_mut()) {
                    find.live.ask_anew();
                }
            }
            Slot::Home => self.home.ask_anew(),
            Slot::People => self.people.ask_anew(),
            Slot::QuickReplies => self.quick_replies.ask_anew(),
            Slot::Settings => self.settings.ask_anew(),
            Slot::Clinic => self.clinic.ask_anew(),
            Slot::Shell => self.shell.ask_anew(),
        }
    }

    /// What the settings keep of emoji is what is liked.
    fn follow_settings(&mut self) {
        if let Some(view) = self.settings.view.as_deref() {
            self.taste.adopt(&view.settings);
        }
    }

    fn grant_wish(&mut self) {
        if let Some(shell) = self.shell.view.clone() {
            self.nav.grant(&shell);
        }
    }

    /// The first conversation of the search was chosen and is known now.
    fn follow_choice(&mut self) {
        if let Some(room) = self.rooms.take_chosen() {
            self.nav.apply(NavAction::Open(room));
        }
    }

    /// The open conversation has a timeline and a composer; of the others only what is not safe yet is held.
    fn follow_navigation(&mut self) {
        if self.me().is_none() {
            self.nav.leave();
        }
        let held = self.timeline.as_ref().map(|timeline| timeline.room_id);
        if held != self.nav.room {
            self.timeline = self.nav.room.map(Timeline::open);
        }
        if let Some(timeline) = &mut self.timeline {
            timeline.look_for(self.nav.take_sought());
        }
        self.composers
            .follow(self.nav.room, self.timeline.as_ref().and_then(|open| open.live.view.as_deref()));
    }

    /// Who is signed in.
    pub(crate) fn me(&self) -> Option<&PersonView> {
        match &self.session.view.as_deref()?.state {
            SessionState::SignedIn { me, .. } => Some(me),
            _ => None,
        }
    }

    /// Patients have no quick replies.
    pub(crate) fn has_quick_replies(&self) -> bool {
        self.me().is_some_and(|me| me.role != Role::Patient)
    }

    /// Whom one writes to in a conversation: from its timeline, or from the list while that is on its way.
    pub(crate) fn person_of(&self, room: RoomId) -> Option<PersonView> {
        let open = self.timeline.as_ref().filter(|open| open.room_id == room);
        let held = open.and_then(|open| Some(open.live.view.as_deref()?.head.person.clone()));
        held.or_else(|| self.rooms.row(room).map(|row| row.person.clone()))
    }

    /// How a conversation is set up: as the list has it, else as it says itself.
    pub(crate) fn marks_of(&self, room: RoomId) -> RoomMarks {
        let open = self.timeline.as_ref().filter(|open| open.room_id == room);
        let said = open.and_then(|open| Some(open.live.view.as_deref()?.head.marks));
        self.rooms.row(room).map(|row| row.marks).or(said).unwrap_or_default()
    }

    /// Since when something of one's own has not been read there, if that is long.
    pub(crate) fn unseen_since(&self, room: RoomId) -> Option<Timestamp> {
        self.rooms.row(room).and_then(|row| row.unseen_since)
    }

    /// Whether the other of a conversation is there.
    pub(crate) fn presence_of(&self, room: RoomId) -> Option<Presence> {
        let open = self.timeline.as_ref().filter(|open| open.room_id == room);
        match open.and_then(|open| open.live.view.as_deref()) {
            Some(view) => view.head.presence,
            None => self.rooms.row(room).and_then(|row| row.presence),
        }
    }

    /// The settings, or what holds until they are known.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.view.as_deref().map(|view| view.settings.clone()).unwrap_or_default()
    }

    /// What the clinic says of itself, or what holds until it is known.
    pub(crate) fn clinic(&self) -> ClinicView {
        self.clinic.view.as_deref().cloned().unwrap_or_default()
    }

    /// How the server is reached, as far as is known.
    pub(crate) fn mode(&self) -> ConnectionMode {
        self.connection.view.as_deref().map_or(ConnectionMode::Connecting, |view| view.mode)
    }
}

#[cfg(test)]
mod tests;
