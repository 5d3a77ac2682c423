//! The walk from the newest message down: what the index is asked next, and what becomes of its answers.

use bedside_protocol::MessageId;

use super::{Candidate, Page, Rooms, Sought, Window, Windows, newest_first};

/// Most candidates asked for at once.
pub(in crate::store) const ASKED_FOR: i64 = 256;
/// So many candidates in a window make a wider one too many.
const MUCH: usize = 64;
/// Most windows looked through for one page.
const WINDOWS: usize = 64;

/// A page being filled.
pub(in crate::store) struct Walk {
    windows: Windows,
    left: usize,
    /// The window being looked through, shortened as it is.
    here: Option<Window>,
    /// What is not in the index, or not as it is now, newest first.
    beside: Vec<Candidate>,
    page: Page,
}

impl Walk {
    pub(in crate::store) fn new(windows: Windows, beside: Vec<Candidate>, most: u32) -> Self {
        let beside = newest_first(beside);
        Walk { windows, left: WINDOWS, here: None, beside, page: Page::new(most) }
    }

    /// Which ids the index is to be asked about: its newest candidates there, at most [`ASKED_FOR`].
    pub(in crate::store) fn ask(&mut self) -> Option<Window> {
        if self.page.is_full() {
            return None;
        }
        if self.here.is_none() && self.left > 0 {
            self.left -= 1;
            self.here = self.windows.next();
        }
        self.here
    }

    /// What the index has named, newest first.
    pub(in crate::store) fn answer(&mut self, named: Vec<Candidate>, sought: &Sought, rooms: &Rooms) {
        let Some(window) = self.here.take() else { return };
        if named.len() >= MUCH {
            self.windows.narrow();
        }
        let more = named.last().filter(|_| i64::try_from(named.len()).is_ok_and(|count| count >= ASKED_FOR));
        let first = more.map_or(window.first, |last| last.id);
        let beside = self.beside.iter().filter(|one| (first..=window.last).contains(&one.id)).cloned();
        let all = newest_first(named.into_iter().chain(beside).collect());
        if all.iter().all(|candidate| self.page.look(candidate, sought.takes(candidate, rooms))) {
            self.page.reach(first);
            self.here = (first > window.first).then_some(Window { last: first - 1, ..window });
        }
    }

    /// Below which id the index is to be asked for its next one, so that stretches without any are passed over.
    pub(in crate::store) fn gap(&self) -> Option<i64> {
        (self.here.is_none() && !self.page.is_full() && !self.windows.is_over())
            .then(|| self.windows.newest() + 1)
    }

    /// The index has nothing above this id any more.
    pub(in crate::store) fn skip_to(&mut self, indexed: Option<i64>) {
        let last = self.windows.newest();
        let beside = self.beside.iter().map(|one| one.id).find(|id| *id <= last);
        self.windows.skip_to(indexed.max(beside).unwrap_or(-1));
    }

    /// The ids found, newest first, and before which id it goes on, unless that was all.
    pub(in crate::store) fn end(self) -> (Vec<i64>, Option<MessageId>) {
        let all = self.here.is_none() && self.windows.is_over();
        self.page.end(all)
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::search::SearchFilter;
    use bedside_protocol::wire::Role;
    use bedside_protocol::{AccountId, DeviceId, RoomId, RoomSeq, Timestamp};

    use super::super::{Indexed, Listed, Readable};
    use super::*;
    use crate::store::{Actor, SearchRequest};

    const ANA: Actor =
        Actor { account_id: AccountId(1), role: Role::Patient, device_id: DeviceId(1), session_id: 1 };

    fn candidate(id: i64, content: &str) -> Candidate {
        Candidate {
            id,
            room_id: RoomId(1),
            room_seq: RoomSeq(id),
            rev: id,
            sender: AccountId(1),
            stored_at: Timestamp(0),
            urgent: false,
            content: Some(content.to_owned()),
        }
    }

    fn rooms() -> Rooms {
        let indexed = Some(Indexed { rev: 9, seq_from: 1 });
        let listed = Listed { room_id: RoomId(1), last_seq: 9, room_rev: 9, indexed };
        Rooms::of(ANA, [Readable { until_seq: None, listed }])
    }

    fn sought(text: &str) -> Sought {
        let request =
            SearchRequest { text: text.to_owned(), filter: SearchFilter::default(), before: None, limit: 50 };
        Sought::of(ANA, &request)
    }

    /// Every page of a walk over messages, of which those in the index are named whatever they say.
    fn pages(indexed: &[Candidate], beside: &[Candidate], most: u32) -> Vec<Vec<i64>> {
        let (mut pages, mut last, mut asked) = (Vec::new(), 90_000_000, 0);
        loop {
            let mut walk = Walk::new(Windows::new(0, last, &[4, 6]), beside.to_vec(), most);
            while let Some(window) = walk.ask() {
                asked += 1;
                let within = |one: &&Candidate| (window.first..=window.last).contains(&one.id);
                let named = indexed.iter().rev().filter(within).take(256).cloned().collect();
                walk.answer(named, &sought("yes"), &rooms());
                if let Some(below) = walk.gap() {
                    walk.skip_to(indexed.iter().rev().map(|one| one.id).find(|id| *id < below));
                }
            }
            let (found, next) = walk.end();
            pages.push(found);
            match next {
                Some(next) => last = next.get() - 1,
                None => {
                    assert!(asked < 2_000, "{asked}");
                    return pages;
                }
            }
        }
    }

    #[test]
    fn pages_hold_every_match_once_whatever_lies_between() {
        let says = |id: i64| candidate(id, if id % 3 == 0 { "yes" } else { "no" });
        let indexed: Vec<Candidate> = (1..9_000).map(says).collect();
        let beside: Vec<Candidate> = (8_990..9_010).map(says).collect();
        let found: Vec<i64> = pages(&indexed, &beside, 7).into_iter().flatten().collect();
        let wanted: Vec<i64> = (1..9_010).rev().filter(|id| id % 3 == 0).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn much_that_does_not_match_ends_a_page_before_its_time() {
        let indexed: Vec<Candidate> = (6..9_000).map(|id| candidate(id, "no")).collect();
        let pages = pages(&indexed, &[candidate(5, "yes")], 7);
        assert!(pages.len() > 3, "{}", pages.len());
        assert_eq!(pages.concat(), [5]);
    }
}
