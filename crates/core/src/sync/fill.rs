//! Fetching what is missing: changes of rooms a snapshot found outdated, then older history, newest first.
//!
//! Polite: one call at a time, and none while the person is sending.

use std::cmp::Reverse;
use std::time::Duration;

use bedside_protocol::wire::{MessagesPage, PageMessage};
use bedside_protocol::{Rev, RoomId, RoomSeq};

use super::call::{Answer, Call, CallId, Failure, Purpose, Range, Verdict};
use super::rooms::RoomState;
use super::{Backoff, Machine, Timer, Wait};
use crate::cache_write::CacheWrite;
use crate::gaps::Gaps;

/// Messages per call: about 60 kB.
const PAGE: u32 = 200;
/// The newest stretch of every room comes before anybody's older history.
const FIRST_PAGE: i64 = 50;
/// Writes that are kept at most: about a thousand messages.
const KEPT: usize = 2_000;
/// How long what has been fetched may wait for more.
const KEPT_FOR: Duration = Duration::from_millis(250);

/// The one call under way.
#[derive(Debug, Default)]
pub(super) struct Fill {
    pub(super) call: Option<CallId>,
    /// What has been fetched and is not on screen, until it is worth a transaction: each waits for the disk.
    kept: Vec<CacheWrite>,
    backoff: Backoff,
    pace: Pace,
    /// The place somebody went to: what is missing around it comes before everything else.
    wanted: Option<(RoomId, RoomSeq)>,
}

impl Fill {
    /// What is to be written before anything else.
    pub(super) fn take_kept(&mut self) -> Vec<CacheWrite> {
        std::mem::take(&mut self.kept)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pace {
    #[default]
    Ready,
    /// The last call failed; a timer runs.
    Resting,
}

/// How urgent a room's next call is; smaller comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    Wanted,
    OnScreen,
    Outdated,
    FirstPage,
    History,
}

impl Machine {
    pub(super) fn pump_fill(&mut self) {
        let free = self.fill.call.is_none() && self.fill.pace == Pace::Ready;
        if !free || self.snapshot.is_some() || self.outbox.is_busy() {
            return;
        }
        if let Some((room_id, state)) = self.next_to_fill() {
            let (purpose, call) = next_call(room_id, state, self.wanted_in(room_id));
            self.fill.call = Some(self.call(purpose, call));
        }
    }

    fn next_to_fill(&self) -> Option<(RoomId, &RoomState)> {
        let incomplete = self.rooms.iter().filter(|(_, state)| state.is_incomplete());
        let first = incomplete
            .min_by_key(|(room_id, state)| (self.urgency(**room_id, state), Reverse(state.recency)))?;
        Some((*first.0, first.1))
    }

    fn urgency(&self, room_id: RoomId, state: &RoomState) -> Urgency {
        let newest = state.gaps.newest().map_or(0, |(_, to)| to.0);
        if self.wanted_in(room_id).is_some_and(|seq| state.gaps.contains(seq)) {
            Urgency::Wanted
        } else if self.seen.room_id == Some(room_id) {
            Urgency::OnScreen
        } else if state.is_outdated() {
            Urgency::Outdated
        } else if newest > state.last_seq.0 - FIRST_PAGE {
            Urgency::FirstPage
        } else {
            Urgency::History
        }
    }

    /// Somebody went to a place: the page around it is fetched next. The last wish counts.
    pub(super) fn place_wanted(&mut self, room_id: RoomId, seq: RoomSeq) {
        self.fill.wanted = Some((room_id, seq));
        self.pump();
    }

    fn wanted_in(&self, room_id: RoomId) -> Option<RoomSeq> {
        self.fill.wanted.filter(|(room, _)| *room == room_id).map(|(_, seq)| seq)
    }

    pub(super) fn fill_rested(&mut self) {
        self.fill.pace = Pace::Ready;
        self.pump();
    }

    fn fill_failed(&mut self, room_id: RoomId, failure: &Failure) {
        if matches!(failure.verdict(), Verdict::Reject(_)) {
            return self.give_up_on(room_id);
        }
        self.fill.pace = Pace::Resting;
        let wait = self.fill.backoff.fail(failure.retry_after_ms());
        self.start(Timer::Fill, wait);
    }

    /// The server denies the room: nothing more is to be had until the next start or snapshot.
    fn give_up_on(&mut self, room_id: RoomId) {
        if let Some(state) = self.rooms.get_mut(&room_id) {
            state.gaps = Gaps::default();
            state.room_rev = state.synced_rev;
        }
    }

    pub(super) fn stretch_answered(
        &mut self,
        room_id: RoomId,
        from: RoomSeq,
        to: RoomSeq,
        result: Result<Answer, Failure>,
    ) {
        self.fill.call = None;
        match result {
            Ok(Answer::Messages(page)) if !(page.has_more && page.messages.is_empty()) => {
                self.fill.backoff.reset();
                self.stretch_page(room_id, from, to, page);
            }
            Ok(_) => self.fill_failed(room_id, &Failure::Unknown),
            Err(failure) => self.fill_failed(room_id, &failure),
        }
    }

    /// A page ending just before `to + 1` covers everything from its first message on; the last page, everything.
    fn stretch_page(&mut self, room_id: RoomId, from: RoomSeq, to: RoomSeq, page: MessagesPage) {
        let first = page.messages.first().map_or(from, |message| message.message.room_seq);
        let from = if page.has_more { first } else { RoomSeq(1) };
        let mut writes = self.take_page(page.messages);
        writes.push(CacheWrite::Covered { room_id, from, to });
        if let Some(state) = self.rooms.get_mut(&room_id) {
            state.gaps.cover(from, to);
        }
        self.delivery_touched(room_id);
        self.keep(room_id, writes);
    }

    pub(super) fn changes_answered(&mut self, room_id: RoomId, result: Result<Answer, Failure>) {
        self.fill.call = None;
        match result {
            Ok(Answer::Messages(page)) if !(page.has_more && page.messages.is_empty()) => {
                self.fill.backoff.reset();
                self.changes_page(room_id, page);
            }
            Ok(_) => self.fill_failed(room_id, &Failure::Unknown),
            Err(failure) => self.fill_failed(room_id, &failure),
        }
    }

    /// Changes come in order of revision: everything up to the last one is known now; at the end, everything.
    fn changes_page(&mut self, room_id: RoomId, page: MessagesPage) {
        let last = page.messages.last().map(|message| message.message.rev);
        let rev = last.filter(|_| page.has_more).unwrap_or(page.room_rev);
        let mut writes = self.take_page(page.messages);
        writes.extend(self.changes_known(room_id, rev, page.has_more));
        self.keep(room_id, writes);
    }

    fn changes_known(&mut self, room_id: RoomId, rev: Rev, more: bool) -> Option<CacheWrite> {
        let state = self.rooms.get_mut(&room_id)?;
        state.synced_rev = state.synced_rev.max(rev);
        if !more {
            // A revision the server no longer reaches (it was restored) is not waited for.
            state.room_rev = state.synced_rev;
        }
        Some(CacheWrite::RoomSynced { room_id, rev: state.synced_rev })
    }

    /// Keeps a page's writes back while more is being fetched. Nothing overtakes them: whatever is written next takes
    /// them along.
    fn keep(&mut self, room_id: RoomId, writes: Vec<CacheWrite>) {
        if self.seen.room_id == Some(room_id) {
            return self.write(writes);
        }
        if self.fill.kept.is_empty() {
            self.start(Timer::Keep, Wait::For(KEPT_FOR));
        }
        self.fill.kept.extend(writes);
    }

    /// Writes what was kept back, unless more is about to come.
    pub(super) fn write_kept_if_due(&mut self) {
        if self.fill.call.is_none() || self.fill.kept.len() >= KEPT {
            self.write_kept();
        }
    }

    /// Writes what was kept back.
    pub(super) fn write_kept(&mut self) {
        let kept = self.fill.take_kept();
        if !kept.is_empty() {
            self.stop(Timer::Keep);
            self.write(kept);
        }
    }

    fn take_page(&mut self, messages: Vec<PageMessage>) -> Vec<CacheWrite> {
        let mut writes = Vec::new();
        for PageMessage { message, .. } in messages {
            let (room_id, seq) = (message.room_id, message.room_seq);
            let me = self.me;
            let filled = self.rooms.get_mut(&room_id).is_some_and(|state| state.hold(&message, me));
            self.delivery_touched(room_id);
            let acknowledged = self.acknowledgement(Some(&message));
            writes.push(CacheWrite::Message(Box::new(message)));
            writes.extend(acknowledged);
            writes.extend(filled.then_some(CacheWrite::Covered { room_id, from: seq, to: seq }));
        }
        writes
    }
}

/// The page to ask for: of the newest stretch missing its end, unless somebody wants to see a place in the middle of one.
fn next_call(room_id: RoomId, state: &RoomState, wanted: Option<RoomSeq>) -> (Purpose, Call) {
    let around = wanted.and_then(|seq| {
        let (from, to) = state.gaps.stretches().find(|(from, to)| (*from..=*to).contains(&seq))?;
        Some((from, to.min(RoomSeq(seq.0.saturating_add(i64::from(PAGE) / 2)))))
    });
    let stretch = around.or_else(|| state.gaps.newest().filter(|_| !state.is_outdated()));
    match stretch {
        Some((from, to)) => {
            let range = Range::Before(to.next());
            let limit =
                PAGE.min(u32::try_from(to.0.saturating_sub(from.0).saturating_add(1)).unwrap_or(PAGE));
            (Purpose::Stretch { room_id, from, to }, Call::Messages { room_id, range, limit })
        }
        _ => {
            let range = Range::ChangedAfter(state.synced_rev);
            (Purpose::Changes { room_id }, Call::Messages { room_id, range, limit: PAGE })
        }
    }
}
