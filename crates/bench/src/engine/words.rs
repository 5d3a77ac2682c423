//! Rows for the cache: the same for the same number, with lengths like those of real messages.

use bedside_protocol::wire::{Account, Message, Person, ReadMark, Role, Room, RoomFlags};
use bedside_protocol::{
    AccountId, ClientId, Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId, RoomSeq, Timestamp,
};

pub(crate) const START: i64 = 1_763_800_000_000;
pub(crate) const ME: AccountId = AccountId(1);
const SENTENCES: [&str; 8] = [
    "Good morning, how did you sleep?",
    "The knee is better today, I managed the stairs twice without holding on.",
    "Thank you!",
    "Please take the tablets after the meal, not before it, and drink a full glass of water with them.",
    "Yes.",
    "I measured 138 over 84 this morning and 131 over 80 in the evening.",
    "Could we move Thursday's appointment to the afternoon? My daughter can only drive me after two o'clock.",
    "See you then 🙂",
];

/// Who the cache belongs to.
pub(crate) fn account() -> Account {
    Account { person: person(ME), username: "practitioner00000".to_owned() }
}

/// A conversation, numbered from 0, with so many messages and one's own mark.
pub(crate) fn room(n: i64, last: i64, read_up_to: i64) -> Room {
    let room_id = RoomId(n + 1);
    Room {
        room_id,
        room_rev: Rev(last),
        last_seq: RoomSeq(last),
        other: person(other(n)),
        my_read: mark(n, ME, read_up_to),
        other_read: mark(n, other(n), 0),
        flags: RoomFlags::default(),
        unread_count: last - read_up_to,
        last_message: None,
        writable: true,
        created_at: Timestamp(START),
        updated_at: Timestamp(START),
        url: format!("/chat/room/{room_id}/"),
    }
}

/// How far somebody has read a conversation.
pub(crate) fn mark(room: i64, account_id: AccountId, up_to: i64) -> ReadMark {
    let room_id = RoomId(room + 1);
    ReadMark {
        room_id,
        account_id,
        up_to: RoomSeq(up_to),
        delivered_to: RoomSeq(0),
        marked_unread: false,
        rev: Rev(up_to),
    }
}

/// How conversations take turns in a feed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    /// Conversations.
    pub(crate) rooms: i64,
    /// Messages one has before the next.
    pub(crate) turn: i64,
}

impl Order {
    /// The conversation and the place in it of a message's number.
    fn place(self, n: i64) -> (i64, i64) {
        let turns = n / self.turn;
        (turns % self.rooms, turns / self.rooms * self.turn + n % self.turn + 1)
    }

    /// The number of the message at a place.
    pub(crate) fn number(self, room: i64, seq: i64) -> i64 {
        let turns = (seq - 1) / self.turn * self.rooms + room;
        turns * self.turn + (seq - 1) % self.turn
    }

    /// How many of so many messages are a conversation's.
    pub(crate) fn count(self, room: i64, messages: i64) -> i64 {
        let round = self.rooms * self.turn;
        messages / round * self.turn + (messages % round - room * self.turn).clamp(0, self.turn)
    }
}

/// The message of a number, as a feed would deliver it.
pub(crate) fn message(n: i64, order: Order) -> Message {
    let (room, seq) = order.place(n);
    let sender = if n % 3 == 0 { ME } else { other(room) };
    Message {
        id: MessageId(n + 1),
        room_id: RoomId(room + 1),
        room_seq: RoomSeq(seq),
        rev: Rev(seq),
        sender_type: person(sender).role,
        sender_id: sender.get(),
        sender_account: sender,
        content: content(n),
        timestamp: Timestamp(START + n * 30_000),
        composed_at: Some(Timestamp(START + n * 30_000 - 250)),
        edited_at: None,
        retracted_at: None,
        urgent: false,
        reactions: Vec::new(),
        client_id: (sender == ME).then(|| client_id(n)),
        reply_to: None,
        quote: None,
    }
}

/// One's own messages come back with the id they were sent under, a UUID of version 7.
fn client_id(n: i64) -> ClientId {
    let made_at = u64::try_from(START + n * 30_000).unwrap_or(0);
    let mut rest = [0; 10];
    rest.iter_mut().zip(n.to_le_bytes()).for_each(|(to, from)| *to = from);
    ClientId(uuid::Builder::from_unix_timestamp_millis(made_at, &rest).into_uuid())
}

/// Where the feed stands after so many messages.
pub(crate) fn place(n: i64) -> Cursor {
    Cursor { epoch: Epoch("bench".to_owned()), feed_seq: FeedSeq(n) }
}

/// One to three sentences, about 90 bytes on average.
fn content(n: i64) -> String {
    let pick = |step: i64| SENTENCES.get(usize::try_from((n / step + n) % 8).unwrap_or(0)).copied();
    let sentences: Vec<_> = (0..=n % 3).filter_map(|i| pick(7 + 13 * i)).collect();
    sentences.join(" ")
}

fn other(room: i64) -> AccountId {
    AccountId(room + 1_000)
}

fn person(account_id: AccountId) -> Person {
    let role = if account_id == ME { Role::Practitioner } else { Role::Patient };
    Person {
        account_id,
        role,
        role_id: account_id.get(),
        name: format!("Somebody Number {account_id}"),
        profession: None,
        birth_date: None,
        since: Timestamp(START),
        facts: Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_places_name_the_same_messages() {
        let order = Order { rooms: 7, turn: 3 };
        for n in 0..200 {
            let (room, seq) = order.place(n);
            assert_eq!(order.number(room, seq), n);
            assert_eq!(order.count(room, n), seq - 1);
        }
    }
}
