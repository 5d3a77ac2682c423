//! A view kept up to date by a subscription.
//!
//! Applies a patch only to the revision it builds on; anything else asks for the query anew and goes on showing
//! what it has, so that nothing flickers.

use std::rc::Rc;

use bedside_protocol::ipc::{
    ClinicView, ConnectionView, FindView, HomeView, Patch, PeopleView, QuickRepliesView, RoomsView,
    SearchView, SessionView, SettingsView, ShellView, TimelineView, Update, UpdateBody, View,
};

/// A view and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Live<T: PartialEq> {
    /// The view, once there is one.
    pub view: Option<Rc<T>>,
    /// The subscription that last spoke.
    pub subscription: Option<u32>,
    /// Grows whenever the query must be asked anew.
    pub generation: u32,
    revision: u64,
}

impl<T: PartialEq> Default for Live<T> {
    fn default() -> Self {
        Live { view: None, subscription: None, generation: 0, revision: 0 }
    }
}

/// A view that knows itself among the views and takes its patches.
pub(crate) trait LiveView: Sized + PartialEq {
    /// The view, if it is of this kind.
    fn from_view(view: View) -> Option<Self>;

    /// The view after a patch, or `None` if the patch does not fit.
    fn patched(&self, patch: Patch) -> Option<Self> {
        let _ = patch;
        None
    }
}

impl<T: LiveView> Live<T> {
    /// Takes an update in.
    pub(crate) fn apply(&mut self, update: Update) {
        let next = match update.body {
            UpdateBody::Snapshot { view } => T::from_view(view),
            UpdateBody::Patch { base, patch } if self.holds(update.subscription, base) => {
                self.view.as_ref().and_then(|view| view.patched(patch))
            }
            UpdateBody::Patch { .. } => None,
        };
        match next {
            Some(view) => self.hold(view, update.subscription, update.revision),
            None => self.ask_anew(),
        }
    }

    fn holds(&self, subscription: u32, revision: u64) -> bool {
        self.subscription == Some(subscription) && self.revision == revision
    }

    fn hold(&mut self, view: T, subscription: u32, revision: u64) {
        // The same content keeps its allocation, so that nothing is drawn again.
        if self.view.as_deref() != Some(&view) {
            self.view = Some(Rc::new(view));
        }
        self.subscription = Some(subscription);
        self.revision = revision;
    }

    /// Nothing held, and nothing said so far counts any more.
    pub(crate) fn forgotten(&self) -> Self {
        Live { generation: self.generation.wrapping_add(1), ..Live::default() }
    }

    /// Wants the query anew.
    pub(crate) fn ask_anew(&mut self) {
        self.generation = self.generation.wrapping_add(1);
        self.subscription = None;
    }
}

macro_rules! whole_views {
    ($($name:ident($kind:ty)),*) => {
        $(impl LiveView for $kind {
            fn from_view(view: View) -> Option<Self> {
                match view {
                    View::$name(view) => Some(view),
                    _ => None,
                }
            }
        })*
    };
}

whole_views!(
    Session(SessionView),
    Connection(ConnectionView),
    Home(HomeView),
    People(PeopleView),
    Search(SearchView),
    Find(FindView),
    Settings(SettingsView),
    Clinic(ClinicView),
    QuickReplies(QuickRepliesView),
    Shell(ShellView)
);

impl LiveView for RoomsView {
    fn from_view(view: View) -> Option<Self> {
        match view {
            View::Rooms(view) => Some(view),
            _ => None,
        }
    }

    fn patched(&self, patch: Patch) -> Option<Self> {
        let Patch::Rooms { unread, unread_rooms, urgent_rooms, filters, rows } = patch else { return None };
        let rows = rows.apply(&self.rows)?;
        Some(RoomsView { unread, unread_rooms, urgent_rooms, filters, loading: false, rows })
    }
}

impl LiveView for TimelineView {
    fn from_view(view: View) -> Option<Self> {
        match view {
            View::Timeline(view) => Some(view),
            _ => None,
        }
    }

    fn patched(&self, patch: Patch) -> Option<Self> {
        let Patch::Timeline { head, items } = patch else { return None };
        Some(TimelineView { head: *head, items: items.apply(&self.items)? })
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::ListPatch;

    use super::*;
    use crate::state::fixtures::{message, snapshot, timeline};

    fn patch(base: u64, revision: u64, view: &TimelineView, next: &TimelineView) -> Update {
        let items = ListPatch::between(&view.items, &next.items);
        let patch = Patch::Timeline { head: Box::new(next.head.clone()), items };
        Update { subscription: 1, revision, body: UpdateBody::Patch { base, patch } }
    }

    #[test]
    fn a_patch_on_the_held_revision_is_applied() {
        let (old, new) = (timeline(vec![message(1)]), timeline(vec![message(1), message(2)]));
        let mut live = Live::<TimelineView>::default();
        live.apply(snapshot(View::Timeline(old.clone())));
        live.apply(patch(1, 2, &old, &new));
        assert_eq!(live.view.as_deref(), Some(&new));
        assert_eq!(live.generation, 0);
    }

    #[test]
    fn a_patch_on_another_revision_changes_nothing_and_asks_anew() {
        let (old, new) = (timeline(vec![message(1)]), timeline(vec![message(1), message(2)]));
        let mut live = Live::<TimelineView>::default();
        live.apply(snapshot(View::Timeline(old.clone())));
        live.apply(patch(2, 3, &old, &new));
        assert_eq!(live.view.as_deref(), Some(&old));
        assert_eq!(live.generation, 1);
    }

    #[test]
    fn a_snapshot_of_the_same_content_is_not_drawn_again() {
        let mut live = Live::<TimelineView>::default();
        live.apply(snapshot(View::Timeline(timeline(vec![message(1)]))));
        let held = live.view.clone().unwrap();
        live.ask_anew();
        live.apply(snapshot(View::Timeline(timeline(vec![message(1)]))));
        assert!(Rc::ptr_eq(&held, live.view.as_ref().unwrap()));
    }
}
