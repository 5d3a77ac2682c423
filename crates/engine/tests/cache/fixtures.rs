//! Ana's cache and what a server would tell it.

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::{Cache, NewMessage, RoomHeld};
use bedside_engine::keys::DataKey;
use bedside_protocol::wire::{Account, Message, Person, Quote, ReadMark, Role, Room, RoomFlags};
use bedside_protocol::{
    AccountId, ClientId, Cursor, Epoch, FeedSeq, MessageId, Rev, RoomId, RoomSeq, Timestamp,
};
use bedside_runtime::Runtime;
use tempfile::TempDir;

pub(crate) const NOW: Timestamp = Timestamp(1_795_363_200_000);
pub(crate) const ANA: AccountId = AccountId(1);
pub(crate) const DREW: AccountId = AccountId(3);
pub(crate) const ROOM: RoomId = RoomId(10);

/// An open cache of Ana's in a folder of its own.
pub(crate) struct Profile {
    pub(crate) runtime: Runtime,
    pub(crate) key: DataKey,
    pub(crate) folder: TempDir,
    pub(crate) cache: Cache,
}

impl Profile {
    /// Ana's, with nothing in it but herself.
    pub(crate) async fn ana() -> Self {
        let runtime = Runtime::simulated(7, NOW);
        let (key, folder) = (DataKey::random(&runtime), TempDir::new().unwrap());
        let cache = Cache::open(&runtime, folder.path(), key.clone()).await.unwrap();
        cache.apply(vec![CacheWrite::Account(account())]).await.unwrap();
        Profile { runtime, key, folder, cache }
    }

    /// Ana's, with her room with Drew.
    pub(crate) async fn with_room() -> Self {
        let profile = Self::ana().await;
        profile.cache.apply(vec![CacheWrite::Room(Box::new(room(ROOM, 1, 0)))]).await.unwrap();
        profile
    }

    pub(crate) async fn room(&self) -> RoomHeld {
        let rooms = self.cache.rooms_held().await.unwrap();
        rooms.into_iter().find(|room| room.room_id == ROOM).unwrap()
    }

    pub(crate) async fn seqs(&self) -> Vec<i64> {
        self.cache.messages_held(ROOM).await.unwrap().iter().map(|message| message.seq.get()).collect()
    }

    pub(crate) async fn gaps(&self) -> Vec<(i64, i64)> {
        let state = self.cache.sync_state().await.unwrap();
        let room = state.rooms.into_iter().find(|room| room.room_id == ROOM).unwrap();
        room.gaps.into_iter().map(|(from, to)| (from.get(), to.get())).collect()
    }

    pub(crate) fn new_message(&self, text: &str) -> NewMessage {
        NewMessage {
            client_id: self.runtime.client_id(),
            room_id: ROOM,
            content: text.to_owned(),
            urgent: false,
            composed_at: self.runtime.now(),
            reply_to: None,
        }
    }

    pub(crate) async fn enqueue(&self, text: &str) -> ClientId {
        self.cache.enqueue(self.new_message(text)).await.unwrap().client_id
    }
}

pub(crate) fn person(account_id: AccountId) -> Person {
    let role = if account_id == ANA { Role::Patient } else { Role::Practitioner };
    Person {
        account_id,
        role,
        role_id: account_id.get(),
        name: format!("Person {account_id}"),
        profession: None,
        birth_date: None,
        since: NOW,
        facts: Default::default(),
    }
}

pub(crate) fn account() -> Account {
    Account { person: person(ANA), username: "ana".to_owned() }
}

pub(crate) fn mark(account_id: AccountId, up_to: i64, rev: i64) -> ReadMark {
    ReadMark {
        room_id: ROOM,
        account_id,
        up_to: RoomSeq(up_to),
        delivered_to: RoomSeq(0),
        marked_unread: false,
        rev: Rev(rev),
    }
}

pub(crate) fn room(room_id: RoomId, rev: i64, last_seq: i64) -> Room {
    Room {
        room_id,
        room_rev: Rev(rev),
        last_seq: RoomSeq(last_seq),
        other: person(DREW),
        my_read: ReadMark { room_id, ..mark(ANA, 0, 0) },
        other_read: ReadMark { room_id, ..mark(DREW, 0, 0) },
        flags: RoomFlags::default(),
        unread_count: 0,
        last_message: None,
        writable: true,
        created_at: NOW,
        updated_at: Timestamp(NOW.0 + rev),
        url: format!("/chat/room/{room_id}/"),
    }
}

/// The message at a place: its id is the place + 1000.
pub(crate) fn message(seq: i64, rev: i64, sender: AccountId) -> Message {
    Message {
        id: MessageId(1_000 + seq),
        room_id: ROOM,
        room_seq: RoomSeq(seq),
        rev: Rev(rev),
        sender_type: person(sender).role,
        sender_id: sender.get(),
        sender_account: sender,
        content: format!("message {seq} at {rev}"),
        timestamp: Timestamp(NOW.0 + seq),
        composed_at: None,
        edited_at: None,
        retracted_at: None,
        urgent: false,
        reactions: Vec::new(),
        client_id: None,
        reply_to: None,
        quote: None,
    }
}

/// A message of Drew's that quotes the one at a place.
pub(crate) fn reply(seq: i64, rev: i64, to: i64, text: &str) -> Message {
    let original = message(to, to, ANA);
    let quote = Quote {
        message_id: original.id,
        room_seq: original.room_seq,
        sender_account: ANA,
        text: text.to_owned(),
        retracted: text.is_empty(),
    };
    Message { reply_to: Some(original.id), quote: Some(quote), ..message(seq, rev, DREW) }
}

pub(crate) fn applied(message: Message) -> CacheWrite {
    CacheWrite::Message(Box::new(message))
}

pub(crate) fn retracted(seq: i64, rev: i64) -> CacheWrite {
    applied(Message { content: String::new(), retracted_at: Some(NOW), ..message(seq, rev, ANA) })
}

pub(crate) fn stored(seq: i64, sender: AccountId) -> CacheWrite {
    CacheWrite::Message(Box::new(message(seq, seq, sender)))
}

pub(crate) fn acked(seq: i64, client_id: ClientId) -> CacheWrite {
    let message = Message { client_id: Some(client_id), ..message(seq, seq, ANA) };
    CacheWrite::OutboxAcked { client_id, message: Box::new(message), at: NOW }
}

pub(crate) fn cursor(epoch: &str, feed_seq: i64) -> CacheWrite {
    CacheWrite::Cursor(Cursor { epoch: Epoch(epoch.to_owned()), feed_seq: FeedSeq(feed_seq) })
}

pub(crate) fn stretch(from: i64, to: i64) -> (RoomSeq, RoomSeq) {
    (RoomSeq(from), RoomSeq(to))
}
