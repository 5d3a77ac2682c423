//! The conversation list: what is searched, what is shown, which is next.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Query, RoomFilter, RoomRow, RoomsView, Update, UpdateBody};

use super::live::Live;

/// The conversation list.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Rooms {
    pub live: Live<RoomsView>,
    pub search: String,
    pub filter: RoomFilter,
    /// The rows held are of another search or filter.
    stale: bool,
    /// The first row was chosen before it was known.
    choosing: bool,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum RoomsAction {
    Search(String),
    Filter(RoomFilter),
    ShowAll,
    /// One kind of all conversations, whoever they are with.
    Only(RoomFilter),
    /// Opens the first conversation found, as soon as that is known.
    ChooseFirst,
}

/// Which way to go in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Previous,
    Next,
}

/// Why a list has no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emptiness {
    /// There is no conversation at all.
    NoConversations,
    /// Nobody of this name.
    NobodyFound,
    /// Everything is read.
    NothingUnread,
    /// Nothing is urgent.
    NothingUrgent,
}

impl Rooms {
    /// Applies an action.
    pub(crate) fn apply(&mut self, action: RoomsAction) {
        match action {
            RoomsAction::Search(search) => self.look_for(search, self.filter),
            RoomsAction::Filter(filter) => self.look_for(self.search.clone(), filter),
            RoomsAction::ShowAll => self.look_for(String::new(), RoomFilter::All),
            RoomsAction::Only(filter) => self.look_for(String::new(), filter),
            RoomsAction::ChooseFirst => self.choosing = true,
        }
    }

    fn look_for(&mut self, search: String, filter: RoomFilter) {
        self.stale |= (&self.search, self.filter) != (&search, filter);
        self.choosing = false;
        (self.search, self.filter) = (search, filter);
    }

    /// Takes an update of the present query in.
    pub(crate) fn update(&mut self, update: Update) {
        self.stale &= !matches!(update.body, UpdateBody::Snapshot { .. });
        self.live.apply(update);
    }

    /// As if nothing had been listed or searched.
    pub(crate) fn forgotten(&self) -> Self {
        Rooms { live: self.live.forgotten(), ..Rooms::default() }
    }

    /// Something else is done meanwhile: the choice no longer stands.
    pub(crate) fn stop_waiting(&mut self) {
        self.choosing = false;
    }

    /// The conversation that was chosen, once the rows are those of the search; the search has served then.
    pub(crate) fn take_chosen(&mut self) -> Option<RoomId> {
        if !self.choosing || self.stale {
            return None;
        }
        let view = self.live.view.clone().filter(|view| !view.loading)?;
        self.choosing = false;
        let first = view.rows.first()?.room_id;
        self.look_for(String::new(), RoomFilter::All);
        Some(first)
    }

    /// What to subscribe to.
    pub(crate) fn query(&self) -> Query {
        Query::Rooms { search: self.search.trim().to_owned(), filter: self.filter }
    }

    /// Why there are no rows, if there are none.
    pub(crate) fn emptiness(&self) -> Option<Emptiness> {
        let view = self.live.view.as_deref()?;
        if self.stale || view.loading || !view.rows.is_empty() {
            return None;
        }
        Some(match self.filter {
            _ if !self.search.trim().is_empty() => Emptiness::NobodyFound,
            RoomFilter::Unread => Emptiness::NothingUnread,
            RoomFilter::Urgent => Emptiness::NothingUrgent,
            RoomFilter::All => Emptiness::NoConversations,
        })
    }

    /// The conversation above or below the open one; the first if none is open.
    pub(crate) fn neighbour(&self, open: Option<RoomId>, step: Step) -> Option<RoomId> {
        let rows = &self.live.view.as_deref()?.rows;
        let at = open.and_then(|room| rows.iter().position(|row| row.room_id == room));
        let to = match (at, step) {
            (None, _) => 0,
            (Some(at), Step::Previous) => at.checked_sub(1)?,
            (Some(at), Step::Next) => at + 1,
        };
        rows.get(to).map(|row| row.room_id)
    }

    /// The row of a conversation, if it is shown.
    pub(crate) fn row(&self, room: RoomId) -> Option<&RoomRow> {
        self.live.view.as_deref()?.rows.iter().find(|row| row.room_id == room)
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::View;

    use super::*;
    use crate::state::fixtures::{rooms, snapshot};

    fn tell(list: &mut Rooms, ids: &[i64]) {
        list.update(snapshot(View::Rooms(rooms(ids))));
    }

    fn with(ids: &[i64]) -> Rooms {
        let mut list = Rooms::default();
        tell(&mut list, ids);
        list
    }

    #[test]
    fn the_neighbours_end_at_the_ends_of_the_list() {
        let list = with(&[3, 1, 2]);
        assert_eq!(list.neighbour(None, Step::Next), Some(RoomId(3)));
        assert_eq!(list.neighbour(Some(RoomId(3)), Step::Next), Some(RoomId(1)));
        assert_eq!(list.neighbour(Some(RoomId(3)), Step::Previous), None);
        assert_eq!(list.neighbour(Some(RoomId(2)), Step::Next), None);
    }

    #[test]
    fn an_empty_list_says_why_and_a_loading_one_does_not() {
        let mut list = with(&[]);
        assert_eq!(list.emptiness(), Some(Emptiness::NoConversations));
        list.apply(RoomsAction::Filter(RoomFilter::Urgent));
        assert_eq!(list.emptiness(), None);
        tell(&mut list, &[]);
        assert_eq!(list.emptiness(), Some(Emptiness::NothingUrgent));
        list.apply(RoomsAction::Search("ana".to_owned()));
        tell(&mut list, &[]);
        assert_eq!(list.emptiness(), Some(Emptiness::NobodyFound));
        list.apply(RoomsAction::ShowAll);
        tell(&mut list, &[]);
        assert_eq!(list.emptiness(), Some(Emptiness::NoConversations));
        assert_eq!(Rooms::default().emptiness(), None);
    }
}
