//! Which new message deserves a notification, and when it is taken back. Decides; shows nothing.
//!
//! One per conversation. Never for one's own message, for what is on screen in a focused window, for what another
//! device has read, or for history; in a muted conversation only for what is urgent. What arrives while catching up is
//! held until the feed is at its head, so that a message read elsewhere in the meantime rings nowhere; if it is of
//! several conversations, one summary stands for all of them. How loudly a notice is given, and what it may say, is
//! [`manner`]'s to decide.

mod manner;

use std::collections::BTreeMap;

use bedside_protocol::wire::Message;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq};

pub use manner::{Manner, Present, manner, pause_until};

use crate::sync::{Focus, Seen};

/// What to tell the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A new message; replaces an earlier notification of the conversation.
    Show(RoomId, MessageId, Urgency),
    /// New messages of several conversations, the newest of each; replaces an earlier summary.
    Sum(Vec<(RoomId, MessageId)>, Urgency),
    /// The summary is no longer news.
    ClearSum,
    /// The conversation's notification is no longer news.
    Clear(RoomId),
}

/// How the feed has come to its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was there before: what is new has just been written.
    Live,
    /// Only now, after a time of being away.
    Caught,
}

/// Whether an urgent message is told of in a muted conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UrgentInMuted {
    /// It is: whoever mutes a conversation means its everyday.
    #[default]
    Rings,
    /// It waits like everything else there.
    Silent,
}

/// Whether a notification tells of something urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Nothing that is unread there is.
    Everyday,
    /// Something unread there is: what comes after it hides it from nobody.
    Urgent,
}

/// The notifications of one account on one device.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    seen: Seen,
    pending: BTreeMap<RoomId, (RoomSeq, MessageId)>,
    shown: BTreeMap<RoomId, RoomSeq>,
    /// What the summary on screen stands for.
    summed: BTreeMap<RoomId, (RoomSeq, MessageId)>,
    /// The newest urgent message of each conversation that has not been read.
    urgent: BTreeMap<RoomId, RoomSeq>,
    urgent_in_muted: UrgentInMuted,
}

impl Notices {
    /// Nothing to tell yet.
    #[must_use]
    pub fn new(urgent_in_muted: UrgentInMuted) -> Self {
        Notices { urgent_in_muted, ..Notices::default() }
    }

    /// A message nobody on this device has seen before has arrived by the feed.
    pub fn arrived(&mut self, message: &Message, me: AccountId) {
        let own = message.sender_account == me;
        if own || message.retracted_at.is_some() || self.looks_at(message.room_id) {
            return;
        }
        self.pending.insert(message.room_id, (message.room_seq, message.id));
        if message.urgent {
            self.urgent.insert(message.room_id, message.room_seq);
        }
    }

    /// This account has read the room up to here, on whatever device.
    pub fn read(&mut self, room_id: RoomId, up_to: RoomSeq) -> Option<Notice> {
        self.pending.retain(|room, (seq, _)| *room != room_id || *seq > up_to);
        self.urgent.retain(|room, seq| *room != room_id || *seq > up_to);
        if self.summed.get(&room_id).is_some_and(|(seq, _)| *seq <= up_to) {
            return self.leave_sum(room_id);
        }
        let covered = self.shown.get(&room_id).is_some_and(|seq| *seq <= up_to);
        covered.then(|| self.clear(room_id))
    }

    /// What the person sees has changed.
    pub fn seen(&mut self, seen: Seen) -> Option<Notice> {
        self.seen = seen;
        let room_id = seen.room_id.filter(|room| self.looks_at(*room))?;
        self.pending.remove(&room_id);
        self.urgent.remove(&room_id);
        if self.summed.contains_key(&room_id) {
            return self.leave_sum(room_id);
        }
        self.shown.contains_key(&room_id).then(|| self.clear(room_id))
    }

    /// The feed is at its head: what is still news is shown, but for what nobody wants to hear of.
    pub fn settle(&mut self, arrival: Arrival, is_muted: impl Fn(RoomId) -> bool) -> Vec<Notice> {
        let mut news = std::mem::take(&mut self.pending);
        news.retain(|room, _| self.rings_in_muted(*room) || !is_muted(*room));
        if arrival == Arrival::Caught && news.len() > 1 {
            return self.sum(news);
        }
        news.into_iter().flat_map(|(room, (seq, message))| self.show(room, seq, message)).collect()
    }

    /// A conversation that writes on after the summary has a notification of its own from then on.
    fn show(&mut self, room_id: RoomId, seq: RoomSeq, message: MessageId) -> Vec<Notice> {
        let left = self.summed.contains_key(&room_id).then(|| self.leave_sum(room_id)).flatten();
        self.shown.insert(room_id, seq);
        left.into_iter().chain([Notice::Show(room_id, message, self.urgency(room_id))]).collect()
    }

    /// One for all: those that had a notification of their own lose it.
    fn sum(&mut self, news: BTreeMap<RoomId, (RoomSeq, MessageId)>) -> Vec<Notice> {
        let had: Vec<RoomId> = news.keys().filter(|room| self.shown.contains_key(room)).copied().collect();
        let mut notices: Vec<Notice> = had.into_iter().map(|room| self.clear(room)).collect();
        self.summed.extend(news);
        let urgent = self.summed.keys().any(|room| self.urgency(*room) == Urgency::Urgent);
        let rooms = self.summed.iter().map(|(room, (_, message))| (*room, *message)).collect();
        notices.push(Notice::Sum(rooms, if urgent { Urgency::Urgent } else { Urgency::Everyday }));
        notices
    }

    fn leave_sum(&mut self, room_id: RoomId) -> Option<Notice> {
        self.summed.remove(&room_id);
        self.summed.is_empty().then_some(Notice::ClearSum)
    }

    fn rings_in_muted(&self, room_id: RoomId) -> bool {
        self.urgency(room_id) == Urgency::Urgent && self.urgent_in_muted == UrgentInMuted::Rings
    }

    fn urgency(&self, room_id: RoomId) -> Urgency {
        if self.urgent.contains_key(&room_id) { Urgency::Urgent } else { Urgency::Everyday }
    }

    /// Places begin anew in another life of the server's database: what was told of them is taken back.
    pub fn forget(&mut self) -> Vec<Notice> {
        self.pending.clear();
        self.urgent.clear();
        self.withdraw()
    }

    /// Nothing of what was told is to stay on screen: somebody has locked the app.
    pub fn withdraw(&mut self) -> Vec<Notice> {
        let sum = (!std::mem::take(&mut self.summed).is_empty()).then_some(Notice::ClearSum);
        std::mem::take(&mut self.shown).into_keys().map(Notice::Clear).chain(sum).collect()
    }

    fn looks_at(&self, room_id: RoomId) -> bool {
        self.seen.focus == Focus::Focused && self.seen.room_id == Some(room_id)
    }

    fn clear(&mut self, room_id: RoomId) -> Notice {
        self.shown.remove(&room_id);
        Notice::Clear(room_id)
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::wire::Role;
    use bedside_protocol::{Rev, Timestamp};

    use super::*;

    const ANA: AccountId = AccountId(1);
    const DREW: AccountId = AccountId(2);
    const ROOM: RoomId = RoomId(7);

    fn message(seq: i64, from: AccountId) -> Message {
        Message {
            id: MessageId(100 + seq),
            room_id: ROOM,
            room_seq: RoomSeq(seq),
            rev: Rev(seq),
            sender_type: Role::Practitioner,
            sender_id: 1,
            sender_account: from,
            content: "x".to_owned(),
            timestamp: Timestamp(0),
            composed_at: None,
            edited_at: None,
            retracted_at: None,
            urgent: false,
            reactions: vec![],
            client_id: None,
            reply_to: None,
            quote: None,
        }
    }

    fn loud(_: RoomId) -> bool {
        false
    }

    fn muted(_: RoomId) -> bool {
        true
    }

    fn looking(focus: Focus) -> Seen {
        Seen { room_id: Some(ROOM), displayed: None, focus }
    }

    #[test]
    fn a_burst_gives_one_notification_for_its_last_message() {
        let mut notices = Notices::default();
        (1..=3).for_each(|seq| notices.arrived(&message(seq, DREW), ANA));
        assert_eq!(
            notices.settle(Arrival::Live, loud),
            [Notice::Show(ROOM, MessageId(103), Urgency::Everyday)]
        );
        assert_eq!(notices.settle(Arrival::Live, loud), []);
    }

    #[test]
    fn ones_own_message_rings_nowhere() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, ANA), ANA);
        assert_eq!(notices.settle(Arrival::Live, loud), []);
    }

    #[test]
    fn what_is_on_screen_rings_only_if_the_window_is_not_focused() {
        let mut notices = Notices::default();
        notices.seen(looking(Focus::Focused));
        notices.arrived(&message(1, DREW), ANA);
        assert_eq!(notices.settle(Arrival::Live, loud), []);
        notices.seen(looking(Focus::Away));
        notices.arrived(&message(2, DREW), ANA);
        assert_eq!(
            notices.settle(Arrival::Live, loud),
            [Notice::Show(ROOM, MessageId(102), Urgency::Everyday)]
        );
    }

    #[test]
    fn what_is_urgent_is_said_until_it_is_read_whatever_comes_after_it() {
        let rings = |notices: &mut Notices, seq, urgent| {
            notices.arrived(&Message { urgent, ..message(seq, DREW) }, ANA);
            notices
                .settle(Arrival::Live, loud)
                .into_iter()
                .map(|notice| match notice {
                    Notice::Show(_, _, urgency) => urgency,
                    other => unreachable!("nothing was read: {other:?}"),
                })
                .collect::<Vec<_>>()
        };
        let mut notices = Notices::default();
        assert_eq!(rings(&mut notices, 1, false), [Urgency::Everyday]);
        assert_eq!(rings(&mut notices, 2, true), [Urgency::Urgent]);
        assert_eq!(rings(&mut notices, 3, false), [Urgency::Urgent]);
        notices.read(ROOM, RoomSeq(1));
        assert_eq!(rings(&mut notices, 4, false), [Urgency::Urgent]);
        notices.read(ROOM, RoomSeq(2));
        assert_eq!(rings(&mut notices, 5, false), [Urgency::Everyday]);
    }

    #[test]
    fn a_muted_conversation_rings_for_what_is_urgent_unless_nobody_wants_that_either() {
        let urgent = Message { urgent: true, ..message(2, DREW) };
        for (rule, rung) in [(UrgentInMuted::Rings, 1), (UrgentInMuted::Silent, 0)] {
            let mut notices = Notices::new(rule);
            notices.arrived(&message(1, DREW), ANA);
            assert_eq!(notices.settle(Arrival::Live, muted), [], "the everyday waits");
            assert_eq!(notices.settle(Arrival::Live, loud), [], "and is no news later");
            notices.arrived(&urgent, ANA);
            notices.arrived(&message(3, DREW), ANA);
            assert_eq!(notices.settle(Arrival::Live, muted).len(), rung, "also if something else follows");
        }
    }

    #[test]
    fn reading_elsewhere_takes_it_back() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, DREW), ANA);
        notices.settle(Arrival::Live, loud);
        assert_eq!(notices.read(ROOM, RoomSeq(1)), Some(Notice::Clear(ROOM)));
        assert_eq!(notices.read(ROOM, RoomSeq(1)), None);
    }

    #[test]
    fn what_was_read_elsewhere_while_catching_up_never_rings() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, DREW), ANA);
        assert_eq!(notices.read(ROOM, RoomSeq(1)), None);
        assert_eq!(notices.settle(Arrival::Live, loud), []);
    }

    #[test]
    fn opening_the_conversation_takes_it_back() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, DREW), ANA);
        notices.settle(Arrival::Live, loud);
        assert_eq!(notices.seen(looking(Focus::Focused)), Some(Notice::Clear(ROOM)));
    }

    fn in_room(room: i64, seq: i64, urgent: bool) -> Message {
        Message { room_id: RoomId(room), id: MessageId(room * 1_000 + seq), urgent, ..message(seq, DREW) }
    }

    #[test]
    fn what_was_written_while_away_is_told_of_at_once_if_it_is_of_several_conversations() {
        let mut notices = Notices::default();
        notices.arrived(&in_room(1, 1, false), ANA);
        assert_eq!(
            notices.settle(Arrival::Caught, loud),
            [Notice::Show(RoomId(1), MessageId(1_001), Urgency::Everyday)]
        );
        (1..=50).for_each(|room| notices.arrived(&in_room(room, 2, room == 9), ANA));
        let told = notices.settle(Arrival::Caught, loud);
        let [Notice::Clear(RoomId(1)), Notice::Sum(rooms, Urgency::Urgent)] = told.as_slice() else {
            unreachable!("{told:?}")
        };
        assert_eq!((rooms.len(), rooms[0]), (50, (RoomId(1), MessageId(1_002))));
        assert_eq!(notices.settle(Arrival::Live, loud), []);
    }

    #[test]
    fn a_summary_goes_when_the_last_of_its_conversations_was_read_or_has_gone_on() {
        let mut notices = Notices::default();
        (1..=3).for_each(|room| notices.arrived(&in_room(room, 1, false), ANA));
        assert_eq!(notices.settle(Arrival::Caught, loud).len(), 1);
        assert_eq!(notices.read(RoomId(1), RoomSeq(1)), None);
        let seen = Seen { room_id: Some(RoomId(2)), displayed: None, focus: Focus::Focused };
        assert_eq!(notices.seen(seen), None);
        notices.arrived(&in_room(3, 2, false), ANA);
        let shown = Notice::Show(RoomId(3), MessageId(3_002), Urgency::Everyday);
        assert_eq!(notices.settle(Arrival::Live, loud), [Notice::ClearSum, shown]);
        assert_eq!(notices.read(RoomId(3), RoomSeq(2)), Some(Notice::Clear(RoomId(3))));
    }

    #[test]
    fn what_is_locked_away_leaves_nothing_on_screen() {
        let mut notices = Notices::default();
        (1..=2).for_each(|room| notices.arrived(&in_room(room, 1, false), ANA));
        notices.settle(Arrival::Caught, loud);
        notices.arrived(&in_room(3, 1, false), ANA);
        notices.settle(Arrival::Live, loud);
        assert_eq!(notices.withdraw(), [Notice::Clear(RoomId(3)), Notice::ClearSum]);
        assert_eq!(notices.withdraw(), []);
    }
}
