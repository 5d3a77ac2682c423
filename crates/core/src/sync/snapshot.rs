//! The snapshot: every room as the server has it, when the feed cannot be continued from our place.
//!
//! It discards nothing. The feed goes on from where the first page was read; what the rooms have beyond what is
//! held is fetched afterwards, room by room, and is found again in the cache if the process dies meanwhile.

use std::collections::BTreeSet;

use bedside_protocol::wire::{ChatList, Room};
use bedside_protocol::{Cursor, Rev, RoomId, RoomSeq, Timestamp, limits};

use super::call::{Answer, Call, CallId, Failure, Purpose};
use super::changes::Changes;
use super::deliveries::Deliveries;
use super::marks::Marks;
use super::{Machine, People, Timer};
use crate::cache_write::CacheWrite;

/// A snapshot under way.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    pub(super) call: Option<CallId>,
    /// Where the feed goes on: what the first page was read at.
    base: Option<Cursor>,
    listed: BTreeSet<RoomId>,
    last: Option<RoomId>,
    life: Life,
}

/// Which life of the server's database is being listed.
#[derive(Debug, Default, PartialEq)]
enum Life {
    /// The cursor's own.
    #[default]
    Same,
    /// The first one. All of it is written at the end in one group: without a cursor nothing would tell which life
    /// the part of a list belongs to.
    First(Vec<CacheWrite>),
    /// Another one: revisions held compare with nothing. All of it is written at the end in one group, headed by
    /// the cursor, which makes the cache forget its revisions.
    Other(Vec<CacheWrite>),
}

impl Machine {
    pub(super) fn start_snapshot(&mut self) {
        self.drop_snapshot();
        self.cancel_feed();
        self.stream.caught_up = false;
        self.snapshot = Some(Snapshot::default());
        self.fetch_list();
    }

    pub(super) fn drop_snapshot(&mut self) {
        let Some(snapshot) = self.snapshot.take() else { return };
        if let Some(call) = snapshot.call {
            self.cancel(call);
        }
        if snapshot.life != Life::Same {
            // Nothing of it was written: what was decided on the way is decided again.
            self.rooms.clear();
            self.reload();
        }
        self.stop(Timer::Snapshot);
    }

    pub(super) fn fetch_list(&mut self) {
        let Some(after_room) = self.snapshot.as_ref().filter(|s| s.call.is_none()).map(|s| s.last) else {
            return;
        };
        let call = self.call(Purpose::List, Call::ChatList { after_room });
        if let Some(snapshot) = &mut self.snapshot {
            snapshot.call = Some(call);
        }
    }

    pub(super) fn list_answered(&mut self, result: Result<Answer, Failure>) {
        let Some(snapshot) = &mut self.snapshot else { return };
        snapshot.call = None;
        match result {
            Ok(Answer::ChatList(page)) => self.list_page(page),
            Ok(_) => self.list_failed(&Failure::Unknown),
            Err(failure) => self.list_failed(&failure),
        }
    }

    fn list_failed(&mut self, failure: &Failure) {
        if self.link.live().is_none() {
            return self.poll_failed(failure);
        }
        let wait = self.snapshot_backoff.fail(failure.retry_after_ms());
        self.start(Timer::Snapshot, wait);
    }

    fn list_page(&mut self, page: ChatList) {
        self.poll_succeeded();
        self.snapshot_backoff.reset();
        let Some(snapshot) = &mut self.snapshot else { return };
        let first = snapshot.base.is_none();
        let base = snapshot.base.get_or_insert_with(|| page.cursor.clone()).clone();
        if base.epoch != page.cursor.epoch {
            return self.start_snapshot();
        }
        snapshot.listed.extend(page.rooms.iter().map(|room| room.room_id));
        snapshot.last = page.rooms.last().map(|room| room.room_id).or(snapshot.last);
        if first {
            self.begin_life(&base);
        }
        let writes = page.rooms.into_iter().flat_map(|room| self.listed_room(room)).collect();
        if page.has_more {
            self.keep_page(writes);
            return self.fetch_list();
        }
        if let Some(snapshot) = self.snapshot.take() {
            let writes = self.finish_snapshot(snapshot, base, writes);
            self.settle(writes);
            self.go_on_from_snapshot();
        }
    }

    fn begin_life(&mut self, base: &Cursor) {
        let life = match &self.stream.cursor {
            None => Life::First(Vec::new()),
            Some(cursor) if is_other_life(cursor, base) => Life::Other(Vec::new()),
            Some(_) => return,
        };
        if matches!(life, Life::Other(_)) {
            self.begin_other_life();
        }
        if let Some(snapshot) = &mut self.snapshot {
            snapshot.life = life;
        }
    }

    fn begin_other_life(&mut self) {
        (self.reads, self.deliveries) = (Marks::default(), Deliveries::default());
        self.flags.other_life();
        let cleared = self.notices.forget();
        self.tell(cleared);
        for room in self.rooms.values_mut() {
            (room.synced_rev, room.room_rev, room.seen_rev) = (Rev(0), Rev(0), Rev(0));
        }
    }

    fn keep_page(&mut self, writes: Vec<CacheWrite>) {
        match self.snapshot.as_mut().map(|snapshot| &mut snapshot.life) {
            Some(Life::First(held) | Life::Other(held)) => held.extend(writes),
            _ => self.write(writes),
        }
    }

    fn listed_room(&mut self, room: Room) -> Vec<CacheWrite> {
        if self.snapshot.as_ref().is_some_and(|snapshot| matches!(snapshot.life, Life::Other(_))) {
            self.move_to_other_life(&room);
        }
        let last = room.last_message.clone();
        let writes = self.snapshot_room(room);
        match (last, &self.stream.cursor) {
            (Some(last), Some(_)) => self.ring(&last),
            (Some(last), None) => self.keep_silent(&last),
            (None, _) => {}
        }
        writes
    }

    /// Places and marks of another life say nothing here. What it wrote since has ids beyond all that is held.
    fn move_to_other_life(&mut self, room: &Room) {
        let Some(state) = self.rooms.get_mut(&room.room_id) else { return };
        state.last_seq = state.last_seq.min(room.last_seq);
        state.placed_seq = state.last_seq;
        state.gaps.cover(room.last_seq.next(), RoomSeq(i64::MAX));
        let is_news = room.last_message.as_ref().is_some_and(|last| last.id.0 > state.recency);
        state.rung_seq = if is_news { room.my_read.up_to } else { room.last_seq };
    }

    /// The last group: with the cursor, which in another life comes first.
    fn finish_snapshot(
        &mut self,
        snapshot: Snapshot,
        base: Cursor,
        last_page: Vec<CacheWrite>,
    ) -> Vec<CacheWrite> {
        let gone = self.rooms.keys().filter(|room_id| !snapshot.listed.contains(room_id));
        let gone: Vec<CacheWrite> = gone.map(|room_id| CacheWrite::RoomGone(*room_id)).collect();
        self.denied.clear();
        self.stream.cursor = Some(base.clone());
        let cursor = CacheWrite::Cursor(base);
        let resynced = std::mem::take(&mut self.resync).then_some(CacheWrite::Resynced);
        match snapshot.life {
            Life::Same => last_page.into_iter().chain(gone).chain([cursor]).chain(resynced).collect(),
            Life::First(held) => held.into_iter().chain(last_page).chain([cursor]).chain(resynced).collect(),
            Life::Other(held) => {
                self.stream.restart();
                // What was asked of the other life, or wished for meanwhile, is worth nothing in this one.
                self.cancel_calls();
                (self.reads, self.deliveries) = (Marks::default(), Deliveries::default());
                self.changes = Changes::default(); // Some have lost their message: the cache knows which.
                self.flags.other_life();
                let reoffer = CacheWrite::Reoffer { acked_after: self.ages_ago() };
                let listed = [cursor].into_iter().chain(held).chain(last_page).chain(gone);
                listed.chain([reoffer]).chain(resynced).collect()
            }
        }
    }

    fn go_on_from_snapshot(&mut self) {
        self.drafts.list_again();
        self.reload();
        self.fetch_people();
        if self.link.is_polling() { self.fetch_feed() } else { self.close_gap() }
    }

    /// Acknowledged rows are kept from this moment on.
    pub(super) fn ages_ago(&self) -> Timestamp {
        let kept = i64::try_from(limits::ACKED_KEPT.as_millis()).unwrap_or(i64::MAX);
        Timestamp(self.now.0.saturating_sub(kept))
    }

    pub(super) fn fetch_people(&mut self) {
        self.people = People::Wanted;
        if !self.calls.values().any(|purpose| *purpose == Purpose::People) {
            self.call(Purpose::People, Call::People);
        }
    }
}

/// Whether a server that is here now cannot be the one that named our cursor: restored, or put back to an older copy
/// without anybody saying so.
pub(super) fn is_other_life(ours: &Cursor, here: &Cursor) -> bool {
    ours.epoch != here.epoch || ours.feed_seq > here.feed_seq
}
