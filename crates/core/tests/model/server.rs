//! A server in memory: rooms, one account's feed, idempotent sends; event bodies are built at delivery.

use std::collections::BTreeMap;

use bedside_core::sync::{Answer, Call, Failure, Range, Refusal};
use bedside_protocol::feed::{Change, ChangeFrame, FeedEvent, FeedPage};
use bedside_protocol::wire::{
    Account, Archive, ChatList, Clinic, Message, MessageChange, MessagesPage, PageMessage, Person, Reaction,
    ReadMark, Role, Room, RoomFlags, SetFlags,
};
use bedside_protocol::{
    AccountId, ClientId, Cursor, Epoch, ErrorCode, FeedSeq, MessageId, Rev, RoomId, RoomSeq, Timestamp,
    WishNumber,
};

pub(crate) const ANA: AccountId = AccountId(1);
pub(crate) const DREW: AccountId = AccountId(2);
/// The number of what the clinic says of itself.
pub(crate) const CLINIC_REV: Rev = Rev(5);
/// Further behind than this a cursor is not continued; small, so that snapshots happen.
const REPLAY_MAX: i64 = 12;

#[derive(Clone, Default)]
pub(crate) struct Server {
    /// Which life of the database it is.
    life: i64,
    pub(crate) rooms: BTreeMap<RoomId, ServerRoom>,
    feed: Vec<Row>,
    sent: BTreeMap<ClientId, (RoomId, RoomSeq)>,
    /// Changes carried out, in order.
    pub(crate) changed: Vec<ClientId>,
    messages: i64,
}

#[derive(Clone, Default)]
pub(crate) struct ServerRoom {
    pub(crate) messages: Vec<Message>,
    pub(crate) rev: i64,
    pub(crate) my_read: (RoomSeq, Rev),
    pub(crate) other_read: (RoomSeq, Rev),
    pub(crate) flags: RoomFlags,
    /// Ana's device's last wish.
    flags_number: WishNumber,
    pub(crate) my_delivered: RoomSeq,
    pub(crate) other_delivered: RoomSeq,
}

#[derive(Clone, Copy)]
enum Row {
    Message(RoomId, usize),
    Mark(RoomId, AccountId),
    Room(RoomId),
    Gone,
}

pub(crate) fn person(account_id: AccountId) -> Person {
    Person {
        account_id,
        role: Role::Patient,
        role_id: account_id.0,
        name: "N".to_owned(),
        profession: None,
        birth_date: None,
        since: Timestamp(0),
        facts: Default::default(),
    }
}

pub(crate) fn account() -> Account {
    Account { person: person(ANA), username: "ana".to_owned() }
}

impl Server {
    pub(crate) fn head(&self) -> Cursor {
        Cursor { epoch: Epoch(format!("life {}", self.life)), feed_seq: FeedSeq(self.feed.len() as i64) }
    }

    /// A copy from an earlier moment takes this one's place; ids jump, so that none is given twice.
    pub(crate) fn restore(&mut self, mut copy: Server) {
        copy.life = self.life + 1;
        copy.messages += 1_000_000 * copy.life;
        *self = copy;
    }

    pub(crate) fn was_restored(&self) -> bool {
        self.life > 0
    }

    /// What is in the room's last place.
    pub(crate) fn last(&self, room_id: RoomId) -> Option<&Message> {
        self.rooms.get(&room_id)?.messages.last()
    }

    pub(crate) fn message(&self, room_id: RoomId, id: MessageId) -> Option<&Message> {
        self.rooms.get(&room_id)?.messages.iter().find(|message| message.id == id)
    }

    pub(crate) fn add_room(&mut self) {
        let room_id = RoomId(self.rooms.len() as i64 + 1);
        self.rooms.insert(room_id, ServerRoom { rev: 1, ..ServerRoom::default() });
        self.feed.push(Row::Room(room_id));
    }

    pub(crate) fn some_room(&self, detail: u8) -> RoomId {
        RoomId(i64::from(detail) % self.rooms.len() as i64 + 1)
    }

    pub(crate) fn write(
        &mut self,
        room_id: RoomId,
        author: AccountId,
        client_id: Option<ClientId>,
        text: &str,
    ) -> Message {
        if let Some((room_id, seq)) = client_id.and_then(|id| self.sent.get(&id)) {
            return self.rooms[room_id].messages[seq.0 as usize - 1].clone();
        }
        self.messages += 1;
        let room = self.rooms.get_mut(&room_id).unwrap();
        room.rev += 1;
        let message = Message {
            id: MessageId(self.messages),
            room_id,
            room_seq: RoomSeq(room.messages.len() as i64 + 1),
            rev: Rev(room.rev),
            sender_type: Role::Patient,
            sender_id: author.0,
            sender_account: author,
            content: text.to_owned(),
            timestamp: Timestamp(0),
            composed_at: None,
            edited_at: None,
            retracted_at: None,
            urgent: false,
            reactions: vec![],
            client_id,
            reply_to: None,
            quote: None,
        };
        room.messages.push(message.clone());
        self.feed.push(Row::Message(room_id, room.messages.len() - 1));
        if let Some(client_id) = client_id {
            self.sent.insert(client_id, (room_id, message.room_seq));
        }
        message
    }

    pub(crate) fn edit(&mut self, room_id: RoomId, detail: u8) {
        let room = self.rooms.get_mut(&room_id).unwrap();
        if room.messages.is_empty() {
            return;
        }
        let index = usize::from(detail) % room.messages.len();
        if room.messages[index].retracted_at.is_some() {
            return;
        }
        room.rev += 1;
        room.messages[index].rev = Rev(room.rev);
        room.messages[index].content.push('!');
        self.feed.push(Row::Message(room_id, index));
    }

    /// Changes one of Ana's messages, or her reaction to one: once, whatever came after.
    pub(crate) fn change_message(&mut self, frame: ChangeFrame) -> Result<Message, ErrorCode> {
        let messages = self.rooms.get(&frame.room_id).map_or(&[][..], |room| &room.messages);
        let index = messages.iter().position(|message| message.id == frame.message_id);
        let index = index.ok_or(ErrorCode::NotFound)?;
        let room = self.rooms.get_mut(&frame.room_id).unwrap();
        let message = &mut room.messages[index];
        if self.changed.contains(&frame.client_id) {
            return Ok(message.clone());
        }
        if message.retracted_at.is_some() {
            return Err(ErrorCode::Conflict);
        }
        match frame.change {
            MessageChange::Edit { message: text } => message.content = text,
            MessageChange::Retract => {
                message.content.clear();
                message.reactions.clear();
                message.retracted_at = Some(Timestamp(0));
            }
            MessageChange::React { emoji, on } => {
                message.reactions.retain(|set| set.emoji != emoji);
                message.reactions.extend(on.then_some(Reaction { account_id: ANA, emoji }));
            }
        }
        room.rev += 1;
        message.rev = Rev(room.rev);
        self.changed.push(frame.client_id);
        self.feed.push(Row::Message(frame.room_id, index));
        Ok(self.rooms[&frame.room_id].messages[index].clone())
    }

    pub(crate) fn gone(&mut self) {
        self.feed.push(Row::Gone);
    }

    pub(crate) fn read(&mut self, room_id: RoomId, account: AccountId, up_to: RoomSeq) -> ReadMark {
        let room = self.rooms.get_mut(&room_id).unwrap();
        let up_to = up_to.min(RoomSeq(room.messages.len() as i64));
        let mark = if account == ANA { &mut room.my_read } else { &mut room.other_read };
        if up_to > mark.0 {
            room.rev += 1;
            *mark = (up_to, Rev(room.rev));
            self.feed.push(Row::Mark(room_id, account));
            if account == ANA {
                self.set_flags(room_id, SetFlags { marked_unread: Some(false), ..SetFlags::default() });
            }
        }
        self.mark(room_id, account)
    }

    /// Ana sets a room up, on this device or another.
    /// One that comes after a later one, or again, changes nothing.
    fn wish_flags(&mut self, room_id: RoomId, set: SetFlags, number: WishNumber) -> RoomFlags {
        let room = self.rooms.get_mut(&room_id).unwrap();
        if number <= room.flags_number {
            return room.flags;
        }
        room.flags_number = number;
        self.set_flags(room_id, set)
    }

    pub(crate) fn set_flags(&mut self, room_id: RoomId, set: SetFlags) -> RoomFlags {
        let room = self.rooms.get_mut(&room_id).unwrap();
        let mut flags = room.flags.with(&set);
        if let Archive::UpTo(seq) = flags.archived {
            flags.archived = Archive::UpTo(seq.min(RoomSeq(room.messages.len() as i64)));
        }
        if flags != room.flags {
            flags.rev = Rev(flags.rev.0 + 1);
            room.flags = flags;
            self.feed.push(Row::Room(room_id));
        }
        flags
    }

    pub(crate) fn deliver(&mut self, room_id: RoomId, account: AccountId, up_to: RoomSeq) -> ReadMark {
        let delivered = self.mark(room_id, account).delivered();
        let room = self.rooms.get_mut(&room_id).unwrap();
        let up_to = up_to.min(RoomSeq(room.messages.len() as i64));
        if up_to > delivered {
            room.rev += 1;
            let (place, mark) = match account {
                ANA => (&mut room.my_delivered, &mut room.my_read),
                _ => (&mut room.other_delivered, &mut room.other_read),
            };
            (*place, mark.1) = (up_to, Rev(room.rev));
            self.feed.push(Row::Mark(room_id, account));
        }
        self.mark(room_id, account)
    }

    fn mark(&self, room_id: RoomId, account_id: AccountId) -> ReadMark {
        let room = &self.rooms[&room_id];
        let ((up_to, rev), delivered) = match account_id {
            ANA => (room.my_read, room.my_delivered),
            _ => (room.other_read, room.other_delivered),
        };
        let delivered_to = delivered.max(up_to);
        ReadMark { room_id, account_id, up_to, delivered_to, marked_unread: false, rev }
    }

    fn room(&self, room_id: RoomId) -> Room {
        let room = &self.rooms[&room_id];
        Room {
            room_id,
            room_rev: Rev(room.rev),
            last_seq: RoomSeq(room.messages.len() as i64),
            other: person(DREW),
            my_read: self.mark(room_id, ANA),
            other_read: self.mark(room_id, DREW),
            flags: room.flags,
            unread_count: 0,
            last_message: room.messages.last().cloned(),
            writable: true,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            url: String::new(),
        }
    }

    /// `None`: resync required.
    pub(crate) fn events(&self, after: &Cursor, limit: usize) -> Option<Vec<FeedEvent>> {
        let behind = self.feed.len() as i64 - after.feed_seq.0;
        let possible = after.epoch == self.head().epoch && (0..=REPLAY_MAX).contains(&behind);
        possible.then(|| self.events_from(after.feed_seq, limit))
    }

    pub(crate) fn events_from(&self, after: FeedSeq, limit: usize) -> Vec<FeedEvent> {
        let rows = self.feed.iter().enumerate().skip(after.0 as usize).take(limit);
        rows.map(|(i, row)| FeedEvent { feed_seq: FeedSeq(i as i64 + 1), change: self.change(*row) })
            .collect()
    }

    fn change(&self, row: Row) -> Change {
        match row {
            Row::Message(room_id, index) => {
                Change::Message { message: Box::new(self.rooms[&room_id].messages[index].clone()) }
            }
            Row::Mark(room_id, account) => Change::ReadMark { read_mark: self.mark(room_id, account) },
            Row::Room(room_id) => Change::Room { room: Box::new(self.room(room_id)) },
            Row::Gone => Change::Gone,
        }
    }

    pub(crate) fn answer(&mut self, call: Call) -> Result<Answer, Failure> {
        match call {
            Call::Feed { after, .. } => Ok(Answer::Feed(self.feed_page(after))),
            Call::ChatList { after_room } => Ok(Answer::ChatList(self.list(after_room))),
            Call::Room(room_id) if self.rooms.contains_key(&room_id) => {
                Ok(Answer::Room(Box::new(self.room(room_id))))
            }
            Call::Room(_) => Err(refused(ErrorCode::NotFound)),
            Call::Clinic => Ok(Answer::Clinic(Box::new(Clinic { rev: CLINIC_REV, ..Clinic::default() }))),
            Call::QuickReplies => Ok(Answer::QuickReplies(Vec::new())),
            Call::Drafts { .. } | Call::PutDraft { .. } | Call::WithdrawDrafts => {
                Err(refused(ErrorCode::NotFound))
            }
            Call::People => Ok(Answer::People(Vec::new())),
            Call::Messages { room_id, range, limit } => {
                Ok(Answer::Messages(self.page(room_id, range, limit.min(3) as usize)))
            }
            Call::Send(send) => {
                let message = self.write(send.room_id, ANA, send.client_id, &send.message);
                Ok(Answer::Sent(Box::new(message)))
            }
            Call::Change { room_id, message_id, body } => {
                let client_id = body.client_id.unwrap();
                let frame = ChangeFrame { client_id, room_id, message_id, change: body.change };
                self.change_message(frame).map(|message| Answer::Changed(Box::new(message))).map_err(refused)
            }
            Call::Read { room_id, up_to } => Ok(Answer::Read(self.read(room_id, ANA, up_to))),
            Call::Flags { room_id, set, number } => Ok(Answer::Flags(self.wish_flags(room_id, set, number))),
            Call::Delivered { room_id, up_to } => Ok(Answer::Read(self.deliver(room_id, ANA, up_to))),
        }
    }

    fn feed_page(&self, after: Cursor) -> FeedPage {
        let events = self.events(&after, 4);
        let head = self.head();
        FeedPage {
            epoch: head.epoch,
            head: head.feed_seq,
            resync_required: events.is_none(),
            has_more: false,
            events: events.unwrap_or_default(),
        }
    }

    fn list(&self, after: Option<RoomId>) -> ChatList {
        let rest: Vec<RoomId> =
            self.rooms.keys().copied().filter(|id| after.is_none_or(|a| *id > a)).collect();
        let rooms = rest.iter().take(2).map(|id| self.room(*id)).collect();
        ChatList { rooms, unread: 0, cursor: self.head(), has_more: rest.len() > 2 }
    }

    fn page(&self, room_id: RoomId, range: Range, limit: usize) -> MessagesPage {
        let room = &self.rooms[&room_id];
        let mut all: Vec<Message> = match range {
            Range::Before(seq) => room.messages.iter().filter(|m| m.room_seq < seq).cloned().collect(),
            Range::ChangedAfter(rev) => room.messages.iter().filter(|m| m.rev > rev).cloned().collect(),
        };
        let has_more = all.len() > limit;
        match range {
            Range::Before(_) => drop(all.drain(..all.len().saturating_sub(limit))),
            Range::ChangedAfter(_) => {
                all.sort_by_key(|m| m.rev);
                all.truncate(limit);
            }
        }
        MessagesPage {
            room_id,
            messages: all.into_iter().map(|message| PageMessage { message, is_read: false }).collect(),
            has_more,
            room_rev: Rev(room.rev),
            last_seq: RoomSeq(room.messages.len() as i64),
        }
    }
}

pub(crate) fn refused(code: ErrorCode) -> Failure {
    Failure::Refused(Refusal { status: code.status(), code, retry_after_ms: None })
}
