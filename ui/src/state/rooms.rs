//! The conversation list: what is searched, what is shown, which is next.

mod steady;

use std::rc::Rc;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Query, RoomDeed, RoomFilter, RoomRow, RoomsView, Update, UpdateBody};

use self::steady::steady;
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
    /// The conversation opened under this filter: it stays listed until another is.
    keep: Option<RoomId>,
    /// The list as shown: the view's, but for the order while somebody has their hands on it.
    pub shown: Option<Rc<RoomsView>>,
    /// The rows as they were when somebody laid hands on the list.
    at_hand: Option<Vec<RoomRow>>,
    /// Something was done to a row, and what becomes of it is about to be shown.
    settling: bool,
    /// What is said about the last deed.
    pub notice: Option<Notice>,
    /// How much has been said.
    said: u32,
}

/// What is said below the list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    /// Tells it from the one before.
    pub n: u32,
    pub said: Said,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// The conversation with somebody is put away; it can be brought back.
    Archived(RoomId, String),
    /// What was done could not be kept.
    NotKept,
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
    /// Somebody has their hands on the list: its order waits.
    Hold,
    /// They have not any more.
    Release,
    /// Something is done to a conversation.
    SetUp(RoomId, RoomDeed),
    /// It could not be kept.
    NotKept,
    /// The notice of this number was shown long enough.
    NoticeSeen(u32),
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
    /// Everything is read.
    NothingUnread,
    /// Nothing is urgent.
    NothingUrgent,
    /// Nothing is put away.
    NothingArchived,
    /// Everybody is answered.
    NobodyWaits,
    /// Everything is read by the patients.
    NothingUnseen,
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
            RoomsAction::Hold => self.hold(),
            RoomsAction::Release => self.at_hand = None,
            RoomsAction::SetUp(room, deed) => self.set_up(room, deed),
            RoomsAction::NotKept => self.say(Said::NotKept),
            RoomsAction::NoticeSeen(n) => drop(self.notice.take_if(|notice| notice.n == n)),
        }
        self.arrange();
    }

    fn hold(&mut self) {
        if self.at_hand.is_none() && !self.stale && !self.settling {
            self.at_hand = self.shown.as_deref().map(|view| view.rows.clone());
        }
    }

    /// Whether the order waits.
    pub(crate) fn is_held(&self) -> bool {
        self.at_hand.is_some()
    }

    /// What somebody does to a row themselves moves it at once.
    fn set_up(&mut self, room: RoomId, deed: RoomDeed) {
        self.at_hand = None;
        self.settling = true;
        self.notice = None;
        if deed == RoomDeed::Archive {
            let name = self.row(room).map(|row| row.person.name.clone()).unwrap_or_default();
            self.say(Said::Archived(room, name));
            self.keep = self.keep.filter(|kept| *kept != room);
        }
    }

    fn say(&mut self, said: Said) {
        let n = self.said.wrapping_add(1);
        self.said = n;
        self.notice = Some(Notice { n, said });
    }

    fn arrange(&mut self) {
        let view = self.live.view.clone();
        self.shown = match (&self.at_hand, view) {
            (Some(at_hand), Some(view)) => {
                Some(Rc::new(RoomsView { rows: steady(at_hand, &view.rows), filters: view.filters, ..*view }))
            }
            (_, view) => view,
        };
    }

    /// A conversation was opened: under a filter it stays listed, whatever reading it changes.
    pub(crate) fn opened(&mut self, room: RoomId) {
        self.keep = Some(room).filter(|_| self.filter != RoomFilter::All);
    }

    fn look_for(&mut self, search: String, filter: RoomFilter) {
        self.stale |= (&self.search, self.filter) != (&search, filter);
        self.choosing = false;
        if self.filter != filter {
            self.keep = None;
        }
        self.at_hand = None;
        (self.search, self.filter) = (search, filter);
    }

    /// Takes an update of the present query in.
    pub(crate) fn update(&mut self, update: Update) {
        self.stale &= !matches!(update.body, UpdateBody::Snapshot { .. });
        self.live.apply(update);
        self.settling = false;
        self.arrange();
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
        let search = self.search.trim().to_owned();
        // Nothing shows the filter while names are looked for.
        let filter = if search.is_empty() { self.filter } else { RoomFilter::All };
        Query::Rooms { search, filter, keep: self.keep }
    }

    /// Why there are no rows, if there are none. While something is searched for, the search says it.
    pub(crate) fn emptiness(&self) -> Option<Emptiness> {
        let view = self.live.view.as_deref()?;
        let searching = !self.search.trim().is_empty();
        if self.stale || searching || view.loading || !view.rows.is_empty() {
            return None;
        }
        Some(match self.filter {
            RoomFilter::Unread => Emptiness::NothingUnread,
            RoomFilter::Urgent => Emptiness::NothingUrgent,
            RoomFilter::Archived => Emptiness::NothingArchived,
            RoomFilter::Waiting => Emptiness::NobodyWaits,
            RoomFilter::Unseen => Emptiness::NothingUnseen,
            RoomFilter::All => Emptiness::NoConversations,
        })
    }

    /// The conversation above or below the open one; the first if none is open.
    pub(crate) fn neighbour(&self, open: Option<RoomId>, step: Step) -> Option<RoomId> {
        let rows = &self.shown.as_deref()?.rows;
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

    fn shown(list: &Rooms) -> Vec<i64> {
        list.shown.as_deref().map_or(vec![], |view| view.rows.iter().map(|row| row.room_id.0).collect())
    }

    #[test]
    fn a_list_at_hand_keeps_its_order_and_shows_what_is_new_in_a_row() {
        let mut list = with(&[1, 2, 3]);
        list.apply(RoomsAction::Hold);
        let mut news = rooms(&[4, 3, 1]);
        news.rows[1].unread = 5;
        news.unread = 9;
        list.update(snapshot(View::Rooms(news)));
        assert_eq!(shown(&list), [1, 2, 3, 4], "nothing moves, nothing goes");
        let view = list.shown.clone().unwrap();
        assert_eq!((view.rows[2].unread, view.unread), (5, 9));
        list.apply(RoomsAction::Release);
        assert_eq!(shown(&list), [4, 3, 1]);
    }

    #[test]
    fn what_somebody_does_to_a_row_moves_it_at_once() {
        let mut list = with(&[1, 2, 3]);
        list.apply(RoomsAction::Hold);
        list.apply(RoomsAction::SetUp(RoomId(3), RoomDeed::Pin));
        list.apply(RoomsAction::Hold);
        tell(&mut list, &[3, 1, 2]);
        assert_eq!(shown(&list), [3, 1, 2]);
        list.apply(RoomsAction::Hold);
        tell(&mut list, &[1, 2, 3]);
        assert_eq!(shown(&list), [3, 1, 2], "and from then on waits again");
    }

    #[test]
    fn another_filter_is_another_list() {
        let mut list = with(&[1, 2]);
        list.apply(RoomsAction::Hold);
        list.apply(RoomsAction::Filter(RoomFilter::Unread));
        list.apply(RoomsAction::Hold);
        tell(&mut list, &[2]);
        assert_eq!(shown(&list), [2]);
    }

    #[test]
    fn what_was_opened_under_a_filter_stays_listed_until_another_is_or_the_filter_is_another() {
        let keep = |list: &Rooms| match list.query() {
            Query::Rooms { keep, .. } => keep,
            _ => None,
        };
        let mut list = with(&[1, 2]);
        list.opened(RoomId(1));
        assert_eq!(keep(&list), None, "all of them are listed");
        list.apply(RoomsAction::Filter(RoomFilter::Unread));
        list.opened(RoomId(2));
        assert_eq!(keep(&list), Some(RoomId(2)));
        list.apply(RoomsAction::Search("a".to_owned()));
        assert_eq!(keep(&list), Some(RoomId(2)));
        list.apply(RoomsAction::Filter(RoomFilter::Urgent));
        assert_eq!(keep(&list), None);
    }

    #[test]
    fn whoever_archives_is_told_and_can_take_it_back() {
        let mut list = with(&[1]);
        list.apply(RoomsAction::SetUp(RoomId(1), RoomDeed::Archive));
        let notice = list.notice.clone().unwrap();
        assert_eq!(notice.said, Said::Archived(RoomId(1), "Drew".to_owned()));
        list.apply(RoomsAction::NoticeSeen(notice.n + 1));
        assert_eq!(list.notice, Some(notice.clone()));
        list.apply(RoomsAction::NoticeSeen(notice.n));
        assert_eq!(list.notice, None);
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
        assert_eq!(list.emptiness(), None, "the search says it");
        list.apply(RoomsAction::ShowAll);
        tell(&mut list, &[]);
        assert_eq!(list.emptiness(), Some(Emptiness::NoConversations));
        assert_eq!(Rooms::default().emptiness(), None);
    }
}
