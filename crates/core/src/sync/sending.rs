//! Carries the outbox to the server: resends what is unknown for ever, parks what is refused or stale.

use std::time::Duration;

use bedside_protocol::feed::ClientFrame;
use bedside_protocol::wire::Message;
use bedside_protocol::{ClientId, ErrorCode, RoomId, Timestamp, limits};

use super::call::{Answer, Call, Failure, Purpose, Refusal, Verdict, send_body, send_frame};
use super::outbox::{Entry, Fate, Flight, Pace, Via};
use super::rooms::RoomState;
use super::{Effect, Machine, Timer, Wait};
use crate::cache_write::{CacheWrite, OutboxRow, OutboxState, ParkReason};

/// A message on a socket that has no answer after this long is sent again.
const ANSWER_DUE: Duration = Duration::from_secs(20);

impl Machine {
    pub(super) fn enqueued(&mut self, row: OutboxRow) {
        if self.outbox.find(row.client_id).is_none() {
            self.outbox.insert(row);
        }
        self.watch_stale();
        self.pump();
    }

    pub(super) fn confirmed(&mut self, client_id: ClientId, at: Timestamp) {
        if let Some(entry) = self.entry(client_id) {
            entry.row.confirmed_at = Some(at);
            entry.row.state = OutboxState::Queued;
        }
        self.watch_stale();
        self.pump();
    }

    pub(super) fn discarded(&mut self, client_id: ClientId) {
        self.outbox.remove(client_id);
        self.changes.forget_behind(client_id);
        self.pump();
    }

    /// Nothing leaves during a snapshot: a restored server is offered first what it has lost.
    pub(super) fn pump_outbox(&mut self) {
        if self.snapshot.is_some() {
            return;
        }
        for room_id in self.outbox.rooms() {
            self.pump_lane(room_id);
        }
    }

    fn pump_lane(&mut self, room_id: RoomId) {
        let (now, limit, told) = (self.now, self.limit(), self.is_told_all(room_id));
        let Some(lane) = self.outbox.lane(room_id).filter(|lane| lane.is_free()) else { return };
        let Some(entry) = lane.head() else { return };
        if is_stale(&entry.row, now, limit) {
            if is_known(entry, told) {
                self.park_stale();
            }
            return;
        }
        let (row, before) = (entry.row.clone(), entry.fate);
        entry.fate = Fate::MaybeThere;
        entry.row.state = OutboxState::Sending;
        self.launch(row, before);
    }

    fn launch(&mut self, row: OutboxRow, before: Fate) {
        let (room_id, client_id) = (row.room_id, row.client_id);
        if row.state != OutboxState::Sending {
            self.write(vec![CacheWrite::OutboxSending { client_id }]);
        }
        let via = match self.link.live() {
            Some(socket) => {
                self.out.push(Effect::SendFrame(socket, ClientFrame::Send(send_frame(&row))));
                self.start(Timer::Send(room_id), Wait::For(ANSWER_DUE));
                Via::Socket(socket)
            }
            None => Via::Http(self.call(Purpose::Send { room_id, client_id }, Call::Send(send_body(&row)))),
        };
        if let Some(lane) = self.outbox.lane(room_id) {
            lane.flight = Some(Flight { client_id, via, before });
        }
    }

    /// The room's timer: the pause is over, or an answer is overdue.
    pub(super) fn send_timer(&mut self, room_id: RoomId) {
        let Some(lane) = self.outbox.lane(room_id) else { return };
        match (lane.pace, lane.flight) {
            (Pace::Resting, _) => lane.pace = Pace::Ready,
            (Pace::Ready, Some(Flight { via: Via::Socket(_), .. })) => self.rest(room_id, None),
            (Pace::Ready, _) => {}
        }
        self.pump();
    }

    /// The server has it.
    pub(super) fn sent(&mut self, message: &Message) {
        let mut writes = self.acknowledgement(Some(message));
        writes.extend(self.placed(message));
        self.write(writes);
    }

    /// A message named by an answer is held from here on. Its place counts as news only once the feed names it: what
    /// came before it may be news.
    pub(super) fn placed(&mut self, message: &Message) -> Option<CacheWrite> {
        let (room_id, seq) = (message.room_id, message.room_seq);
        let state = self.rooms.get_mut(&room_id)?;
        state.placed_seq = state.placed_seq.max(seq);
        let fills = state.gaps.contains(seq);
        state.gaps.cover(seq, seq);
        self.delivery_touched(room_id);
        fills.then_some(CacheWrite::Covered { room_id, from: seq, to: seq })
    }

    pub(super) fn send_answered(
        &mut self,
        room_id: RoomId,
        client_id: ClientId,
        result: Result<Answer, Failure>,
    ) {
        match result {
            Ok(Answer::Sent(message)) => self.sent(&message),
            Ok(_) => self.send_failed(room_id, client_id, Verdict::RetryUnknown { after_ms: None }),
            Err(failure) => self.send_failed(room_id, client_id, failure.verdict()),
        }
    }

    pub(super) fn send_refused(&mut self, client_id: ClientId, refusal: Refusal) {
        if let Some((room_id, _)) = self.outbox.find(client_id) {
            self.send_failed(room_id, client_id, Failure::Refused(refusal).verdict());
        }
    }

    fn send_failed(&mut self, room_id: RoomId, client_id: ClientId, verdict: Verdict) {
        let flying = self.outbox.lane(room_id).and_then(|lane| lane.flight);
        let Some(flight) = flying.filter(|flight| flight.client_id == client_id) else { return };
        match verdict {
            Verdict::Reject(ErrorCode::CannotReply) if self.unlink(room_id, client_id) => {}
            Verdict::Reject(code) => self.park(client_id, ParkReason::Rejected(code)),
            Verdict::RetryRefused { after_ms } => {
                if flight.before == Fate::NotThere {
                    self.requeue(client_id);
                }
                self.rest(room_id, after_ms);
            }
            Verdict::RetryUnknown { after_ms } => self.rest(room_id, after_ms),
            Verdict::SignIn | Verdict::Upgrade => {}
        }
    }

    /// The server has nothing under the id that a message replies to: it was put back to a time before, and the original
    /// is lost or comes back under another id. What was written must not wait for that; it goes without the reply.
    fn unlink(&mut self, room_id: RoomId, client_id: ClientId) -> bool {
        let Some(entry) = self.entry(client_id).filter(|entry| entry.row.reply_to.is_some()) else {
            return false;
        };
        entry.row.reply_to = None;
        (entry.fate, entry.row.state) = (Fate::NotThere, OutboxState::Queued);
        if let Some(lane) = self.outbox.lane(room_id) {
            lane.flight = None;
        }
        self.write(vec![CacheWrite::OutboxUnlinked { client_id }]);
        true
    }

    fn requeue(&mut self, client_id: ClientId) {
        if let Some(entry) = self.entry(client_id) {
            entry.fate = Fate::NotThere;
            entry.row.state = OutboxState::Queued;
            self.write(vec![CacheWrite::OutboxQueued { client_id }]);
        }
    }

    fn rest(&mut self, room_id: RoomId, after_ms: Option<u64>) {
        let Some(lane) = self.outbox.lane(room_id) else { return };
        lane.flight = None;
        lane.pace = Pace::Resting;
        let wait = lane.backoff.fail(after_ms);
        self.start(Timer::Send(room_id), wait);
    }

    fn park(&mut self, client_id: ClientId, reason: ParkReason) {
        let Some((room_id, _)) = self.outbox.find(client_id) else { return };
        if let Some(lane) = self.outbox.lane(room_id) {
            lane.flight = None;
        }
        if let Some(entry) = self.entry(client_id) {
            entry.row.state = OutboxState::Parked(reason);
            entry.fate = Fate::NotThere;
        }
        self.write(vec![CacheWrite::OutboxParked { client_id, reason }]);
    }

    /// Parks whatever has waited too long, connected or not.
    pub(super) fn park_stale(&mut self) {
        let (now, limit) = (self.now, self.limit());
        for room_id in self.outbox.rooms() {
            let told = self.is_told_all(room_id);
            let Some(lane) = self.outbox.lane(room_id) else { continue };
            let stale = lane.waiting().filter(|e| is_known(e, told) && is_stale(&e.row, now, limit));
            let stale: Vec<ClientId> = stale.map(|entry| entry.row.client_id).collect();
            stale.into_iter().for_each(|client_id| self.park(client_id, ParkReason::Stale));
        }
        self.watch_stale();
    }

    /// Sets the timer for the next message that would become stale. One that is overdue waits for the feed's word.
    pub(super) fn watch_stale(&mut self) {
        let (now, limit) = (self.now, self.limit());
        let mut next: Option<Timestamp> = None;
        for room_id in self.outbox.rooms() {
            let told = self.is_told_all(room_id);
            let Some(lane) = self.outbox.lane(room_id) else { continue };
            let due = lane.waiting().filter(|e| is_known(e, told) || !is_stale(&e.row, now, limit));
            let first = due.map(|entry| stale_at(&entry.row, limit).max(now)).min();
            next = next.into_iter().chain(first).min();
        }
        if let Some(moment) = next {
            let wait = u64::try_from(moment.0.saturating_sub(now.0)).unwrap_or_default().saturating_add(1);
            self.start(Timer::Stale, Wait::For(Duration::from_millis(wait)));
        }
    }

    fn limit(&self) -> Duration {
        self.stale_after.unwrap_or(limits::STALE_AFTER)
    }

    /// Whether everything the server has of a room has been seen: only then does it tell what the server lacks.
    fn is_told_all(&self, room_id: RoomId) -> bool {
        self.stream.caught_up && !self.rooms.get(&room_id).is_some_and(RoomState::is_incomplete)
    }

    /// If this is one's own message and it is in the outbox: it has arrived.
    pub(super) fn acknowledgement(&mut self, message: Option<&Message>) -> Vec<CacheWrite> {
        let own = message.filter(|message| message.sender_account == self.me);
        let Some((message, client_id)) = own.and_then(|message| Some((message, message.client_id?))) else {
            return Vec::new();
        };
        self.changes.release(message.room_id, client_id, message.id);
        match self.outbox.remove(client_id) {
            Some(_) => {
                vec![CacheWrite::OutboxAcked { client_id, message: Box::new(message.clone()), at: self.now }]
            }
            None => Vec::new(),
        }
    }

    fn entry(&mut self, client_id: ClientId) -> Option<&mut Entry> {
        let (room_id, position) = self.outbox.find(client_id)?;
        self.outbox.lane(room_id)?.entries.get_mut(&position)
    }
}

/// Whether it is certain that the server lacks a message.
fn is_known(entry: &Entry, told_all: bool) -> bool {
    entry.fate == Fate::NotThere || told_all
}

fn stale_at(row: &OutboxRow, limit: Duration) -> Timestamp {
    let since = row.confirmed_at.unwrap_or(row.composed_at);
    Timestamp(since.0.saturating_add(i64::try_from(limit.as_millis()).unwrap_or(i64::MAX)))
}

fn is_stale(row: &OutboxRow, now: Timestamp, limit: Duration) -> bool {
    now > stale_at(row, limit)
}
