//! Any shuffling and duplication of a set of states ends in the same cache, whose unread count is the derived one.

use std::collections::BTreeSet;

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::{MessageHeld, RoomHeld};
use bedside_protocol::wire::{Message, Reaction, Room, RoomFlags};
use bedside_protocol::{AccountId, Rev, Timestamp};
use proptest::prelude::*;

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, mark, message, room};

type Held = (Vec<MessageHeld>, RoomHeld, Vec<(i64, i64)>);

/// What one revision of the room changed; the revision is its place in the history.
#[derive(Clone, Debug)]
enum Step {
    Send { sender: AccountId, urgent: bool },
    Edit { nth: usize },
    Retract { nth: usize },
    React { person: AccountId, nth: usize },
    Read { reader: AccountId, nth: usize },
    SetUp { pinned: bool, marked_unread: bool },
    EndLink,
}

fn step() -> impl Strategy<Value = Step> {
    let who = prop_oneof![Just(ANA), Just(DREW)];
    prop_oneof![
        6 => (who.clone(), any::<bool>()).prop_map(|(sender, urgent)| Step::Send { sender, urgent }),
        1 => (0..20usize).prop_map(|nth| Step::Edit { nth }),
        1 => (0..20usize).prop_map(|nth| Step::Retract { nth }),
        1 => (who.clone(), 0..20usize).prop_map(|(person, nth)| Step::React { person, nth }),
        2 => (who, 0..20usize).prop_map(|(reader, nth)| Step::Read { reader, nth }),
        1 => any::<(bool, bool)>().prop_map(|(pinned, marked_unread)| Step::SetUp { pinned, marked_unread }),
        1 => Just(Step::EndLink),
    ]
}

/// A server's room, and every state it told about on the way.
struct Server {
    room: Room,
    messages: Vec<Message>,
    told: Vec<CacheWrite>,
}

impl Server {
    fn after(steps: &[Step]) -> Self {
        let mut server = Server { room: room(ROOM, 0, 0), messages: Vec::new(), told: Vec::new() };
        for (rev, step) in (1..).zip(steps) {
            server.room.room_rev.0 = rev;
            server.take(step, rev);
            server.tell_room();
        }
        server
    }

    fn take(&mut self, step: &Step, rev: i64) {
        let count = self.messages.len();
        match step {
            Step::Send { sender, urgent } => {
                let seq = i64::try_from(count).unwrap() + 1;
                self.room.last_seq.0 = seq;
                self.messages.push(Message { urgent: *urgent, ..message(seq, rev, *sender) });
                self.tell_message(count);
            }
            Step::Edit { nth } if count > 0 => {
                let edited = &mut self.messages[nth % count];
                edited.rev.0 = rev;
                edited.content = format!("edited at {rev}");
                edited.edited_at = Some(Timestamp(NOW.0 + rev));
                self.tell_message(nth % count);
            }
            Step::Retract { nth } if count > 0 => {
                let retracted = &mut self.messages[nth % count];
                retracted.rev.0 = rev;
                retracted.content = String::new();
                retracted.reactions.clear();
                retracted.retracted_at = Some(Timestamp(NOW.0 + rev));
                self.tell_message(nth % count);
            }
            Step::React { person, nth } if count > 0 => {
                react(&mut self.messages[nth % count], *person, rev);
                self.tell_message(nth % count);
            }
            Step::Read { reader, nth } if count > 0 => self.read(*reader, nth % count, rev),
            Step::SetUp { pinned, marked_unread } => {
                let (pinned, marked_unread) = (*pinned, *marked_unread);
                let rev = Rev(self.room.flags.rev.0 + 1);
                self.room.flags = RoomFlags { pinned, marked_unread, rev, ..RoomFlags::default() };
            }
            Step::EndLink => self.room.writable = !self.room.writable,
            _ => {}
        }
    }

    fn read(&mut self, reader: AccountId, nth: usize, rev: i64) {
        let held = if reader == ANA { &mut self.room.my_read } else { &mut self.room.other_read };
        let up_to = held.up_to.get().max(i64::try_from(nth).unwrap() + 1);
        *held = mark(reader, up_to, rev);
        self.told.push(CacheWrite::ReadMark(held.clone()));
    }

    fn tell_message(&mut self, index: usize) {
        self.told.push(CacheWrite::Message(Box::new(self.messages[index].clone())));
    }

    fn tell_room(&mut self) {
        self.room.last_message = self.messages.last().cloned();
        self.room.unread_count = self.unread();
        self.room.updated_at = Timestamp(NOW.0 + self.room.room_rev.0);
        self.told.push(CacheWrite::Room(Box::new(self.room.clone())));
    }

    fn unread(&self) -> i64 {
        let mark = self.room.my_read.up_to;
        let theirs = self.messages.iter().filter(|m| m.sender_account == DREW && m.room_seq > mark);
        i64::try_from(theirs.count()).unwrap()
    }
}

/// On if it was off, and the other way round; nothing changes what was taken back.
fn react(message: &mut Message, account_id: AccountId, rev: i64) {
    if message.retracted_at.is_some() {
        return;
    }
    message.rev.0 = rev;
    let before = message.reactions.len();
    message.reactions.retain(|set| set.account_id != account_id);
    if message.reactions.len() == before {
        message.reactions.push(Reaction { account_id, emoji: "👍".to_owned() });
    }
}

async fn applied(writes: &[CacheWrite], group: usize) -> Held {
    let ana = Profile::with_room().await;
    for group in writes.chunks(group) {
        ana.cache.apply(group.to_vec()).await.unwrap();
    }
    (ana.cache.messages_held(ROOM).await.unwrap(), ana.room().await, ana.gaps().await)
}

fn reacted(reactions: &[Reaction]) -> BTreeSet<AccountId> {
    reactions.iter().map(|set| set.account_id).collect()
}

/// Runs a case in a deterministic runtime.
fn run<F: Future<Output = ()>>(case: F) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(case);
}

/// The writes told in a history, every one, in an order of chance, some of them twice.
fn shuffled() -> impl Strategy<Value = (Vec<Step>, Vec<CacheWrite>, usize)> {
    proptest::collection::vec(step(), 1..25).prop_flat_map(|steps| {
        let told = Server::after(&steps).told;
        let again = proptest::sample::subsequence(told.clone(), 0..=told.len());
        (Just(steps), Just(told), again, 1..6usize).prop_flat_map(|(steps, told, again, group)| {
            let all = [told, again].concat();
            (Just(steps), Just(all).prop_shuffle(), Just(group))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_repetition_ends_in_the_same_cache((steps, writes, group) in shuffled()) {
        let server = Server::after(&steps);
        run(async {
            let (messages, room, gaps) = applied(&writes, group).await;
            let (in_order, room_in_order, _) = applied(&server.told, 1).await;
            assert_eq!(gaps, []);
            assert!(messages == in_order, "messages differ");
            assert_eq!(room, room_in_order);
            assert_eq!(room.unread, server.unread());
            assert_eq!((room.my_read, room.other_read), (server.room.my_read.up_to, server.room.other_read.up_to));
            assert_eq!((room.writable, room.flags), (server.room.writable, server.room.flags));
            let texts = messages.iter().map(|m| (m.seq, m.rev, m.content.as_str(), reacted(&m.reactions)));
            let texts: Vec<_> = texts.collect();
            let expected = server.messages.iter();
            let expected = expected.map(|m| (m.room_seq, m.rev, m.content.as_str(), reacted(&m.reactions)));
            let expected: Vec<_> = expected.collect();
            assert_eq!(texts, expected);
        });
    }

    #[test]
    fn unread_is_what_the_definition_says_whatever_has_arrived((_, writes, group) in shuffled(), share in 0.0..1.0f64) {
        let some = ((writes.len() as f64) * share) as usize;
        run(async {
            let (messages, room, gaps) = applied(&writes[..some], group).await;
            let theirs = messages.iter().filter(|m| m.sender == DREW && m.seq > room.my_read).count();
            let hidden: i64 = gaps.iter().map(|(from, to)| (to - (from - 1).max(room.my_read.get())).max(0)).sum();
            let held = i64::try_from(theirs).unwrap();
            assert!((held..=held + hidden).contains(&room.unread), "{} of {held} held and {hidden} hidden", room.unread);
        });
    }
}
