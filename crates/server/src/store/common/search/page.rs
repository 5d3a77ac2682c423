//! A page of matches, filled from the newest candidate to the oldest.

use bedside_protocol::MessageId;

use super::Candidate;

/// Most candidates whose text is looked at for one page.
const LOOKED_AT: usize = 2_000;

/// What was found so far.
pub(super) struct Page {
    most: usize,
    found: Vec<i64>,
    looked_at: usize,
    /// The last candidate looked at, or the first id of the last window.
    down_to: Option<i64>,
    full: bool,
}

impl Page {
    pub(super) fn new(most: u32) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Page { most, found: Vec::new(), looked_at: 0, down_to: None, full: false }
    }

    /// Looks at the next candidate; false once the page is full.
    pub(super) fn look(&mut self, candidate: &Candidate, takes: bool) -> bool {
        if self.found.len() == self.most || self.looked_at == LOOKED_AT {
            self.full = true;
            return false;
        }
        if self.down_to != Some(candidate.id) {
            self.down_to = Some(candidate.id);
            self.looked_at += 1;
            if takes {
                self.found.push(candidate.id);
            }
        }
        true
    }

    /// Everything down to an id was looked at.
    pub(super) const fn reach(&mut self, id: i64) {
        self.down_to = Some(id);
    }

    /// Whether no more is to be looked at.
    pub(super) const fn is_full(&self) -> bool {
        self.full
    }

    /// The ids found, newest first, and before which id it goes on, unless that was all.
    pub(super) fn end(self, all: bool) -> (Vec<i64>, Option<MessageId>) {
        let next = self.down_to.filter(|_| self.full || !all).map(MessageId);
        (self.found, next)
    }
}

/// Candidates of two kinds, newest first.
pub(super) fn newest_first(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.id));
    candidates
}

#[cfg(test)]
mod tests {
    use bedside_protocol::{AccountId, RoomId, RoomSeq, Timestamp};

    use super::*;

    fn candidate(id: i64) -> Candidate {
        Candidate {
            id,
            room_id: RoomId(1),
            room_seq: RoomSeq(id),
            rev: id,
            sender: AccountId(1),
            stored_at: Timestamp(0),
            urgent: false,
            content: None,
        }
    }

    #[test]
    fn a_page_ends_with_its_last_match_and_goes_on_behind_what_was_looked_at() {
        let mut page = Page::new(2);
        for (id, takes) in [(9, true), (9, true), (8, false), (7, true)] {
            assert!(page.look(&candidate(id), takes));
        }
        assert!(!page.look(&candidate(6), true));
        assert_eq!(page.end(true), (vec![9, 7], Some(MessageId(7))));
    }

    #[test]
    fn the_end_of_everything_leads_nowhere() {
        let mut page = Page::new(2);
        assert!(page.look(&candidate(9), true));
        page.reach(0);
        assert_eq!(page.end(true), (vec![9], None));
        let mut page = Page::new(2);
        page.reach(512);
        assert_eq!(page.end(false), (vec![], Some(MessageId(512))));
    }

    #[test]
    fn no_page_costs_more_than_so_many_looks() {
        let mut page = Page::new(2);
        let looks = (1..=5_000).rev().take_while(|id| page.look(&candidate(*id), false)).count();
        assert_eq!(looks, LOOKED_AT);
        assert_eq!(page.end(true).1, Some(MessageId(5_000 - 1_999)));
    }
}
