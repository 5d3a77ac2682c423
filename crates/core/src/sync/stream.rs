//! The feed: events applied densely and in order, each group with its cursor; a gap is fetched, never skipped.

use std::collections::BTreeMap;
use std::time::Duration;

use bedside_protocol::feed::{Change, FeedEvent, FeedPage};
use bedside_protocol::wire::{Message, ReadMark, Room};
use bedside_protocol::{Cursor, FeedSeq, Rev, RoomId};

use super::call::{Answer, Call, CallId, Failure, Purpose};
use super::snapshot::is_other_life;
use super::{Backoff, Machine, Timer};
use crate::cache_write::CacheWrite;
use crate::notify::Arrival;

/// How long a poll may be held open.
const POLL_WAIT: Duration = Duration::from_secs(25);

/// The place in the feed.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// The last event applied; `None` before the first snapshot.
    pub(super) cursor: Option<Cursor>,
    /// Whether everything up to the head named at the connection's start is applied.
    pub(super) caught_up: bool,
    pub(super) call: Option<CallId>,
    /// The furthest place heard of; beyond the cursor there is something to fetch.
    head: FeedSeq,
    backoff: Backoff,
    /// Revisions that are complete once the cursor has reached this place: every state applied before the server
    /// named that head is covered by events up to it. (A later state is not: its body is built at delivery.)
    complete_at: Option<(FeedSeq, BTreeMap<RoomId, Rev>)>,
}

impl Stream {
    /// Another life of the server's database begins.
    pub(super) fn restart(&mut self) {
        self.complete_at = None;
    }
}

/// What became of a run of events.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    /// All of it is applied, or was before.
    Dense,
    /// Something before it is missing.
    Gap,
}

/// What became of an event.
enum Step {
    Applied,
    /// It names a room that nobody knows: ask first.
    Ask(RoomId),
}

impl Machine {
    /// The socket greets: what lies between the cursor and the head will follow on it.
    pub(super) fn stream_starts(&mut self, head: Cursor) {
        self.stream.head = head.feed_seq;
        match &self.stream.cursor {
            Some(cursor) if !self.resync && !is_other_life(cursor, &head) => {
                self.note_complete(head.feed_seq);
                self.settle(Vec::new());
            }
            _ => self.start_snapshot(),
        }
    }

    pub(super) fn stream_ends(&mut self) {
        self.stream.caught_up = false;
        self.stop(Timer::Feed);
        self.drop_snapshot();
    }

    /// The server cannot continue from our cursor.
    pub(super) fn resync(&mut self, head: FeedSeq) {
        self.stream.head = head;
        self.start_snapshot();
    }

    /// Events from the socket.
    pub(super) fn events_arrived(&mut self, events: Vec<FeedEvent>) {
        let furthest = events.iter().map(|event| event.feed_seq).max().unwrap_or_default();
        self.stream.head = self.stream.head.max(furthest);
        if self.snapshot.is_none() && self.apply(events) == Run::Gap {
            self.stream.caught_up = false;
            self.fetch_feed();
        }
    }

    /// Applies what continues the cursor, in one group with it.
    fn apply(&mut self, events: Vec<FeedEvent>) -> Run {
        let Some(mut cursor) = self.stream.cursor.clone() else { return Run::Gap };
        let (mut writes, mut run) = (Vec::new(), Run::Dense);
        for event in events {
            if event.feed_seq <= cursor.feed_seq {
                continue;
            }
            if event.feed_seq != cursor.feed_seq.next() {
                run = Run::Gap;
                break;
            }
            match self.apply_change(event.change, &mut writes) {
                Step::Applied => cursor.feed_seq = event.feed_seq,
                Step::Ask(room_id) => {
                    self.ask_for_room(room_id);
                    break;
                }
            }
        }
        if self.stream.cursor.as_ref() != Some(&cursor) {
            writes.push(CacheWrite::Cursor(cursor.clone()));
            self.stream.cursor = Some(cursor);
        }
        self.settle(writes);
        run
    }

    fn apply_change(&mut self, change: Change, writes: &mut Vec<CacheWrite>) -> Step {
        match change {
            Change::Message { message } => return self.apply_message(message, writes),
            Change::ReadMark { read_mark } => return self.apply_mark(read_mark, writes),
            Change::Room { room } => self.apply_room(*room, writes),
            Change::Person { person } => writes.push(CacheWrite::Person(person)),
            Change::QuickReplies => self.quick_replies_changed(),
            Change::Draft { draft } if !self.rooms.contains_key(&draft.room_id) => {
                return self.unknown_room(draft.room_id);
            }
            Change::Draft { draft } => self.draft_heard(*draft, writes),
            Change::Gone | Change::Unknown => {}
        }
        Step::Applied
    }

    fn apply_message(&mut self, message: Box<Message>, writes: &mut Vec<CacheWrite>) -> Step {
        let room_id = message.room_id;
        let Some(room) = self.rooms.get_mut(&room_id) else { return self.unknown_room(room_id) };
        let seq = message.room_seq;
        let filled = room.hold(&message, self.me);
        self.delivery_touched(room_id);
        self.ring(&message);
        let acknowledged = self.acknowledgement(Some(&message));
        writes.push(CacheWrite::Message(message));
        writes.extend(acknowledged);
        writes.extend(filled.then_some(CacheWrite::Covered { room_id, from: seq, to: seq }));
        Step::Applied
    }

    fn apply_mark(&mut self, mark: ReadMark, writes: &mut Vec<CacheWrite>) -> Step {
        let Some(room) = self.rooms.get_mut(&mark.room_id) else { return self.unknown_room(mark.room_id) };
        room.seen_rev = room.seen_rev.max(mark.rev);
        if mark.account_id == self.me {
            self.mark_confirmed(mark.room_id, mark.up_to);
            self.delivery_confirmed(mark.room_id, mark.delivered());
        }
        writes.push(CacheWrite::ReadMark(mark));
        Step::Applied
    }

    fn apply_room(&mut self, room: Room, writes: &mut Vec<CacheWrite>) {
        self.denied.remove(&room.room_id);
        let (room_id, outdated) = (room.room_id, self.rooms.get(&room.room_id).map(|held| held.room_rev));
        writes.extend(self.snapshot_room(room));
        // A room's event names the revision at delivery; the feed itself brings what led there.
        if let (Some(before), Some(state)) = (outdated, self.rooms.get_mut(&room_id)) {
            state.room_rev = before;
        }
    }

    fn unknown_room(&self, room_id: RoomId) -> Step {
        if self.denied.contains(&room_id) { Step::Applied } else { Step::Ask(room_id) }
    }

    fn ask_for_room(&mut self, room_id: RoomId) {
        if self.stream.call.is_none() {
            self.stream.call = Some(self.call(Purpose::Room(room_id), Call::Room(room_id)));
        }
    }

    /// Writes a group; says what has become true by reaching the head.
    pub(super) fn settle(&mut self, mut writes: Vec<CacheWrite>) {
        let reached = self.stream.cursor.as_ref().map(|cursor| cursor.feed_seq);
        if let Some((_, revs)) = self.stream.complete_at.take_if(|(head, _)| reached >= Some(*head)) {
            writes.extend(self.synced(revs));
        }
        self.write(writes);
        if reached >= Some(self.stream.head) && self.snapshot.is_none() && !self.link.is_probing() {
            let before = std::mem::replace(&mut self.stream.caught_up, true);
            let arrival = if before { Arrival::Live } else { Arrival::Caught };
            let (flags, now) = (&self.flags, self.now);
            let notices = self.notices.settle(arrival, |room_id| flags.is_muted(room_id, now));
            self.tell(notices);
            self.watch_stale();
        }
    }

    fn synced(&mut self, revs: BTreeMap<RoomId, Rev>) -> Vec<CacheWrite> {
        let newer = revs.into_iter().filter_map(|(room_id, rev)| {
            let room = self.rooms.get_mut(&room_id)?;
            let advances = !room.is_outdated() && rev > room.synced_rev;
            advances.then(|| room.synced_rev = rev)?;
            Some(CacheWrite::RoomSynced { room_id, rev })
        });
        newer.collect()
    }

    /// The server has just named its head.
    fn note_complete(&mut self, head: FeedSeq) {
        if self.stream.complete_at.is_none() {
            let revs = self.rooms.iter().map(|(room_id, room)| (*room_id, room.seen_rev)).collect();
            self.stream.complete_at = Some((head, revs));
        }
    }

    /// If more is known to exist than has been applied: fetch.
    pub(super) fn close_gap(&mut self) {
        let reached = self.stream.cursor.as_ref().map(|cursor| cursor.feed_seq);
        if reached < Some(self.stream.head) {
            self.stream.caught_up = false;
            self.fetch_feed();
        }
    }

    /// Goes on after something stood in the way.
    pub(super) fn feed_resumes(&mut self) {
        self.stream.call = None;
        self.stream.backoff.reset();
        self.fetch_feed();
    }

    /// One poll, held open while polling is all there is.
    pub(super) fn poll(&mut self) {
        match self.stream.cursor {
            Some(_) if !self.resync => self.fetch_feed(),
            _ => self.start_snapshot(),
        }
    }

    pub(super) fn fetch_feed(&mut self) {
        let Some(after) = self.stream.cursor.clone() else { return };
        let possible = self.link.is_up() || self.link.is_probing();
        if self.stream.call.is_some() || self.snapshot.is_some() || !possible {
            return;
        }
        let wait = if self.link.is_polling() { POLL_WAIT } else { Duration::ZERO };
        self.stream.call = Some(self.call(Purpose::Feed, Call::Feed { after, wait }));
    }

    pub(super) fn cancel_feed(&mut self) {
        if let Some(call) = self.stream.call.take() {
            self.cancel(call);
        }
    }

    pub(super) fn feed_answered(&mut self, result: Result<Answer, Failure>) {
        self.stream.call = None;
        match result {
            Ok(Answer::Feed(page)) => self.feed_page(page),
            Ok(_) => self.feed_failed(&Failure::Unknown),
            Err(failure) => self.feed_failed(&failure),
        }
    }

    fn feed_page(&mut self, page: FeedPage) {
        self.stream.backoff.reset();
        self.poll_succeeded();
        self.stream.head = self.stream.head.max(page.head);
        let here = Cursor { epoch: page.epoch.clone(), feed_seq: page.head };
        let other_life = self.stream.cursor.as_ref().is_some_and(|cursor| is_other_life(cursor, &here));
        if page.resync_required || other_life {
            return self.resync(page.head);
        }
        self.note_complete_page(&page);
        self.apply(page.events);
        let more = self.stream.cursor.as_ref().is_some_and(|cursor| cursor.feed_seq < self.stream.head);
        if self.link.is_polling() || more {
            self.fetch_feed();
        }
    }

    fn note_complete_page(&mut self, page: &FeedPage) {
        if self.link.is_polling() {
            self.note_complete(page.head);
        }
    }

    pub(super) fn feed_failed(&mut self, failure: &Failure) {
        self.stream.call = None;
        if self.link.live().is_some() {
            let wait = self.stream.backoff.fail(failure.retry_after_ms());
            return self.start(Timer::Feed, wait);
        }
        self.poll_failed(failure);
    }
}
