//! Histories drawn from a seed: several accounts send, change, repeat, read, lose and regain a link, some at the same time.

use std::collections::BTreeMap;

use bedside_protocol::wire::{Archive, MessageChange, Mute, SetFlags};
use bedside_protocol::{AccountId, RoomId, RoomSeq};
use bedside_server::store::model::PageRange;
use bedside_server::store::{Actor, ChangeCommand, PageRequest, ReadCommand, SendCommand};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::replica::Replica;
use crate::support::{Clinic, Staff};

const HISTORIES: u64 = 25;
const STEPS: usize = 40;

/// Plays one history, remembering what it may repeat and what it has read.
struct Player {
    draw: StdRng,
    sent: Vec<(Actor, SendCommand)>,
    changed: Vec<(Actor, ChangeCommand)>,
    read: BTreeMap<(RoomId, AccountId), i64>,
    linked: bool,
}

impl Player {
    fn new(seed: u64) -> Self {
        let draw = StdRng::seed_from_u64(seed);
        Self { draw, sent: Vec::new(), changed: Vec::new(), read: BTreeMap::new(), linked: true }
    }

    async fn step(&mut self, staff: &Staff) {
        match self.draw.random_range(0..20) {
            0..9 => self.send_some(staff).await,
            9..11 => self.repeat(staff).await,
            11..16 => self.change(staff).await,
            16 => self.read(staff).await,
            17 => self.set_up(staff).await,
            18 => self.deliver(staff).await,
            _ => self.change_link(staff).await,
        }
    }

    /// One to five commands at once, so that batches are committed together.
    async fn send_some(&mut self, staff: &Staff) {
        let commands: Vec<_> = (0..self.draw.random_range(1..=5)).map(|_| self.command(staff)).collect();
        let sends = commands.iter().cloned().map(|(actor, command)| staff.store.send_message(actor, command));
        for outcome in futures_util::future::join_all(sends).await {
            outcome.unwrap();
        }
        self.sent.extend(commands);
    }

    fn command(&mut self, staff: &Staff) -> (Actor, SendCommand) {
        let (actor, room) = self.somebody(staff);
        let text = format!("text {}", self.draw.random::<u32>());
        (actor, staff.command(room, &text))
    }

    /// Mostly somebody in their own room, sometimes a stranger.
    fn somebody(&mut self, staff: &Staff) -> (Actor, RoomId) {
        match self.draw.random_range(0..9) {
            0 | 1 => (staff.ana, staff.ana_drew),
            2 | 3 => (staff.ben, staff.ben_drew),
            4 | 5 => (staff.drew, staff.ana_drew),
            6 | 7 => (staff.drew, staff.ben_drew),
            _ => (staff.eve, staff.ana_drew),
        }
    }

    /// Any message by anybody who is in its room, or not; now and then an earlier change once more.
    async fn change(&mut self, staff: &Staff) {
        if !self.changed.is_empty() && self.draw.random_bool(0.2) {
            let (actor, command) = self.changed[self.draw.random_range(0..self.changed.len())].clone();
            staff.store.change_message(actor, command).await.unwrap();
            return;
        }
        let (actor, room_id) = self.somebody(staff);
        let Some(room) = staff.store.room(actor, room_id).await.unwrap() else { return };
        let place = RoomSeq(self.draw.random_range(0..=room.last_seq.get()));
        let before = PageRequest { range: PageRange::After(place), limit: 1 };
        let page = staff.store.messages(actor, room_id, before).await.unwrap().unwrap();
        let Some(target) = page.messages.first() else { return };
        let (message_id, change) = (target.message.id, self.some_change());
        let command = ChangeCommand { room_id, ..staff.change(message_id, change) };
        staff.store.change_message(actor, command.clone()).await.unwrap();
        self.changed.push((actor, command));
    }

    fn some_change(&mut self) -> MessageChange {
        match self.draw.random_range(0..6) {
            0 => MessageChange::Retract,
            1 | 2 => MessageChange::Edit { message: format!("text {}", self.draw.random_range(0..3)) },
            emoji => MessageChange::React { emoji: emoji.to_string(), on: self.draw.random_bool(0.6) },
        }
    }

    async fn repeat(&mut self, staff: &Staff) {
        if self.sent.is_empty() {
            return;
        }
        let (actor, command) = self.sent[self.draw.random_range(0..self.sent.len())].clone();
        staff.store.send_message(actor, command).await.unwrap();
    }

    async fn read(&mut self, staff: &Staff) {
        let (actor, room_id) = self.somebody(staff);
        let Some(room) = staff.store.room(actor, room_id).await.unwrap() else { return };
        let up_to = self.draw.random_range(0..=room.last_seq.get() + 1);
        let command = ReadCommand { room_id, up_to: RoomSeq(up_to), now: staff.runtime.now() };
        staff.store.mark_read(actor, command).await.unwrap();
        let highest = self.read.entry((room_id, actor.account_id)).or_default();
        *highest = (*highest).max(up_to.min(room.last_seq.get()));
    }

    async fn set_up(&mut self, staff: &Staff) {
        let (actor, room_id) = self.somebody(staff);
        let place = RoomSeq(self.draw.random_range(0..30));
        let mut some = || self.draw.random_bool(0.5);
        let set = SetFlags {
            pinned: some().then(&mut some),
            muted: some().then(|| if some() { Mute::Forever } else { Mute::Off }),
            archived: some().then(|| if some() { Archive::UpTo(place) } else { Archive::Off }),
            marked_unread: some().then(&mut some),
        };
        staff.try_set(actor, room_id, set).await;
    }

    async fn deliver(&mut self, staff: &Staff) {
        let (actor, room_id) = self.somebody(staff);
        let Some(room) = staff.store.room(actor, room_id).await.unwrap() else { return };
        let up_to = RoomSeq(self.draw.random_range(0..=room.last_seq.get() + 1));
        let command = ReadCommand { room_id, up_to, now: staff.runtime.now() };
        staff.store.mark_delivered(actor, command).await.unwrap();
    }

    async fn change_link(&mut self, staff: &Staff) {
        if self.linked {
            staff.store.end_link(None, "ben", "drew").await.unwrap();
        } else {
            staff.store.link(None, "ben", "drew").await.unwrap();
        }
        self.linked = !self.linked;
    }
}

pub(crate) async fn a_snapshot_and_the_events_after_it_equal_a_later_snapshot(clinic: Clinic) {
    for seed in 0..HISTORIES {
        let staff = clinic.another().await.staffed().await;
        let mut player = Player::new(seed);
        for _ in 0..player.draw.random_range(0..STEPS) {
            player.step(&staff).await;
        }
        let people = [staff.ana, staff.ben, staff.drew, staff.eve];
        let mut replicas = Vec::new();
        for actor in people {
            replicas.push((actor, Replica::snapshot(&staff, actor).await));
        }
        for _ in 0..STEPS {
            player.step(&staff).await;
        }
        for (actor, (mut replica, cursor)) in replicas {
            // Twice, and the second time from the very beginning: order and repetition must not matter.
            for event in staff.events(actor, &cursor).await {
                replica.apply(&event);
            }
            for event in staff.events(actor, &staff.cursor(0)).await {
                replica.apply(&event);
            }
            let (later, _) = Replica::snapshot(&staff, actor).await;
            assert_eq!(replica, later, "seed {seed}");
        }
    }
}

pub(crate) async fn feeds_and_rooms_have_no_holes_and_marks_are_the_highest_read(clinic: Clinic) {
    for seed in 100..100 + HISTORIES {
        let staff = clinic.another().await.staffed().await;
        let mut player = Player::new(seed);
        for _ in 0..2 * STEPS {
            player.step(&staff).await;
        }
        for actor in [staff.ana, staff.ben, staff.drew] {
            let events = staff.events(actor, &staff.cursor(0)).await;
            let places: Vec<_> = events.iter().map(|event| event.feed_seq.get()).collect();
            assert_eq!(places, (1..=staff.head(actor).await.feed_seq.get()).collect::<Vec<_>>());
        }
        let (replica, _) = Replica::snapshot(&staff, staff.drew).await;
        for room in [staff.ana_drew, staff.ben_drew] {
            let last = staff.room_of(staff.drew, room).await.last_seq.get();
            assert_eq!(replica.places(room), (1..=last).collect::<Vec<_>>(), "seed {seed}");
        }
        for ((room, account), highest) in player.read {
            assert_eq!(replica.mark(room, account), highest, "seed {seed}");
        }
    }
}
