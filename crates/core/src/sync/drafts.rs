//! Drafts shared among the person's devices, on their way to the server and back: a register a room, the latest counts.
//!
//! No text is here. The cache holds what is written and what the server last had, and brings both together; here is only
//! which rooms may have something to put. So a room is asked for once too often rather than forgotten.

use std::collections::BTreeMap;
use std::time::Duration;

use bedside_protocol::RoomId;
use bedside_protocol::wire::{Drafts as Page, SharedDraft};

use super::call::{Answer, Call, Failure, Purpose, Verdict};
use super::event::Haste;
use super::{Backoff, Effect, Machine, Timer, Wait};
use crate::cache_write::{CacheWrite, DraftsSync, Sharing};

/// What is typed is put this long after it began to differ: another device is sat down at no sooner.
const GATHERED: Wait = Wait::For(Duration::from_secs(4));
/// Rooms put at once.
const AT_ONCE: usize = 4;

/// What may be to be put.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    sharing: Sharing,
    listing: Listing,
    backoff: Backoff,
    wanted: BTreeMap<RoomId, Wanted>,
}

/// Whether what the server has is known, as of this connection: nothing is put before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listing {
    /// To be asked for, from behind this room on.
    Wanted(Option<RoomId>),
    Asking,
    Resting(Option<RoomId>),
    Done,
    /// The server knows no shared drafts, or none of this account.
    #[default]
    None,
}

#[derive(Debug, Default)]
struct Wanted {
    state: State,
    /// Something was written while a call was under way.
    again: bool,
    backoff: Backoff,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ready,
    /// More will be written soon; the timer runs.
    Gathering,
    /// A call is under way.
    Flying,
    /// Failed; the timer runs.
    Resting,
}

impl Drafts {
    pub(super) fn load(&mut self, held: DraftsSync) {
        self.sharing = held.sharing;
        if held.sharing != Sharing::On {
            // What is under way would reach the server after it was taken out there.
            self.wanted.retain(|_, wanted| wanted.state == State::Flying);
        }
        for room_id in held.rooms {
            self.wanted.entry(room_id).or_default();
        }
    }

    /// What the server has is to be asked for anew.
    pub(super) fn list_again(&mut self) {
        self.listing = Listing::Wanted(None);
    }

    pub(super) fn drop_flights(&mut self) {
        if let Listing::Asking | Listing::Resting(_) = self.listing {
            self.list_again();
        }
        self.wanted.values_mut().for_each(|wanted| wanted.state = State::Ready);
    }

    fn has_flights(&self) -> bool {
        self.wanted.values().any(|wanted| wanted.state == State::Flying)
    }

    pub(super) fn are_settled(&self) -> bool {
        match self.sharing {
            Sharing::Off => true,
            Sharing::On => self.wanted.is_empty() && matches!(self.listing, Listing::Done | Listing::None),
            Sharing::Leaving => false,
        }
    }
}

impl Machine {
    /// The person has chosen otherwise.
    pub(super) fn draft_sharing(&mut self, held: DraftsSync) {
        if held.sharing != self.drafts.sharing {
            self.drafts.list_again();
        }
        self.drafts.load(held);
        self.pump();
    }

    /// Something was written, sent or decided upon.
    pub(super) fn draft_kept(&mut self, room_id: RoomId, haste: Haste) {
        self.want_draft(room_id, haste);
        self.pump();
    }

    fn want_draft(&mut self, room_id: RoomId, haste: Haste) {
        if self.drafts.sharing != Sharing::On {
            return;
        }
        let is_new = !self.drafts.wanted.contains_key(&room_id);
        let wanted = self.drafts.wanted.entry(room_id).or_default();
        match (wanted.state, haste) {
            (State::Flying, _) => wanted.again = true,
            (State::Ready, Haste::Soon) if is_new => {
                wanted.state = State::Gathering;
                self.start(Timer::Draft(room_id), GATHERED);
            }
            (State::Gathering, Haste::Now) => {
                wanted.state = State::Ready;
                self.stop(Timer::Draft(room_id));
            }
            (State::Ready | State::Gathering | State::Resting, _) => {}
        }
    }

    /// Another device has put something, or this one.
    pub(super) fn draft_heard(&mut self, draft: SharedDraft, writes: &mut Vec<CacheWrite>) {
        if self.drafts.sharing == Sharing::On {
            self.want_draft(draft.room_id, Haste::Now);
            writes.push(CacheWrite::Draft(Box::new(draft)));
        }
    }

    /// Nothing leaves during a snapshot: what another life of the server has is asked for first.
    pub(super) fn pump_drafts(&mut self) {
        if self.snapshot.is_some() {
            return;
        }
        match (self.drafts.sharing, self.drafts.listing) {
            (Sharing::Off, _) => {}
            (Sharing::Leaving, Listing::Wanted(_)) if !self.drafts.has_flights() => {
                self.drafts.listing = Listing::Asking;
                self.call(Purpose::WithdrawDrafts, Call::WithdrawDrafts);
            }
            (Sharing::On, Listing::Wanted(after_room)) => {
                self.drafts.listing = Listing::Asking;
                self.call(Purpose::Drafts { after_room }, Call::Drafts { after_room });
            }
            (Sharing::On, Listing::Done) => self.put_drafts(),
            (Sharing::On | Sharing::Leaving, _) => {}
        }
    }

    fn put_drafts(&mut self) {
        let wanted = &mut self.drafts.wanted;
        let flying = wanted.values().filter(|wanted| wanted.state == State::Flying).count();
        let ready = wanted.iter_mut().filter(|(_, wanted)| wanted.state == State::Ready);
        let due: Vec<RoomId> = ready
            .take(AT_ONCE.saturating_sub(flying))
            .map(|(room_id, wanted)| {
                (wanted.state, wanted.again) = (State::Flying, false);
                *room_id
            })
            .collect();
        for room_id in due {
            let call = self.reserve(Purpose::PutDraft(room_id));
            self.out.push(Effect::PutDraft(call, room_id));
        }
    }

    pub(super) fn draft_timer(&mut self, room_id: RoomId) {
        let waiting = self.drafts.wanted.get_mut(&room_id);
        if let Some(wanted) = waiting.filter(|one| matches!(one.state, State::Gathering | State::Resting)) {
            wanted.state = State::Ready;
        }
        self.pump();
    }

    /// Time to ask once more what the server has.
    pub(super) fn drafts_timer(&mut self) {
        if let Listing::Resting(after_room) = self.drafts.listing {
            self.drafts.listing = Listing::Wanted(after_room);
        }
        self.pump();
    }

    pub(super) fn drafts_answered(&mut self, after_room: Option<RoomId>, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::Drafts(page)) => self.drafts_page(page),
            Err(failure) if matches!(failure.verdict(), Verdict::Reject(_)) => {
                self.drafts.listing = Listing::None;
            }
            Ok(_) => self.drafts_failed(after_room, &Failure::Unknown),
            Err(failure) => self.drafts_failed(after_room, &failure),
        }
    }

    fn drafts_page(&mut self, page: Page) {
        self.drafts.backoff.reset();
        let last = page.drafts.last().map(|draft| draft.room_id).filter(|_| page.has_more);
        self.drafts.listing = last.map_or(Listing::Done, |last| Listing::Wanted(Some(last)));
        let mut writes = Vec::with_capacity(page.drafts.len());
        for draft in page.drafts {
            // Of a room that is not held yet, the feed is about to tell.
            if self.rooms.contains_key(&draft.room_id) {
                self.draft_heard(draft, &mut writes);
            }
        }
        if self.drafts.listing == Listing::Done {
            writes.push(CacheWrite::DraftsListed);
        }
        self.write(writes);
    }

    fn drafts_failed(&mut self, after_room: Option<RoomId>, failure: &Failure) {
        self.drafts.listing = Listing::Resting(after_room);
        let wait = self.drafts.backoff.fail(failure.retry_after_ms());
        self.start(Timer::Drafts, wait);
    }

    /// Nothing of this device is on the server any more; one that never heard of drafts has none.
    pub(super) fn drafts_withdrawn(&mut self, result: Result<Answer, Failure>) {
        if self.drafts.sharing != Sharing::Leaving {
            return self.drafts.list_again(); // The person has thought better of it.
        }
        match result {
            Err(failure) if !matches!(failure.verdict(), Verdict::Reject(_)) => {
                self.drafts_failed(None, &failure);
            }
            _ => {
                self.drafts = Drafts::default();
                self.write(vec![CacheWrite::DraftsWithdrawn]);
            }
        }
    }

    pub(super) fn draft_put(&mut self, room_id: RoomId, result: Result<Answer, Failure>) {
        if self.drafts.sharing != Sharing::On {
            self.drafts.wanted.remove(&room_id);
            return;
        }
        match result {
            // The cache may have something more recent by now: then it is said so.
            Ok(Answer::Draft(None)) => self.draft_done(room_id),
            Ok(Answer::Draft(Some(answer))) => {
                self.write(vec![CacheWrite::Draft(Box::new(answer.draft))]);
                if answer.kept { self.draft_done(room_id) } else { self.draft_failed(room_id, None) }
            }
            Err(failure) if matches!(failure.verdict(), Verdict::Reject(_)) => {
                self.drafts.wanted.remove(&room_id);
            }
            Ok(_) => self.draft_failed(room_id, None),
            Err(failure) => self.draft_failed(room_id, failure.retry_after_ms()),
        }
    }

    fn draft_done(&mut self, room_id: RoomId) {
        let again = self.drafts.wanted.remove(&room_id).is_some_and(|wanted| wanted.again);
        if again {
            self.want_draft(room_id, Haste::Soon);
        }
    }

    fn draft_failed(&mut self, room_id: RoomId, after_ms: Option<u64>) {
        if let Some(wanted) = self.drafts.wanted.get_mut(&room_id) {
            wanted.state = State::Resting;
            let wait = wanted.backoff.fail(after_ms);
            self.start(Timer::Draft(room_id), wait);
        }
    }
}
