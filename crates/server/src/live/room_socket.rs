//! How `WS /ws/chat/<room_id>/` speaks: as the platform describes it, message frames only unless more is asked for.

use std::collections::BTreeMap;

use axum::extract::ws::Utf8Bytes;
use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::room_socket::{RoomClientFrame, RoomEventFrame, RoomMessageFrame, RoomTypedFrame};
use bedside_protocol::wire::{Message, MessageChange, ReadMark, Room};
use bedside_protocol::{AccountId, ClientId, Cursor, Problem, RoomId, RoomSeq};

use crate::doors::{Draft, Sent, Wish};
use crate::hub::{LiveEvent, Typing};
use crate::live::{Dialect, Heard, detail, frame};
use crate::presence::Presence;

/// `?events=`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Events {
    /// What the described page understands.
    MessagesOnly,
    /// Read marks, typing, presence, edits, retractions and reactions as well.
    All,
}

/// One room's socket.
pub(crate) struct RoomDialect {
    room_id: RoomId,
    /// Whom the page talks with.
    other: AccountId,
    events: Events,
    /// The newest message the page has been shown; an event of an older one is a change of it.
    shown: RoomSeq,
    /// How far each member had read and stored when the page was last told: an event says only that a mark moved.
    marks: BTreeMap<AccountId, (RoomSeq, RoomSeq)>,
}

impl RoomDialect {
    /// A page that has just been given the room like this.
    pub(crate) fn new(room: &Room, other: AccountId, events: Events) -> Self {
        let marks = [&room.my_read, &room.other_read];
        let marks = marks.map(|mark| (mark.account_id, (mark.up_to, mark.delivered()))).into();
        RoomDialect { room_id: room.room_id, other, events, shown: room.last_seq, marks }
    }

    /// Whether the message is a new one for this page.
    fn is_new(&mut self, message: &Message) -> bool {
        let new = message.room_seq > self.shown;
        self.shown = self.shown.max(message.room_seq);
        new && message.retracted_at.is_none()
    }

    /// What a mark's event has to say; nothing if only its owner's "unread" flag has changed.
    fn moved(&mut self, mark: &ReadMark) -> Option<RoomEventFrame> {
        let (room_id, account_id) = (self.room_id, mark.account_id);
        let (read, stored) = self.marks.entry(account_id).or_default();
        let (was_read, was_stored) = (*read, *stored);
        (*read, *stored) = (was_read.max(mark.up_to), was_stored.max(mark.delivered()));
        if mark.up_to > was_read {
            Some(RoomEventFrame::Read { room_id, account_id, up_to: mark.up_to })
        } else if mark.delivered() > was_stored {
            Some(RoomEventFrame::Delivered { room_id, account_id, up_to: mark.delivered() })
        } else {
            None
        }
    }

    fn other(&mut self, change: &Change) -> Option<Utf8Bytes> {
        if self.events == Events::MessagesOnly {
            return None;
        }
        match change {
            Change::Message { message } => Some(frame(&changed(message.clone()))),
            Change::ReadMark { read_mark } => self.moved(read_mark).as_ref().map(frame),
            Change::Room { .. }
            | Change::Person { .. }
            | Change::QuickReplies
            | Change::Draft { .. }
            | Change::Gone
            | Change::Unknown => None,
        }
    }

    fn typed(&self, frame: RoomTypedFrame) -> Heard {
        let (message_id, client_id, change) = match frame {
            RoomTypedFrame::Read { up_to } => return Heard::Read { room_id: self.room_id, up_to },
            RoomTypedFrame::Delivered { up_to } => {
                return Heard::Delivered { room_id: self.room_id, up_to };
            }
            RoomTypedFrame::Typing { typing } => return Heard::Typing { room_id: self.room_id, typing },
            RoomTypedFrame::Edit { id, message, client_id } => {
                (id, client_id, MessageChange::Edit { message })
            }
            RoomTypedFrame::Retract { id, client_id } => (id, client_id, MessageChange::Retract),
            RoomTypedFrame::React { id, emoji, on, client_id } => {
                (id, client_id, MessageChange::React { emoji, on })
            }
        };
        Heard::Change(Wish { room_id: self.room_id, message_id, client_id, change })
    }

    fn is_of_this_room(&self, change: &Change) -> bool {
        match change {
            Change::Message { message } => message.room_id == self.room_id,
            Change::ReadMark { read_mark } => read_mark.room_id == self.room_id,
            Change::Room { .. }
            | Change::Person { .. }
            | Change::QuickReplies
            | Change::Draft { .. }
            | Change::Gone
            | Change::Unknown => false,
        }
    }
}

fn changed(message: Box<Message>) -> RoomEventFrame {
    if message.retracted_at.is_some() {
        RoomEventFrame::Retracted { message }
    } else if message.edited_at.is_some() {
        RoomEventFrame::Edited { message }
    } else {
        RoomEventFrame::Reaction { message }
    }
}

impl Dialect for RoomDialect {
    fn hear(&mut self, text: &str) -> Heard {
        match serde_json::from_str(text) {
            Ok(RoomClientFrame::Send(send)) => Heard::Send(Draft {
                room_id: self.room_id,
                message: send.message,
                client_id: send.client_id,
                composed_at: send.composed_at,
                urgent: send.urgent,
                reply_to: send.reply_to,
            }),
            Ok(RoomClientFrame::Typed(frame)) => self.typed(frame),
            Err(_) => Heard::Unreadable,
        }
    }

    fn live(&mut self, event: &LiveEvent) -> Option<Utf8Bytes> {
        let change = &event.event.change;
        if !self.is_of_this_room(change) {
            return None;
        }
        match change {
            Change::Message { message } if self.is_new(message) => {
                Some(event.room_frame(|| frame(&RoomMessageFrame::from(&**message))))
            }
            change => self.other(change),
        }
    }

    fn replay(&mut self, events: Vec<FeedEvent>) -> Vec<Utf8Bytes> {
        events.into_iter().filter_map(|event| self.live(&LiveEvent::new(event, None))).collect()
    }

    fn typing(&mut self, Typing { room, account, typing }: Typing) -> Option<Utf8Bytes> {
        let told = self.events == Events::All && room == self.room_id;
        told.then(|| frame(&RoomEventFrame::Typing { room_id: room, account_id: account, typing }))
    }

    fn presence(&mut self, Presence { account, state }: Presence) -> Option<Utf8Bytes> {
        let (online, last_seen) = (state.is_online(), state.last_seen());
        let told = self.events == Events::All && account == self.other;
        told.then(|| frame(&RoomEventFrame::Presence { account_id: account, online, last_seen }))
    }

    /// The page's own way back is `GET /chat/messages/<id>/?after=`; there is no frame for it.
    fn resync(&mut self, _: Cursor) -> Option<Utf8Bytes> {
        None
    }

    /// The described answer is the message itself, which its author receives like every member. A repeated command
    /// stored nothing new, so it is said again to this socket only.
    fn sent(&mut self, _: ClientId, sent: Sent) -> Option<Utf8Bytes> {
        match sent {
            Sent::Now(_) => None,
            Sent::Before(message) => Some(frame(&RoomMessageFrame::from(&*message))),
        }
    }

    /// The event of the change tells everybody, its author too; a change that was not needed has none.
    fn changed(&mut self, _: ClientId, _: Box<Message>) -> Option<Utf8Bytes> {
        None
    }

    fn failed(&mut self, problem: Problem, client_id: Option<ClientId>) -> Utf8Bytes {
        frame(&RoomEventFrame::Error { code: problem.code, detail: detail(problem), client_id })
    }

    fn going_away(&mut self, _: u64) -> Option<Utf8Bytes> {
        None
    }
}
