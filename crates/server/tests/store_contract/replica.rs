//! A client in small: holds what an account may see, and applies an object only if it is newer (rule 8).

use std::collections::BTreeMap;

use bedside_protocol::feed::{Change, FeedEvent};
use bedside_protocol::wire::{Message, ReadMark, Room, RoomFlags};
use bedside_protocol::{AccountId, MessageId, Rev, RoomId};
use bedside_server::store::Actor;
use bedside_server::store::model::PageRange;

use crate::support::Clinic;

/// Everything of one account that a snapshot shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Replica {
    me: AccountId,
    rooms: BTreeMap<RoomId, Summary>,
    revs: BTreeMap<RoomId, Rev>,
    messages: BTreeMap<MessageId, Message>,
    marks: BTreeMap<(RoomId, AccountId), ReadMark>,
    flags: BTreeMap<RoomId, RoomFlags>,
}

/// What of a room does not follow from its messages and marks.
#[derive(Clone, Debug, PartialEq)]
struct Summary {
    other: AccountId,
    writable: bool,
}

impl Replica {
    /// Everything, read from the chat list and the pages.
    pub(crate) async fn snapshot(clinic: &Clinic, actor: Actor) -> (Self, bedside_protocol::Cursor) {
        let list = clinic.store.chat_list(actor, None, 500).await.unwrap();
        let mut replica = Self { me: actor.account_id, ..Self::default() };
        for room in &list.rooms {
            replica.apply_room(room);
            for row in clinic.page(actor, room.room_id, PageRange::Latest).await {
                replica.apply_message(&row.message);
            }
            replica.compare_with(room);
        }
        (replica, list.cursor)
    }

    pub(crate) fn apply(&mut self, event: &FeedEvent) {
        match &event.change {
            Change::Message { message } => self.apply_message(message),
            Change::ReadMark { read_mark } => self.apply_mark(read_mark),
            Change::Room { room } => self.apply_room(room),
            Change::Person { .. } | Change::QuickReplies | Change::Draft { .. } | Change::Gone => {}
            Change::Unknown => panic!("a store made an event it does not know"),
        }
    }

    fn apply_room(&mut self, room: &Room) {
        let summary = Summary { other: room.other.account_id, writable: room.writable };
        self.rooms.insert(room.room_id, summary);
        self.see(room.room_id, room.room_rev);
        self.apply_mark(&room.my_read);
        self.apply_mark(&room.other_read);
        let flags = self.flags.entry(room.room_id).or_default();
        if room.flags.rev >= flags.rev {
            *flags = room.flags;
        }
        if let Some(message) = &room.last_message {
            self.apply_message(message);
        }
    }

    /// A room's revision is the highest of anything in it.
    fn see(&mut self, room: RoomId, rev: Rev) {
        let known = self.revs.entry(room).or_default();
        *known = rev.max(*known);
    }

    fn apply_message(&mut self, message: &Message) {
        self.see(message.room_id, message.rev);
        if self.messages.get(&message.id).is_none_or(|known| known.rev < message.rev) {
            self.messages.insert(message.id, message.clone());
        }
    }

    fn apply_mark(&mut self, mark: &ReadMark) {
        self.see(mark.room_id, mark.rev);
        let key = (mark.room_id, mark.account_id);
        if self.marks.get(&key).is_none_or(|known| known.rev < mark.rev) {
            // The flag has a revision of its own, with the others of its kind.
            self.marks.insert(key, ReadMark { marked_unread: false, ..mark.clone() });
        }
    }

    /// What the server derives must follow from what the replica holds.
    pub(crate) fn compare_with(&self, room: &Room) {
        let messages = || self.messages.values().filter(|message| message.room_id == room.room_id);
        let last = messages().map(|message| message.room_seq).max().unwrap_or_default();
        assert_eq!(last, room.last_seq, "last place");
        let mark = self.marks[&(room.room_id, self.me)].up_to;
        let unread = messages().filter(|m| m.sender_account != self.me && m.room_seq > mark).count();
        assert_eq!(i64::try_from(unread).unwrap(), room.unread_count, "unread");
        let newest = messages().max_by_key(|message| message.room_seq);
        assert_eq!(newest, room.last_message.as_ref(), "last message");
    }

    /// Places of a room, in order.
    pub(crate) fn places(&self, room: RoomId) -> Vec<i64> {
        let mut places: Vec<_> = self
            .messages
            .values()
            .filter(|message| message.room_id == room)
            .map(|message| message.room_seq.get())
            .collect();
        places.sort_unstable();
        places
    }

    pub(crate) fn mark(&self, room: RoomId, account: AccountId) -> i64 {
        self.marks[&(room, account)].up_to.get()
    }
}
