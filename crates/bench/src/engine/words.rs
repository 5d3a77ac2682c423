//! Rows for the cache: the same for the same number, with lengths like those of real messages.

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::wire::{Account, Message, Person, ReadMark, Role, Room};
use bedside_protocol::{AccountId, Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId, RoomSeq, Timestamp};

const START: i64 = 1_763_800_000_000;
const ME: AccountId = AccountId(1);
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
pub(crate) fn account() -> CacheWrite {
    CacheWrite::Account(Account { person: person(ME), username: "practitioner00000".to_owned() })
}

/// A conversation, numbered from 0.
pub(crate) fn room(n: i64) -> CacheWrite {
    let room_id = RoomId(n + 1);
    let mark =
        |account_id| ReadMark { room_id, account_id, up_to: RoomSeq(0), marked_unread: false, rev: Rev(0) };
    CacheWrite::Room(Box::new(Room {
        room_id,
        room_rev: Rev(0),
        last_seq: RoomSeq(0),
        other: person(other(n)),
        my_read: mark(ME),
        other_read: mark(other(n)),
        unread_count: 0,
        last_message: None,
        writable: true,
        created_at: Timestamp(START),
        updated_at: Timestamp(START),
        url: format!("/chat/room/{room_id}/"),
    }))
}

/// One's own mark up to a place.
pub(crate) fn read(room: i64, up_to: i64) -> CacheWrite {
    let (room_id, account_id) = (RoomId(room + 1), ME);
    CacheWrite::ReadMark(ReadMark {
        room_id,
        account_id,
        up_to: RoomSeq(up_to),
        marked_unread: false,
        rev: Rev(up_to),
    })
}

/// How conversations take turns in a feed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    /// Conversations.
    pub(crate) rooms: i64,
    /// Messages one has before the next.
    pub(crate) turn: i64,
}

/// The message of a number, as a feed would deliver it.
pub(crate) fn message(n: i64, order: Order) -> Message {
    let turns = n / order.turn;
    let (room, seq) = (turns % order.rooms, turns / order.rooms * order.turn + n % order.turn + 1);
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
        client_id: None,
    }
}

/// Where the feed stands after so many messages.
pub(crate) fn cursor(n: i64) -> CacheWrite {
    CacheWrite::Cursor(Cursor { epoch: Epoch("bench".to_owned()), feed_seq: FeedSeq(n) })
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
    }
}
