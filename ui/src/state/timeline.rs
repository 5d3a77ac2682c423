//! The open conversation: its window, and what is to be announced.

use bedside_protocol::ipc::{Query, TimelineItem, TimelineMessage, TimelineView, Update, Window};
use bedside_protocol::{RoomId, RoomSeq};

use super::live::Live;
use super::window;

/// The open conversation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Timeline {
    pub room_id: RoomId,
    pub live: Live<TimelineView>,
    /// The part of the conversation that is held.
    pub window: Window,
    /// Grows whenever the newest message is to be shown.
    pub jumps: u32,
    /// Messages that arrived with the last update, to be said once.
    pub arrived: Vec<TimelineMessage>,
    heard: Option<RoomSeq>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub(crate) enum TimelineAction {
    /// The engine was asked for another window.
    Moved(Window),
    /// Show the newest message.
    JumpToLatest,
}

impl Timeline {
    /// A conversation just opened: at its first unread message.
    pub(crate) fn open(room_id: RoomId) -> Self {
        Timeline {
            room_id,
            live: Live::default(),
            window: window::OPENING,
            jumps: 0,
            arrived: Vec::new(),
            heard: None,
        }
    }

    /// What to subscribe to.
    pub(crate) fn query(&self) -> Query {
        Query::Timeline { room_id: self.room_id, window: self.window }
    }

    /// Applies an action.
    pub(crate) fn apply(&mut self, action: TimelineAction) {
        match action {
            TimelineAction::Moved(window) => self.window = window,
            TimelineAction::JumpToLatest => self.jumps = self.jumps.wrapping_add(1),
        }
    }

    /// Takes an update in and notes which messages of the other side are new.
    pub(crate) fn update(&mut self, update: Update) {
        self.live.apply(update);
        let Some(view) = self.live.view.clone() else { return };
        self.arrived = match self.heard {
            Some(heard) => view.items.iter().filter_map(|item| arrived_after(item, heard)).cloned().collect(),
            None => Vec::new(),
        };
        self.heard = self.heard.max(Some(view.head.last_seq));
    }
}

fn arrived_after(item: &TimelineItem, heard: RoomSeq) -> Option<&TimelineMessage> {
    match item {
        TimelineItem::Message(message) if !message.own && message.seq > Some(heard) => Some(message),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::ipc::View;

    use super::*;
    use crate::state::fixtures::{message, own, snapshot, timeline};

    fn after(timeline_: &mut Timeline, items: Vec<TimelineItem>) -> Vec<String> {
        timeline_.update(snapshot(View::Timeline(timeline(items))));
        timeline_.arrived.iter().map(|message| message.key.clone()).collect()
    }

    #[test]
    fn a_message_is_announced_once_and_never_ones_own_or_an_old_one() {
        let mut open = Timeline::open(RoomId(1));
        assert!(after(&mut open, vec![message(4), message(5)]).is_empty());
        assert_eq!(after(&mut open, vec![message(4), message(5), message(6)]), ["m:6"]);
        assert!(after(&mut open, vec![message(4), message(5), message(6)]).is_empty());
        assert!(after(&mut open, vec![message(3), message(6), own(7)]).is_empty());
    }
}
