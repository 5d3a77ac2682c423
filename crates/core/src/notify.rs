//! Which new message deserves a notification, and when it is taken back. Decides; shows nothing.
//!
//! One per conversation. Never for one's own message, for what is on screen in a focused window, for what another
//! device has read, or for history; in a muted conversation only for what is urgent. What arrives while catching up is
//! held until the feed is at its head, so that a message read elsewhere in the meantime rings nowhere.

use std::collections::BTreeMap;

use bedside_protocol::wire::Message;
use bedside_protocol::{AccountId, MessageId, RoomId, RoomSeq};

use crate::sync::{Focus, Seen};

/// What to tell the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A new message; replaces an earlier notification of the conversation.
    Show(RoomId, MessageId, Urgency),
    /// The conversation's notification is no longer news.
    Clear(RoomId),
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
        let covered = self.shown.get(&room_id).is_some_and(|seq| *seq <= up_to);
        covered.then(|| self.clear(room_id))
    }

    /// What the person sees has changed.
    pub fn seen(&mut self, seen: Seen) -> Option<Notice> {
        self.seen = seen;
        let room_id = seen.room_id.filter(|room| self.looks_at(*room))?;
        self.pending.remove(&room_id);
        self.urgent.remove(&room_id);
        self.shown.contains_key(&room_id).then(|| self.clear(room_id))
    }

    /// The feed is at its head: what is still news is shown, but for what nobody wants to hear of.
    pub fn settle(&mut self, is_muted: impl Fn(RoomId) -> bool) -> Vec<Notice> {
        let mut news = std::mem::take(&mut self.pending);
        news.retain(|room, _| self.rings_in_muted(*room) || !is_muted(*room));
        self.shown.extend(news.iter().map(|(room, (seq, _))| (*room, *seq)));
        news.into_iter().map(|(room, (_, message))| Notice::Show(room, message, self.urgency(room))).collect()
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
        std::mem::take(&mut self.shown).into_keys().map(Notice::Clear).collect()
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
        assert_eq!(notices.settle(loud), [Notice::Show(ROOM, MessageId(103), Urgency::Everyday)]);
        assert_eq!(notices.settle(loud), []);
    }

    #[test]
    fn ones_own_message_rings_nowhere() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, ANA), ANA);
        assert_eq!(notices.settle(loud), []);
    }

    #[test]
    fn what_is_on_screen_rings_only_if_the_window_is_not_focused() {
        let mut notices = Notices::default();
        notices.seen(looking(Focus::Focused));
        notices.arrived(&message(1, DREW), ANA);
        assert_eq!(notices.settle(loud), []);
        notices.seen(looking(Focus::Away));
        notices.arrived(&message(2, DREW), ANA);
        assert_eq!(notices.settle(loud), [Notice::Show(ROOM, MessageId(102), Urgency::Everyday)]);
    }

    #[test]
    fn what_is_urgent_is_said_until_it_is_read_whatever_comes_after_it() {
        let rings = |notices: &mut Notices, seq, urgent| {
            notices.arrived(&Message { urgent, ..message(seq, DREW) }, ANA);
            notices
                .settle(loud)
                .into_iter()
                .map(|notice| match notice {
                    Notice::Show(_, _, urgency) => urgency,
                    Notice::Clear(_) => unreachable!("nothing was read"),
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
            assert_eq!(notices.settle(muted), [], "the everyday waits");
            assert_eq!(notices.settle(loud), [], "and is no news later");
            notices.arrived(&urgent, ANA);
            notices.arrived(&message(3, DREW), ANA);
            assert_eq!(notices.settle(muted).len(), rung, "also if something else follows");
        }
    }

    #[test]
    fn reading_elsewhere_takes_it_back() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, DREW), ANA);
        notices.settle(loud);
        assert_eq!(notices.read(ROOM, RoomSeq(1)), Some(Notice::Clear(ROOM)));
        assert_eq!(notices.read(ROOM, RoomSeq(1)), None);
    }

    #[test]
    fn what_was_read_elsewhere_while_catching_up_never_rings() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, DREW), ANA);
        assert_eq!(notices.read(ROOM, RoomSeq(1)), None);
        assert_eq!(notices.settle(loud), []);
    }

    #[test]
    fn opening_the_conversation_takes_it_back() {
        let mut notices = Notices::default();
        notices.arrived(&message(1, DREW), ANA);
        notices.settle(loud);
        assert_eq!(notices.seen(looking(Focus::Focused)), Some(Notice::Clear(ROOM)));
    }
}
