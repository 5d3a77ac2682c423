//! What finding messages means in both stores: which terms a message has and a search asks for, which rooms are looked
//! through how far, and what a page of matches is.
//!
//! A room's messages are indexed by its revisions: `rev` says up to which every change is in, `seq_from` down to which
//! place what was there before is. Neither costs whoever sends anything, and what is not in yet is looked at by itself as
//! long as it is little.

mod page;
mod rooms;
mod walk;
mod windows;

use std::collections::BTreeMap;

use bedside_protocol::AccountId;
use bedside_protocol::search::{
    Author, FORM, Fact, SearchFilter, Terms, fold, grams, grams_of_part, has_link,
};
use bedside_protocol::{RoomId, RoomSeq, Timestamp};

use super::membership::Member;
use crate::store::{Actor, SearchRequest};

use page::{Page, newest_first};
pub(in crate::store) use rooms::{Indexed, Listed, ROOMS_AT_ONCE, Readable, Rooms, due, oldest_of};
pub(in crate::store) use walk::{ASKED_FOR, Walk};
pub(in crate::store) use windows::{Window, Windows};

/// The form of the server's index: that of the terms, and of the facts beside them.
pub(in crate::store) const INDEX_FORM: i64 = FORM * 100 + 1;
/// Messages indexed in one transaction, for which one that is sent may wait.
pub(in crate::store) const SLICE: i64 = 200;
/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

/// A message as it is looked at.
#[derive(Clone, Debug)]
pub(in crate::store) struct Candidate {
    pub(in crate::store) id: i64,
    pub(in crate::store) room_id: RoomId,
    pub(in crate::store) room_seq: RoomSeq,
    pub(in crate::store) rev: i64,
    pub(in crate::store) sender: AccountId,
    pub(in crate::store) stored_at: Timestamp,
    pub(in crate::store) urgent: bool,
    /// Nothing once it was taken back.
    pub(in crate::store) content: Option<String>,
}

impl Candidate {
    /// Everything that finds it while it says this.
    pub(in crate::store) fn terms(&self, content: &str, members: &[Member]) -> Vec<String> {
        let texts = grams(&fold(content));
        let facts = [Fact::Message, Fact::Room(self.room_id.get()), Fact::Sender(self.sender.get())];
        let readers = members.iter().map(|member| Fact::Reader(member.account_id.get()));
        let urgent = self.urgent.then_some(Fact::Urgent);
        let link = has_link(content).then_some(Fact::Link);
        let facts = facts.into_iter().chain(readers).chain(urgent).chain(link).map(Fact::term);
        texts.split(' ').filter(|term| !term.is_empty()).map(str::to_owned).chain(facts).collect()
    }

    /// The day it was stored on.
    pub(in crate::store) const fn day(&self) -> i64 {
        day(self.stored_at)
    }
}

/// The day of a moment, in UTC.
pub(in crate::store) const fn day(at: Timestamp) -> i64 {
    at.millis().div_euclid(DAY_MS)
}

/// The first and last id of each day.
pub(in crate::store) fn days<'c>(
    candidates: impl IntoIterator<Item = &'c Candidate>,
) -> BTreeMap<i64, (i64, i64)> {
    let mut days = BTreeMap::new();
    for candidate in candidates {
        let ids = days.entry(candidate.day()).or_insert((candidate.id, candidate.id));
        *ids = (ids.0.min(candidate.id), ids.1.max(candidate.id));
    }
    days
}

/// What somebody looks for.
pub(in crate::store) struct Sought {
    pub(in crate::store) me: AccountId,
    terms: Terms,
    pub(in crate::store) filter: SearchFilter,
}

impl Sought {
    pub(in crate::store) fn of(actor: Actor, request: &SearchRequest) -> Self {
        Sought { me: actor.account_id, terms: Terms::of(&request.text), filter: request.filter.clone() }
    }

    /// The terms that every match has, but for the one of its reader.
    pub(in crate::store) fn looked_up(&self) -> Vec<String> {
        let filter = &self.filter;
        let facts = [
            filter.room_id.map(|room_id| Fact::Room(room_id.get())),
            (filter.from == Some(Author::Me)).then_some(Fact::Sender(self.me.get())),
            filter.urgent.then_some(Fact::Urgent),
            filter.link.then_some(Fact::Link),
        ];
        let texts = self.terms.parts().iter().flat_map(|part| grams_of_part(part));
        texts.chain(facts.into_iter().flatten().map(Fact::term)).collect()
    }

    /// Whether a message of one's own rooms matches, as it is now.
    pub(in crate::store) fn takes(&self, candidate: &Candidate, rooms: &Rooms) -> bool {
        let filter = &self.filter;
        let Some(content) = &candidate.content else { return false };
        rooms.shows(candidate.room_id, candidate.room_seq)
            && filter.from.is_none_or(|from| (from == Author::Me) == (candidate.sender == self.me))
            && filter.since.is_none_or(|since| candidate.stored_at >= since)
            && filter.until.is_none_or(|until| candidate.stored_at < until)
            && (!filter.urgent || candidate.urgent)
            && (!filter.link || has_link(content))
            && self.terms.match_text(content)
    }
}
