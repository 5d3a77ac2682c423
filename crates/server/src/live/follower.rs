//! A connection's place in its account's feed: events go out dense and in order, whatever order they arrive in.
//!
//! Pure: the store is asked by the driver when [`Follower::next_step`] says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use bedside_protocol::FeedSeq;

use crate::hub::LiveEvent;

/// Events held back for a missing one before the store is asked at once.
const HELD_MAX: usize = 64;

/// Where the connection stands and what it holds back.
pub(crate) struct Follower {
    last: FeedSeq,
    held: BTreeMap<FeedSeq, Arc<LiveEvent>>,
}

/// What to do about a missing event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing is missing.
    Listen,
    /// It is probably on its way (two commits can be announced out of order): wait a moment.
    WaitABit,
    /// Read the store from the cursor.
    CatchUp,
}

impl Follower {
    pub(crate) fn new(last: FeedSeq) -> Self {
        Follower { last, held: BTreeMap::new() }
    }

    /// The last event that went out.
    pub(crate) const fn last(&self) -> FeedSeq {
        self.last
    }

    /// Takes an event in and gives back what may go out now, in order.
    pub(crate) fn offer(&mut self, event: Arc<LiveEvent>) -> Vec<Arc<LiveEvent>> {
        let seq = event.event.feed_seq;
        if self.held.is_empty() && seq == self.last.next() {
            self.last = seq;
            return vec![event];
        }
        if seq > self.last {
            self.held.insert(seq, event);
        }
        self.release()
    }

    /// Continues from here after the store was read; gives back held events that follow.
    pub(crate) fn moved_to(&mut self, last: FeedSeq) -> Vec<Arc<LiveEvent>> {
        self.last = last;
        self.held = self.held.split_off(&last.next());
        self.release()
    }

    /// What to do now.
    pub(crate) fn next_step(&self) -> Step {
        match self.held.len() {
            0 => Step::Listen,
            held if held < HELD_MAX => Step::WaitABit,
            _ => Step::CatchUp,
        }
    }

    fn release(&mut self) -> Vec<Arc<LiveEvent>> {
        let mut ready = Vec::new();
        while let Some(event) = self.held.remove(&self.last.next()) {
            self.last = event.event.feed_seq;
            ready.push(event);
        }
        ready
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::feed::{Change, FeedEvent};

    use super::*;

    fn event(seq: i64) -> Arc<LiveEvent> {
        Arc::new(LiveEvent::new(FeedEvent { feed_seq: FeedSeq(seq), change: Change::Gone }, None))
    }

    fn seqs(events: &[Arc<LiveEvent>]) -> Vec<i64> {
        events.iter().map(|event| event.event.feed_seq.0).collect()
    }

    #[test]
    fn events_out_of_order_go_out_in_order() {
        let mut follower = Follower::new(FeedSeq(4));
        assert!(follower.offer(event(6)).is_empty());
        assert_eq!(follower.next_step(), Step::WaitABit);
        assert_eq!(seqs(&follower.offer(event(5))), [5, 6]);
        assert_eq!(follower.next_step(), Step::Listen);
    }

    #[test]
    fn nothing_goes_out_twice() {
        let mut follower = Follower::new(FeedSeq(4));
        assert!(follower.offer(event(4)).is_empty());
        assert_eq!(seqs(&follower.offer(event(5))), [5]);
        assert!(follower.offer(event(5)).is_empty());
    }

    #[test]
    fn a_gap_is_never_skipped() {
        let mut follower = Follower::new(FeedSeq(0));
        for seq in 2..=65 {
            assert!(follower.offer(event(seq)).is_empty());
        }
        assert_eq!(follower.next_step(), Step::CatchUp);
        assert_eq!(seqs(&follower.moved_to(FeedSeq(60))), [61, 62, 63, 64, 65]);
    }
}
