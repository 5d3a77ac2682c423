//! Machine, model cache, model server and a network between them that does its worst.

#[path = "changes.rs"]
mod changes;
#[path = "flags.rs"]
mod flags;
#[path = "judged.rs"]
mod judged;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bedside_core::cache_write::{CacheWrite, OutboxRow, OutboxState, ParkReason};
use bedside_core::sync::{
    Answer, Call, CallId, Effect, Event, Failure, Focus, Machine, Seen, SocketEnd, SocketId, Timer,
};
use bedside_protocol::feed::{Change, ClientFrame, FeedEvent, ServerFrame};
use bedside_protocol::{ClientId, DeviceId, ErrorCode, FeedSeq, RoomId, RoomSeq, Timestamp};
use uuid::Uuid;

use super::bells::Bells;
use super::cache::Cache;
use super::server::{ANA, DREW, Server, account, refused};

const START: Timestamp = Timestamp(1_000_000);
/// Short enough that messages grow stale now and then.
const STALE_AFTER_MS: u64 = 1_000_000;

pub(crate) struct World {
    server: Server,
    cache: Cache,
    machine: Machine,
    sockets: BTreeMap<SocketId, Wire>,
    calls: VecDeque<(CallId, Call)>,
    answers: VecDeque<(CallId, Result<Answer, Failure>)>,
    /// Requests that were given up and have not arrived.
    late: Vec<Call>,
    timers: BTreeSet<Timer>,
    enqueued: Vec<(RoomId, ClientId)>,
    /// Changes of messages that were asked for, but for those another has replaced.
    changed: Vec<(RoomId, ClientId)>,
    /// How many were ever asked for.
    made: u128,
    now: Timestamp,
    looked: BTreeMap<RoomId, RoomSeq>,
    /// Whether Ana has left a room marked unread.
    left_unread: BTreeMap<RoomId, bool>,
    bells: Bells,
    build: Build,
    /// A copy of the server from an earlier moment.
    backup: Option<Server>,
    /// A group of writes will fail, after so many that do not.
    disk_fails: Option<u8>,
    /// No socket opens.
    sockets_blocked: bool,
}

#[derive(Default)]
struct Wire {
    to_server: VecDeque<ClientFrame>,
    to_client: VecDeque<ServerFrame>,
    /// The last event put on the wire, once greeted.
    fed: Option<FeedSeq>,
}

/// What the machine that runs makes of what the server tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// An older one, to which every other revision's event says nothing.
    Older,
    Present,
}

impl World {
    pub(crate) fn new(build: Build) -> Self {
        let mut world = World {
            server: Server::default(),
            cache: Cache::default(),
            machine: Machine::new(ANA),
            sockets: BTreeMap::new(),
            calls: VecDeque::new(),
            answers: VecDeque::new(),
            late: Vec::new(),
            timers: BTreeSet::new(),
            enqueued: Vec::new(),
            changed: Vec::new(),
            made: 0,
            now: START,
            looked: BTreeMap::new(),
            left_unread: BTreeMap::new(),
            bells: Bells::default(),
            build,
            backup: None,
            disk_fails: None,
            sockets_blocked: false,
        };
        world.server.add_room();
        world.start();
        world
    }

    fn start(&mut self) {
        self.give(Event::Loaded(self.cache.sync_state()));
        self.give(Event::SignedIn);
    }

    /// The program is replaced by one that understands more.
    fn upgrade(&mut self) {
        if std::mem::replace(&mut self.build, Build::Present) == Build::Older {
            self.cache.upgraded();
            self.kill();
        }
    }

    /// What the build that runs reads in an answer or a frame.
    fn as_read(&self, mut events: Vec<FeedEvent>) -> Vec<FeedEvent> {
        for event in &mut events {
            if let Change::Message { message } = &event.change
                && self.build == Build::Older
                && message.rev.0 % 2 == 0
            {
                event.change = Change::Unknown;
            }
        }
        events
    }

    fn give(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.machine.handle(self.now, event) {
                match self.carry_out(effect) {
                    Some(Event::CacheFailed) => {
                        events.push_front(Event::CacheFailed);
                        break;
                    }
                    next => events.extend(next),
                }
            }
        }
    }

    /// What is said to be delivered is on the disk.
    fn check_delivered(&self, effect: &Effect) {
        let (Effect::SendFrame(_, ClientFrame::Delivered { room_id, up_to })
        | Effect::Http(_, Call::Delivered { room_id, up_to })) = effect
        else {
            return;
        };
        assert!(self.cache.holds(*room_id, *up_to), "{room_id} is not held up to {up_to}");
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Event> {
        self.check_delivered(&effect);
        match effect {
            Effect::OpenSocket(id) => drop(self.sockets.insert(id, Wire::default())),
            Effect::CloseSocket(id) => drop(self.sockets.remove(&id)),
            Effect::SendFrame(id, frame) => {
                if let Some(wire) = self.sockets.get_mut(&id) {
                    wire.to_server.push_back(frame);
                }
            }
            Effect::Http(id, call) => self.calls.push_back((id, call)),
            Effect::PutDraft(..) => unreachable!("nothing is shared"),
            Effect::CancelHttp(id) => {
                self.answers.retain(|(answered, _)| *answered != id);
                self.give_up_flags(id);
            }
            Effect::Write(_) if self.disk_fails() => return Some(Event::CacheFailed),
            Effect::Write(writes) => self.write(writes),
            Effect::Reload => return Some(Event::Loaded(self.cache.sync_state())),
            Effect::StartTimer(timer, _) => drop(self.timers.insert(timer)),
            Effect::StopTimer(timer) => drop(self.timers.remove(&timer)),
            Effect::Notify { room_id, message_id, .. } => {
                let message = self.server.message(room_id, message_id).expect("a message that is there");
                self.bells.rang(message);
            }
            Effect::NotifySum { rooms, .. } => {
                for (room_id, message_id) in rooms {
                    let message = self.server.message(room_id, message_id).expect("a message that is there");
                    self.bells.rang(message);
                }
            }
            Effect::ClearNotice(_) | Effect::ClearSum => {}
        }
        None
    }

    fn write(&mut self, writes: Vec<CacheWrite>) {
        let is_new = self.cache.cursor.is_none();
        self.cache.now = self.now;
        self.cache.apply(writes, ANA);
        if is_new && self.cache.cursor.is_some() {
            self.bells.excuse_all(&self.server); // What was there before the device is history.
        }
    }

    pub(crate) fn act(&mut self, action: u8, detail: u8) {
        let room_id = self.server.some_room(detail);
        match action % 40 {
            0..=3 => self.person_writes(room_id),
            4..=5 => drop(self.server.write(room_id, DREW, None, "hello")),
            6 => self.server.edit(room_id, detail / 4),
            7 if detail.is_multiple_of(2) => self.their_device_stores(room_id, detail / 4),
            7 => drop(self.server.read(room_id, DREW, RoomSeq(i64::from(detail)))),
            8..=9 => self.person_looks(room_id),
            10 if self.server.rooms.len() < 4 => self.server.add_room(),
            11 => self.server.gone(),
            12 => self.cut(),
            13 => self.fail_call(),
            14..=15 => self.lose_frame(),
            16..=17 => self.kill(),
            18 => self.disk_fails = Some(detail % 3),
            19 => self.fire(detail),
            20 => self.answer_call(Twice::Yes, detail),
            21 => self.give(Event::Woke),
            22 => self.lose_answer(),
            23..=26 => self.answer_call(Twice::No, detail),
            27..=28 => drop(self.deliver_answer()),
            29 => self.refuse_socket(),
            30 => self.sockets_blocked = detail.is_multiple_of(2),
            31 if detail < 128 => self.backup = Some(self.server.clone()),
            31 => self.restore(),
            32 => self.now.0 += i64::from(detail) * 4_000,
            33 => self.person_confirms(),
            34..=35 => self.person_changes(room_id, detail),
            36 => self.person_sets_up(room_id, detail / 4),
            37 => self.set_up_elsewhere(room_id, detail / 4),
            38 => self.late_request_arrives(detail),
            _ => drop(self.move_sockets()),
        }
    }

    fn their_device_stores(&mut self, room_id: RoomId, up_to: u8) {
        let _mark = self.server.deliver(room_id, DREW, RoomSeq(i64::from(up_to)));
    }

    fn person_writes(&mut self, room_id: RoomId) {
        if !self.cache.rooms.contains_key(&room_id) {
            return;
        }
        let position = self.cache.outbox.len() as i64 + 1;
        let row = OutboxRow {
            position,
            client_id: ClientId(Uuid::from_u128(position as u128)),
            room_id,
            content: format!("text {position}"),
            urgent: false,
            composed_at: self.now,
            confirmed_at: None,
            state: OutboxState::Queued,
            offered: false,
            reply_to: None,
        };
        self.cache.outbox.push(row.clone());
        self.enqueued.push((room_id, row.client_id));
        self.give(Event::Enqueued(row));
    }

    fn person_looks(&mut self, room_id: RoomId) {
        let displayed = self.cache.rooms.get(&room_id).map(|held| held.last_seq);
        if matches!(self.disk_fails, Some(0)) {
            return; // A wish that cannot be stored is not a promise.
        }
        self.bells.look(room_id, &self.server);
        self.looks_into(room_id);
        self.give(Event::Seen(Seen { room_id: Some(room_id), displayed, focus: Focus::Focused }));
        let epoch = self.cache.cursor.as_ref().map(|cursor| &cursor.epoch);
        if epoch == Some(&self.server.head().epoch) {
            let looked = self.looked.entry(room_id).or_default();
            *looked = displayed.unwrap_or_default().max(*looked);
        }
    }

    /// The author's word on everything that was called stale.
    fn person_confirms(&mut self) {
        let stale = OutboxState::Parked(ParkReason::Stale);
        let now = self.now;
        let rows = self.cache.outbox.iter_mut().filter(|row| row.state == stale);
        let confirmed = rows.map(|row| {
            (row.state, row.confirmed_at) = (OutboxState::Queued, Some(now));
            row.client_id
        });
        for client_id in confirmed.collect::<Vec<_>>() {
            self.give(Event::Confirmed { client_id, at: now });
        }
    }

    /// The server is put back to an earlier moment; what was under way with the one before it fails.
    fn restore(&mut self) {
        let Some(copy) = self.backup.take().filter(|copy| copy.rooms.len() == self.server.rooms.len()) else {
            return;
        };
        self.server.restore(copy);
        self.looked.clear();
        self.left_unread.clear();
        self.late.clear();
        self.bells.restart(&self.server);
        self.answers.iter_mut().for_each(|(_, answer)| *answer = Err(Failure::Unknown));
        let failed = std::mem::take(&mut self.calls).into_iter().map(|(id, _)| (id, Err(Failure::Unknown)));
        self.answers.extend(failed);
        while !self.sockets.is_empty() {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if let Some((socket, _)) = self.sockets.pop_first() {
            self.give(Event::SocketClosed { socket, reason: SocketEnd::Lost });
        }
    }

    fn refuse_socket(&mut self) {
        let unopened = self.sockets.iter().find(|(_, wire)| wire.fed.is_none()).map(|(id, _)| *id);
        if let Some(socket) = unopened {
            self.sockets.remove(&socket);
            self.give(Event::SocketClosed { socket, reason: SocketEnd::Lost });
        }
    }

    fn disk_fails(&mut self) -> bool {
        let left = self.disk_fails;
        self.disk_fails = left.and_then(|left| left.checked_sub(1));
        left == Some(0)
    }

    /// A hub with a bug: an events frame never leaves it.
    fn lose_frame(&mut self) {
        let head = self.server.head().feed_seq;
        for wire in self.sockets.values_mut() {
            wire.fed = wire.fed.map(|fed| FeedSeq(fed.0 + 1).min(head));
        }
    }

    fn fail_call(&mut self) {
        if let Some((call, _)) = self.calls.pop_front() {
            self.answers.push_back((call, Err(Failure::Unknown)));
        }
    }

    fn lose_answer(&mut self) {
        if let Some((_, answer)) = self.answers.front_mut() {
            *answer = Err(refused(ErrorCode::Internal));
        }
    }

    /// Calls go over connections of their own: any may be answered first.
    fn answer_call(&mut self, twice: Twice, which: u8) {
        let which = usize::from(which) % self.calls.len().max(1);
        if let Some((id, call)) = self.calls.remove(which) {
            if twice == Twice::Yes {
                drop(self.server.answer(call.clone()));
            }
            let answer = self.server.answer(call);
            self.answers.push_back((id, answer));
        }
    }

    fn deliver_answer(&mut self) -> bool {
        let Some((call, mut result)) = self.answers.pop_front() else { return false };
        if let Ok(Answer::Feed(page)) = &mut result {
            page.events = self.as_read(std::mem::take(&mut page.events));
        }
        self.give(Event::Answered { call, result: Box::new(result) });
        true
    }

    fn kill(&mut self) {
        self.sockets.clear();
        self.calls.clear();
        self.answers.clear();
        self.timers.clear();
        self.bells.killed(&self.server);
        self.machine = Machine::new(ANA);
        self.start();
    }

    fn fire(&mut self, detail: u8) {
        let which = usize::from(detail) % self.timers.len().max(1);
        if let Some(timer) = self.timers.iter().nth(which).copied() {
            self.timers.remove(&timer);
            self.give(Event::Timer(timer));
        }
    }

    /// One step on every socket; whether anything moved.
    fn move_sockets(&mut self) -> bool {
        let ids: Vec<SocketId> = self.sockets.keys().copied().collect();
        ids.into_iter().map(|id| self.move_socket(id)).fold(false, |moved, this| moved | this)
    }

    fn move_socket(&mut self, id: SocketId) -> bool {
        self.feed_socket(id);
        let Some(wire) = self.sockets.get_mut(&id) else { return false };
        if let Some(mut frame) = wire.to_client.pop_front() {
            if let ServerFrame::Events { events } = &mut frame {
                *events = self.as_read(std::mem::take(events));
            }
            self.give(Event::Frame { socket: id, frame: Box::new(frame) });
            return true;
        }
        match wire.to_server.pop_front() {
            Some(frame) => self.serve(id, frame),
            None if wire.fed.is_none() && self.sockets_blocked => self.refuse_socket(),
            None if wire.fed.is_none() => self.give(Event::SocketOpened(id)),
            None => return false,
        }
        true
    }

    fn feed_socket(&mut self, id: SocketId) {
        let Some(wire) = self.sockets.get_mut(&id) else { return };
        let Some(fed) = wire.fed else { return };
        let events = self.server.events_from(fed, 2);
        if let Some(last) = events.last() {
            wire.fed = Some(last.feed_seq);
            wire.to_client.push_back(ServerFrame::Events { events });
        }
    }

    fn serve(&mut self, id: SocketId, frame: ClientFrame) {
        let wire = self.sockets.get_mut(&id).unwrap();
        let head = self.server.head();
        match frame {
            ClientFrame::Hello(hello) => {
                wire.to_client.push_back(ServerFrame::Welcome {
                    proto: 1,
                    head: head.clone(),
                    account: account(),
                    device_id: DeviceId(1),
                    server_time: self.now,
                    stale_after_ms: STALE_AFTER_MS,
                    clinic_rev: super::server::CLINIC_REV,
                });
                let possible =
                    hello.cursor.as_ref().is_none_or(|after| self.server.events(after, 1).is_some());
                let continued = hello.cursor.map(|cursor| cursor.feed_seq).filter(|_| possible);
                wire.fed = Some(continued.unwrap_or(head.feed_seq));
                if !possible {
                    wire.to_client.push_back(ServerFrame::ResyncRequired { head });
                }
            }
            ClientFrame::Send(send) => {
                let message = self.server.write(send.room_id, ANA, Some(send.client_id), &send.message);
                let sent = ServerFrame::Sent { client_id: send.client_id, message: Box::new(message) };
                wire.to_client.push_back(sent);
            }
            ClientFrame::Read { room_id, up_to } => drop(self.server.read(room_id, ANA, up_to)),
            ClientFrame::Delivered { room_id, up_to } => drop(self.server.deliver(room_id, ANA, up_to)),
            ClientFrame::Ping { n } => wire.to_client.push_back(ServerFrame::Pong { n }),
            ClientFrame::Change(frame) => {
                let client_id = frame.client_id;
                let answer = changes::frame(client_id, self.server.change_message(frame));
                wire.to_client.push_back(answer);
            }
            ClientFrame::Flags { .. } | ClientFrame::Typing { .. } | ClientFrame::Unknown => {}
        }
    }

    /// Everything works from here on.
    pub(crate) fn heal(&mut self) {
        self.disk_fails = None;
        while !self.late.is_empty() {
            self.late_request_arrives(0);
        }
        self.upgrade();
        self.sockets_blocked = false;
        for _ in 0..5_000 {
            self.person_confirms();
            let moved = self.move_sockets();
            if !moved && self.is_at_rest() {
                return;
            }
            // A poll that is answered at once with nothing is no progress: time passes meanwhile.
            let progress = moved || self.is_asked();
            self.deliver_answer();
            self.answer_call(Twice::No, 0);
            if !progress {
                self.fire_next();
            }
        }
        panic!("never came to rest: {:?}, timers {:?}", self.machine.status(), self.timers);
    }

    /// Nothing but a poll is under way, and everything is known on both sides.
    fn is_at_rest(&self) -> bool {
        let at_head = self.cache.cursor.as_ref() == Some(&self.server.head());
        !self.is_asked() && at_head && self.machine.status().settled
    }

    /// A call other than a poll is under way.
    fn is_asked(&self) -> bool {
        let asked = self.calls.iter().any(|(_, call)| !matches!(call, Call::Feed { .. }));
        asked || self.answers.iter().any(|(_, answer)| !matches!(answer, Ok(Answer::Feed(_))))
    }

    /// The timer a clock would fire: silence and staleness come last.
    fn fire_next(&mut self) {
        let due = self.timers.iter().filter(|timer| !matches!(timer, Timer::Silence | Timer::Stale)).copied();
        let next = due.min_by_key(|timer| matches!(timer, Timer::Ping));
        if let Some(timer) = next {
            self.timers.remove(&timer);
            self.give(Event::Timer(timer));
        }
    }

    pub(crate) fn check(&self) {
        self.every_message_is_there_once_in_order();
        self.every_change_is_there_once_in_order();
        self.every_room_is_as_it_was_set_up();
        self.the_cache_equals_the_server();
        self.bells.have_rung(&self.server);
    }

    fn every_message_is_there_once_in_order(&self) {
        for (room_id, room) in &self.server.rooms {
            let own = room.messages.iter().filter_map(|message| message.client_id);
            let meant = self.enqueued.iter().filter(|(room, _)| room == room_id).map(|(_, id)| *id);
            let (mut own, meant) = (own.collect::<Vec<_>>(), meant.collect::<Vec<_>>());
            if self.server.was_restored() {
                own.sort(); // What is sent before the restore is noticed comes before what is offered again.
            }
            assert_eq!(own, meant, "sent once and in order");
        }
        assert!(self.cache.outbox.iter().all(|row| matches!(row.state, OutboxState::Acked { .. })));
    }

    fn the_cache_equals_the_server(&self) {
        let held = self.cache.messages.values().cloned().map(|message| (message.id, message));
        let there = self.server.rooms.values().flat_map(|room| room.messages.iter().cloned());
        let there: BTreeMap<_, _> = there.map(|message| (message.id, message)).collect();
        assert_eq!(held.collect::<BTreeMap<_, _>>(), there);
        for (room_id, room) in &self.server.rooms {
            let held = &self.cache.rooms[room_id];
            assert!(held.missing.is_empty(), "gaps are filled");
            assert_eq!((held.my_read, held.other_read), (room.my_read.0, room.other_read.0), "marks");
            let there = (room.my_delivered.max(room.my_read.0), room.other_delivered.max(room.other_read.0));
            let here = (held.my_delivered.max(held.my_read), held.other_delivered.max(held.other_read));
            assert_eq!(here, there, "delivered marks");
            let theirs = room.messages.iter().filter(|message| message.sender_account == DREW);
            let last = theirs.map(|message| message.room_seq).max().unwrap_or_default();
            assert!(there.0 >= last, "all of theirs is known to be delivered");
            let looked = self.looked.get(room_id).copied().unwrap_or_default();
            assert!(held.my_read >= looked, "what was read stays read");
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Twice {
    No,
    Yes,
}
