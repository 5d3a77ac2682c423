//! The home page: what waits for one, in short; each card shows the first few and says how many there are.

use serde::{Deserialize, Serialize};

use super::view::{PersonView, RoomRow};
use crate::ids::{RoomId, as_string};
use crate::time::Timestamp;

/// Most rows of a card; the list has the rest.
pub const CARD_ROWS: usize = 5;

/// What waits for one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// Nothing has been heard of the server yet: show skeletons if there is nothing else.
    pub loading: bool,
    /// Conversations there are.
    pub rooms: u32,
    /// Conversations with messages of one's own that the server does not have: what needs its author first, then
    /// what waits longest.
    pub unsent: HomeCard,
    /// With unread messages, newest first.
    pub unread: HomeCard,
    /// With an unread urgent message, newest first.
    pub urgent: HomeCard,
    /// For practitioners: the last word is the patient's; who waits longest first.
    pub waiting: HomeCard,
    /// For practitioners: something of one's own has not been read for as many days as the settings say; the oldest first.
    pub unseen: HomeCard,
    /// For patients: those one is linked with, newest message first, then by name.
    pub people: HomePeople,
}

impl HomeView {
    /// Every conversation shown, as often as it is.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut RoomRow> {
        let HomeView { unsent, unread, urgent, waiting, unseen, people, .. } = self;
        let cards = [unsent, unread, urgent, waiting, unseen].into_iter();
        let of_cards = cards.flat_map(|card| &mut card.rows).map(|row| &mut row.row);
        of_cards.chain(people.rows.iter_mut().filter_map(|one| one.row.as_mut()))
    }
}

/// Some conversations of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeCard {
    /// Conversations of this kind.
    pub total: u32,
    /// The first [`CARD_ROWS`] of them.
    pub rows: Vec<HomeRow>,
}

/// A conversation on the home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeRow {
    /// The conversation, as the list shows it; of unsent messages the preview is the one to look at first.
    pub row: RoomRow,
    /// Since when it has been so.
    pub since: Timestamp,
}

/// Some of those one is linked with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePeople {
    /// How many there are.
    pub total: u32,
    /// The first [`CARD_ROWS`] of them.
    pub rows: Vec<HomePerson>,
}

/// Somebody one is linked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePerson {
    /// Who.
    pub person: PersonView,
    /// The conversation, if there is one, known here or not.
    #[serde(with = "as_string::option")]
    pub room_id: Option<RoomId>,
    /// The conversation as the list shows it, if it is known here.
    pub row: Option<RoomRow>,
}
