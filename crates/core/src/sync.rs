//! The sync machine: keeps a cache equal to the server and carries the outbox there (DESIGN.md §4).
//!
//! Pure: [`Machine::handle`] takes an [`Event`] and the wall clock's present and gives [`Effect`]s. It never loses
//! its place: the cursor is written in the group of the events it covers, a gap in the feed is fetched, never
//! skipped, and whatever was under way when the process died is found again in the cache.

mod backoff;
mod call;
mod changes;
mod changing;
mod clinic;
mod deliveries;
mod drafts;
mod effect;
mod event;
mod fill;
mod flags;
mod link;
mod marks;
mod others;
mod outbox;
mod presence;
mod quick_replies;
mod reads;
mod rooms;
mod sending;
mod snapshot;
mod stream;
mod typing;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bedside_protocol::ipc::ConnectionMode;
use bedside_protocol::wire::Account;
use bedside_protocol::{AccountId, Rev, RoomId, Timestamp};

pub use backoff::Backoff;
pub use call::{Answer, Call, CallId, Failure, Range, Refusal, Verdict};
pub use effect::{Effect, Timer, Wait};
pub use event::{Event, Focus, Haste, Seen, SocketEnd, SocketId};
pub use others::Others;

use crate::cache_write::{CacheWrite, SyncState};
use crate::notify::{Notice, Notices};
use call::Purpose;
use changes::Changes;
use deliveries::Deliveries;
use drafts::Drafts;
use fill::Fill;
use flags::Flags;
use link::Link;
use marks::Marks;
use outbox::Outbox;
use quick_replies::QuickReplies;
use rooms::RoomState;
use snapshot::Snapshot;
use stream::Stream;
use typing::Typing;

/// The state of one account's synchronisation.
#[derive(Debug)]
pub struct Machine {
    me: AccountId,
    now: Timestamp,
    out: Vec<Effect>,
    last_id: u64,
    cache: Cache,
    /// Grows with every write that fails, until one succeeds: reading again proves nothing of a full disk.
    cache_backoff: Backoff,
    /// Whether what was asked for last has been written is known with the next event.
    write_open: bool,
    link: Link,
    stream: Stream,
    snapshot: Option<Snapshot>,
    snapshot_backoff: Backoff,
    rooms: BTreeMap<RoomId, RoomState>,
    /// Rooms the feed named and the server then denied: their events are passed over.
    denied: BTreeSet<RoomId>,
    fill: Fill,
    outbox: Outbox,
    changes: Changes,
    /// How far the person has read.
    reads: Marks,
    deliveries: Deliveries,
    flags: Flags,
    drafts: Drafts,
    notices: Notices,
    typing: Typing,
    others: Others,
    heard_on: presence::HeardOn,
    calls: BTreeMap<CallId, Purpose>,
    account: Option<Account>,
    people: People,
    quick_replies: QuickReplies,
    seen: Seen,
    /// The clinic's limit for waiting messages, once named.
    stale_after: Option<Duration>,
    /// Which state of what the clinic says of itself is held.
    clinic_rev: Rev,
    /// An older build has passed over things this one stores: the next connection begins with a snapshot.
    resync: bool,
}

/// Whether what is held in memory is what the cache holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cache {
    /// Not read yet, or a write failed: nothing is done until it is read again.
    Unread,
    /// Read.
    Read,
}

/// Whether the linked people have been fetched; a failure is made up for when next connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum People {
    Known,
    Wanted,
}

/// What the person is told about the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// How the server is reached.
    pub mode: ConnectionMode,
    /// Messages waiting to be sent.
    pub waiting: u32,
    /// Messages that need their author.
    pub parked: u32,
    /// Whether older history is still being fetched.
    pub backfilling: bool,
    /// Whether the linked people are being fetched.
    pub fetching_people: bool,
    /// Whether everything the server had when last heard is held, and everything written here is there.
    pub settled: bool,
}

impl Machine {
    /// A machine that has not read its cache yet: hand in [`Event::Loaded`] first.
    #[must_use]
    pub fn new(me: AccountId) -> Self {
        Machine {
            me,
            now: Timestamp(0),
            out: Vec::new(),
            last_id: 0,
            cache: Cache::Unread,
            cache_backoff: Backoff::default(),
            write_open: false,
            link: Link::default(),
            stream: Stream::default(),
            snapshot: None,
            snapshot_backoff: Backoff::default(),
            rooms: BTreeMap::new(),
            denied: BTreeSet::new(),
            fill: Fill::default(),
            outbox: Outbox::default(),
            changes: Changes::default(),
            reads: Marks::default(),
            deliveries: Deliveries::default(),
            flags: Flags::default(),
            drafts: Drafts::default(),
            notices: Notices::default(),
            typing: Typing::default(),
            others: Others::default(),
            heard_on: BTreeMap::new(),
            calls: BTreeMap::new(),
            account: None,
            people: People::Known,
            quick_replies: QuickReplies::default(),
            seen: Seen::default(),
            stale_after: None,
            clinic_rev: Rev(0),
            resync: false,
        }
    }

    /// Takes in what happened; gives what is to be done, in order.
    pub fn handle(&mut self, now: Timestamp, event: Event) -> Vec<Effect> {
        self.now = now;
        if std::mem::take(&mut self.write_open) && event != Event::CacheFailed {
            self.cache_backoff.reset();
        }
        match event {
            Event::Loaded(state) => self.loaded(state),
            Event::SignedIn => self.signed_in(),
            Event::SocketOpened(socket) => self.socket_opened(socket),
            Event::SocketClosed { socket, reason } => self.socket_closed(socket, reason),
            Event::Frame { socket, frame } => self.frame(socket, *frame),
            Event::Life(socket) => self.heard(socket),
            Event::Answered { call, result } => self.answered(call, *result),
            Event::Timer(timer) => self.timer(timer),
            Event::Enqueued(row) => {
                let room_id = row.room_id;
                self.stop_typing(room_id);
                self.enqueued(row);
                self.draft_kept(room_id, Haste::Now);
            }
            Event::Typing { room_id, typing } => self.types(room_id, typing),
            Event::Confirmed { client_id, at } => self.confirmed(client_id, at),
            Event::Discarded(client_id) => self.discarded(client_id),
            Event::ChangesKept { room_id, rows } => self.changes_kept(room_id, rows),
            Event::DraftKept { room_id, haste } => self.draft_kept(room_id, haste),
            Event::DraftSharing(held) => self.draft_sharing(held),
            Event::FlagsKept { room_id, set, number } => self.flags_kept(room_id, set, number),
            Event::Seen(seen) => self.look(seen),
            Event::ReadUpTo { room_id, up_to } => self.read_up_to(room_id, up_to),
            Event::Locked => {
                let withdrawn = self.notices.withdraw();
                self.tell(withdrawn);
            }
            Event::PlaceWanted { room_id, seq } => self.place_wanted(room_id, seq),
            Event::PeopleWanted => self.fetch_people(),
            Event::RoomOpened(room) => self.room_opened(*room),
            Event::Woke => self.woke(),
            Event::TryNow => self.try_now(),
            Event::CacheFailed => self.cache_failed(),
        }
        self.write_kept_if_due();
        self.gather_deliveries();
        std::mem::take(&mut self.out)
    }

    /// What the person is to be told about the connection.
    #[must_use]
    pub fn status(&self) -> Status {
        let (waiting, parked) = self.outbox.counts();
        let backfilling = self.rooms.values().any(RoomState::is_incomplete);
        let marked = self.reads.is_settled() && self.deliveries.is_settled();
        let sent = waiting == 0 && self.changes.are_settled() && marked;
        let sent = sent && self.flags.are_settled() && self.drafts.are_settled();
        let settled = self.stream.caught_up && !backfilling && sent;
        let fetching_people = self.calls.values().any(|purpose| *purpose == Purpose::People);
        Status { mode: self.link.mode(), waiting, parked, backfilling, fetching_people, settled }
    }

    /// What others do at this moment.
    #[must_use]
    pub const fn others(&self) -> &Others {
        &self.others
    }

    fn loaded(&mut self, state: SyncState) {
        self.stream.cursor = state.cursor;
        self.resync = state.resync;
        self.quick_replies.role = state.role;
        self.stale_after = state.stale_after;
        self.clinic_rev = state.clinic_rev;
        self.load_rooms(&state.rooms);
        self.load_reads(&state.rooms);
        self.load_deliveries(&state.rooms);
        self.flags.load(&state.rooms);
        self.drafts.load(state.drafts);
        self.outbox.load(state.outbox);
        self.changes.load(state.changes);
        let before = std::mem::replace(&mut self.cache, Cache::Read);
        self.park_stale();
        if before == Cache::Unread {
            self.stop(Timer::Cache);
            self.connect();
        }
        self.pump();
    }

    /// What memory holds is ahead of the disk: everything stops until the cache has been read again.
    fn cache_failed(&mut self) {
        let wait = self.cache_backoff.fail(None);
        drop(self.fill.take_kept());
        self.flags.cache_failed();
        self.cache = Cache::Unread;
        self.disconnect();
        self.cancel_calls();
        self.start(Timer::Cache, wait);
    }

    fn timer(&mut self, timer: Timer) {
        match timer {
            Timer::Connect => self.connect(),
            Timer::SocketAgain => self.try_socket(),
            Timer::Ping => self.ping(),
            Timer::Silence => self.silent(),
            Timer::Feed => self.fetch_feed(),
            Timer::Snapshot => self.fetch_list(),
            Timer::Fill => self.fill_rested(),
            Timer::Send(room_id) => self.send_timer(room_id),
            Timer::Change(room_id) => self.change_timer(room_id),
            Timer::Read(room_id) => self.read_timer(room_id),
            Timer::Flags(room_id) => self.flags_timer(room_id),
            Timer::Delivered(room_id) => self.delivered_timer(room_id),
            Timer::Draft(room_id) => self.draft_timer(room_id),
            Timer::Drafts => self.drafts_timer(),
            Timer::Gathered => self.deliveries_gathered(),
            Timer::Stale => self.park_stale(),
            Timer::Keep => self.write_kept(),
            Timer::Cache => self.reload(),
            Timer::Typing(room_id) => self.typing_over(room_id),
            Timer::Presence => self.presence_outdated(),
        }
    }

    fn answered(&mut self, call: CallId, result: Result<Answer, Failure>) {
        let Some(purpose) = self.calls.remove(&call) else { return };
        if let Err(failure) = &result
            && self.stops_everything(failure)
        {
            return;
        }
        match (purpose, result) {
            (Purpose::Feed, result) => self.feed_answered(result),
            (Purpose::List, result) => self.list_answered(result),
            (Purpose::Room(room_id), result) => self.room_answered(room_id, result),
            (Purpose::People, Ok(Answer::People(people))) => {
                self.people = People::Known;
                self.write(vec![CacheWrite::People(people)]);
            }
            (Purpose::Clinic, Ok(Answer::Clinic(clinic))) => self.clinic_answered(clinic),
            (Purpose::People | Purpose::Clinic, _) => {}
            (Purpose::QuickReplies, result) => self.quick_replies_answered(result),
            (Purpose::Drafts { after_room }, result) => self.drafts_answered(after_room, result),
            (Purpose::PutDraft(room_id), result) => self.draft_put(room_id, result),
            (Purpose::WithdrawDrafts, result) => self.drafts_withdrawn(result),
            (Purpose::Stretch { room_id, from, to }, result) => {
                self.stretch_answered(room_id, from, to, result);
            }
            (Purpose::Changes { room_id }, result) => self.changes_answered(room_id, result),
            (Purpose::Send { room_id, client_id }, result) => self.send_answered(room_id, client_id, result),
            (Purpose::Change { room_id, client_id }, result) => {
                self.change_answered(room_id, client_id, result);
            }
            (Purpose::Read { room_id, up_to }, result) => self.read_answered(room_id, up_to, result),
            (Purpose::Flags { room_id, set }, result) => self.flags_answered(room_id, set, result),
            (Purpose::Delivered { room_id, up_to }, result) => {
                self.delivered_answered(room_id, up_to, result);
            }
        }
        self.pump();
    }

    /// Whether a failure concerns not the call but the session or the version.
    fn stops_everything(&mut self, failure: &Failure) -> bool {
        match failure.verdict() {
            Verdict::SignIn => self.session_ended(),
            Verdict::Upgrade => self.wrong_server(),
            _ => return false,
        }
        true
    }

    /// Does whatever has become possible.
    fn pump(&mut self) {
        if self.cache != Cache::Read || !self.link.is_up() {
            return;
        }
        self.pump_outbox();
        self.pump_changes();
        self.pump_reads();
        self.pump_flags();
        self.pump_drafts();
        self.pump_deliveries();
        self.pump_fill();
    }

    fn call(&mut self, purpose: Purpose, call: Call) -> CallId {
        let id = self.reserve(purpose);
        self.out.push(Effect::Http(id, call));
        id
    }

    /// The name of a call that is about to be made.
    fn reserve(&mut self, purpose: Purpose) -> CallId {
        let id = CallId(self.next_id());
        self.calls.insert(id, purpose);
        id
    }

    fn cancel(&mut self, call: CallId) {
        if self.calls.remove(&call).is_some() {
            self.out.push(Effect::CancelHttp(call));
        }
    }

    fn cancel_calls(&mut self) {
        let calls: Vec<CallId> = self.calls.keys().copied().collect();
        calls.into_iter().for_each(|call| self.cancel(call));
        self.stream.call = None;
        self.quick_replies.drop_call();
        self.fill.call = None;
        self.outbox.drop_flights();
        self.changes.drop_flights();
        self.reads.drop_flights();
        self.flags.drop_flights();
        self.drafts.drop_flights();
        self.deliveries.drop_flights();
        if let Some(snapshot) = &mut self.snapshot {
            snapshot.call = None;
        }
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Writes a group; what was kept back goes first, in the same transaction.
    fn write(&mut self, writes: Vec<CacheWrite>) {
        if writes.is_empty() {
            return;
        }
        let mut group = self.fill.take_kept();
        if !group.is_empty() {
            self.stop(Timer::Keep);
        }
        group.extend(writes);
        self.write_open = true;
        self.out.push(Effect::Write(group));
    }

    /// Reads the cache again, with everything in it.
    fn reload(&mut self) {
        self.write_kept();
        self.out.push(Effect::Reload);
    }

    fn start(&mut self, timer: Timer, wait: Wait) {
        self.out.push(Effect::StartTimer(timer, wait));
    }

    fn stop(&mut self, timer: Timer) {
        self.out.push(Effect::StopTimer(timer));
    }

    fn tell(&mut self, notices: impl IntoIterator<Item = Notice>) {
        self.out.extend(notices.into_iter().map(|notice| match notice {
            Notice::Show(room_id, message_id, urgency) => Effect::Notify { room_id, message_id, urgency },
            Notice::Clear(room_id) => Effect::ClearNotice(room_id),
            Notice::Sum(rooms, urgency) => Effect::NotifySum { rooms, urgency },
            Notice::ClearSum => Effect::ClearSum,
        }));
    }

    fn look(&mut self, seen: Seen) {
        self.seen = seen;
        let cleared = self.notices.seen(seen);
        self.tell(cleared);
        self.wish_read(seen);
        self.unmark(seen);
        self.pump();
    }
}
