//! Live queries: what can be subscribed to, and how changes to it travel.

use serde::{Deserialize, Serialize};

use super::clinic::ClinicView;
use super::home::HomeView;
use super::quick_reply::QuickRepliesView;
use super::room::FilterCounts;
use super::search::{FindView, SearchFilter, SearchView};
use super::view::{
    ConnectionView, PeopleView, RoomRow, RoomsView, SessionView, SettingsView, ShellView, TimelineHead,
    TimelineItem, TimelineView,
};
use crate::ids::{RoomId, RoomSeq, as_string};

/// Something the UI wants to keep seeing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "query", rename_all = "snake_case")]
pub enum Query {
    /// Who is signed in, or what stands in the way.
    Session,
    /// How the server is reached and what waits to be sent.
    Connection,
    /// The conversation list: pinned ones first, then newest first.
    Rooms {
        /// Only conversations whose person's name contains this (folded); empty for all.
        search: String,
        /// Which ones.
        filter: RoomFilter,
        /// One that is listed even if the filter leaves it out by now: whoever reads it shall not lose it.
        #[serde(default, with = "as_string::option")]
        keep: Option<RoomId>,
    },
    /// What waits for one, in short.
    Home,
    /// A window of one conversation.
    Timeline {
        /// Which.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// Which part.
        window: Window,
    },
    /// Messages found, the newest first; with neither text nor filter, what was searched for before.
    Search {
        /// As typed.
        text: String,
        /// What they must be besides.
        filter: SearchFilter,
        /// Most messages to show.
        limit: u32,
    },
    /// Where in one conversation something is said.
    Find {
        /// Which.
        #[serde(with = "as_string")]
        room_id: RoomId,
        /// As typed.
        text: String,
    },
    /// Everyone one is linked with.
    People,
    /// This device's settings.
    Settings,
    /// What the clinic says of itself.
    Clinic,
    /// The quick replies one may use.
    QuickReplies,
    /// Wishes of the shell: open a conversation, for instance.
    Shell,
}

/// Which conversations a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomFilter {
    /// All but archived ones.
    #[default]
    All,
    /// With unread messages, or marked unread; but for archived ones.
    Unread,
    /// With an unread urgent message.
    Urgent,
    /// Archived ones.
    Archived,
    /// For practitioners: the last word is the patient's, and they can be answered.
    Waiting,
    /// For practitioners: something of one's own has been unread for as many days as the settings say.
    Unseen,
}

/// A part of a conversation: `before` items before the anchor and `after` after it (the anchor counts as after).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// What the window is fixed to.
    pub anchor: Anchor,
    /// Items wanted before it, ≤ 500.
    pub before: u32,
    /// Items wanted after it, ≤ 500.
    pub after: u32,
}

/// What a window is fixed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Anchor {
    /// The end: follows new messages.
    End,
    /// The first unread message when the subscription began, else the end.
    FirstUnread,
    /// A place.
    Seq {
        /// Which.
        #[serde(with = "as_string")]
        seq: RoomSeq,
    },
}

/// A message of a subscription.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// The subscription it belongs to.
    pub subscription: u32,
    /// The revision the UI holds after applying it; starts at 1.
    pub revision: u64,
    /// The content.
    pub body: UpdateBody,
}

/// A whole view, or what changed in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant, reason = "made once and moved once; on 32 bits it is not that large")]
#[serde(tag = "body", rename_all = "snake_case")]
pub enum UpdateBody {
    /// Replaces whatever was held.
    Snapshot {
        /// The view.
        view: View,
    },
    /// Applies to revision `base` only.
    Patch {
        /// The revision it builds on.
        base: u64,
        /// The change.
        patch: Patch,
    },
}

/// A view as the UI holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "view", rename_all = "snake_case")]
pub enum View {
    /// For [`Query::Session`].
    Session(SessionView),
    /// For [`Query::Connection`].
    Connection(ConnectionView),
    /// For [`Query::Rooms`].
    Rooms(RoomsView),
    /// For [`Query::Home`].
    Home(HomeView),
    /// For [`Query::Timeline`].
    Timeline(TimelineView),
    /// For [`Query::Search`].
    Search(SearchView),
    /// For [`Query::Find`].
    Find(FindView),
    /// For [`Query::People`].
    People(PeopleView),
    /// For [`Query::Settings`].
    Settings(SettingsView),
    /// For [`Query::Clinic`].
    Clinic(ClinicView),
    /// For [`Query::QuickReplies`].
    QuickReplies(QuickRepliesView),
    /// For [`Query::Shell`].
    Shell(ShellView),
}

/// A change of a list view; the small views always travel whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "patch", rename_all = "snake_case")]
pub enum Patch {
    /// For [`Query::Rooms`].
    Rooms {
        /// Unread messages, as in the view.
        unread: i64,
        /// Conversations with unread messages.
        unread_rooms: u32,
        /// Conversations with an unread urgent message.
        urgent_rooms: u32,
        /// What the other filters show.
        filters: FilterCounts,
        /// The rows.
        rows: ListPatch<RoomRow>,
    },
    /// For [`Query::Timeline`].
    Timeline {
        /// What stands around the items.
        head: Box<TimelineHead>,
        /// The items.
        items: ListPatch<TimelineItem>,
    },
}

/// Something with a stable key within its list.
pub trait Keyed {
    /// The key.
    fn key(&self) -> &str;
}

/// The difference of two keyed lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPatch<T> {
    /// New and changed items.
    pub upserted: Vec<T>,
    /// The keys in their new order, if the order or the set of keys changed.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<String>>,
}

impl<T: Keyed + Clone + PartialEq> ListPatch<T> {
    /// What turns `old` into `new`.
    #[must_use]
    pub fn between(old: &[T], new: &[T]) -> Self {
        let held: std::collections::HashMap<&str, &T> = old.iter().map(|item| (item.key(), item)).collect();
        let upserted = new.iter().filter(|item| held.get(item.key()) != Some(item)).cloned().collect();
        let same_order = old.iter().map(Keyed::key).eq(new.iter().map(Keyed::key));
        let order = (!same_order).then(|| new.iter().map(|item| item.key().to_owned()).collect());
        ListPatch { upserted, order }
    }

    /// The list after the change, or `None` if the patch names an item neither side has (then refetch).
    #[must_use]
    pub fn apply(self, old: &[T]) -> Option<Vec<T>> {
        let keys = self.order.unwrap_or_else(|| old.iter().map(|item| item.key().to_owned()).collect());
        let mut held: std::collections::HashMap<String, T> =
            old.iter().map(|item| (item.key().to_owned(), item.clone())).collect();
        held.extend(self.upserted.into_iter().map(|item| (item.key().to_owned(), item)));
        keys.into_iter().map(|key| held.remove(&key)).collect()
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.upserted.is_empty() && self.order.is_none()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, PartialEq, Debug)]
    struct Item(String, u8);

    impl Keyed for Item {
        fn key(&self) -> &str {
            &self.0
        }
    }

    fn lists() -> impl Strategy<Value = Vec<Item>> {
        proptest::collection::btree_map("[a-f]", any::<u8>(), 0..6)
            .prop_map(|map| map.into_iter().map(|(key, value)| Item(key, value)).collect::<Vec<_>>())
            .prop_shuffle()
    }

    proptest! {
        #[test]
        fn a_patch_between_two_lists_turns_one_into_the_other(old in lists(), new in lists()) {
            let patch = ListPatch::between(&old, &new);
            prop_assert_eq!(patch.is_empty(), old == new);
            prop_assert_eq!(patch.apply(&old), Some(new));
        }
    }

    #[test]
    fn a_patch_for_another_revision_is_noticed() {
        let patch = ListPatch { upserted: vec![], order: Some(vec!["x".to_owned()]) };
        assert_eq!(patch.apply(&[Item("a".to_owned(), 1)]), None);
    }
}
