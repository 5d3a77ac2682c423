//! Gives views revisions and sends what changed: lists as patches, small views whole.

use bedside_protocol::ipc::{ListPatch, Patch, RoomsView, TimelineView, Update, UpdateBody, View};

use super::Sink;

pub(super) struct Publisher {
    subscription: u32,
    revision: u64,
    held: Option<View>,
    sink: Sink,
}

impl Publisher {
    pub(super) fn new(subscription: u32, sink: Sink) -> Self {
        Publisher { subscription, revision: 0, held: None, sink }
    }

    /// Sends what turns the view held into this one; nothing if they are equal.
    pub(super) fn publish(&mut self, view: View) {
        let Some(body) = self.difference(&view) else { return };
        self.revision += 1;
        self.held = Some(view);
        (self.sink)(Update { subscription: self.subscription, revision: self.revision, body });
    }

    fn difference(&self, new: &View) -> Option<UpdateBody> {
        let patch = match (&self.held, new) {
            (Some(old), new) if old == new => return None,
            (Some(View::Rooms(old)), View::Rooms(new)) if old.loading == new.loading => rooms(old, new),
            (Some(View::Timeline(old)), View::Timeline(new)) => timeline(old, new),
            _ => return Some(UpdateBody::Snapshot { view: new.clone() }),
        };
        Some(UpdateBody::Patch { base: self.revision, patch })
    }
}

fn rooms(old: &RoomsView, new: &RoomsView) -> Patch {
    Patch::Rooms {
        unread: new.unread,
        unread_rooms: new.unread_rooms,
        urgent_rooms: new.urgent_rooms,
        filters: new.filters,
        rows: ListPatch::between(&old.rows, &new.rows),
    }
}

fn timeline(old: &TimelineView, new: &TimelineView) -> Patch {
    Patch::Timeline { head: Box::new(new.head.clone()), items: ListPatch::between(&old.items, &new.items) }
}
