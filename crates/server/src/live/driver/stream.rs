//! The account's events on their way out: live, dense, in order; from the store whenever one is missing.

use std::sync::Arc;

use bedside_protocol::{Cursor, FeedSeq, limits};

use super::presence::concerns_company;
use super::{Driver, Finish};
use crate::failure::Failure;
use crate::hub::{LiveEvent, Told};
use crate::live::Dialect;
use crate::store::FeedSlice;

/// How far a slice has led.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    Head,
    Part,
}

impl<D: Dialect> Driver<D> {
    /// An event goes out as soon as its turn comes; a nudge is kept for [`Driver::settle`].
    pub(super) async fn take(&mut self, told: Told) -> Result<(), Finish> {
        match told {
            Told::Event(event) => self.tell(event).await,
            Told::Typing(typing) => {
                let frame = self.dialect.typing(typing);
                self.put(frame).await
            }
            Told::Presence(told) => self.tell_presence(told).await,
            Told::Nudge(nudge) => {
                self.nudge.get_or_insert_default().merge(nudge);
                Ok(())
            }
        }
    }

    async fn tell(&mut self, event: Arc<LiveEvent>) -> Result<(), Finish> {
        for event in self.follower.offer(event) {
            self.pass_on(&event).await?;
        }
        Ok(())
    }

    /// Reads the store from the cursor until nothing is missing. Never skips: a feed that cannot be continued is
    /// said to be so.
    pub(super) async fn catch_up(&mut self) -> Result<(), Finish> {
        loop {
            let actor = self.actor();
            let slice = self.state.store.feed(actor, self.place(), limits::FEED_PAGE_MAX).await;
            if self.replay(slice.map_err(Failure::from)?).await? == Reached::Head {
                return Ok(());
            }
            self.hold_what_came().await?;
        }
    }

    /// The same with what the store has said already.
    pub(super) async fn go_on(&mut self, missed: FeedSlice) -> Result<(), Finish> {
        if self.replay(missed).await? == Reached::Head {
            return Ok(());
        }
        self.hold_what_came().await?;
        self.catch_up().await
    }

    /// Where the connection stands.
    pub(super) fn place(&self) -> Cursor {
        Cursor { epoch: self.state.store.facts().epoch.clone(), feed_seq: self.follower.last() }
    }

    async fn replay(&mut self, slice: FeedSlice) -> Result<Reached, Finish> {
        let (events, head) = match slice {
            FeedSlice::Events { events, head } => (events, head),
            FeedSlice::ResyncRequired { head } => return self.resync(head).await,
        };
        let nothing = events.is_empty();
        let last = events.last().map_or(self.follower.last(), |event| event.feed_seq);
        if events.iter().any(concerns_company) {
            self.look_at_company();
        }
        for frame in self.dialect.replay(events) {
            self.link.put(frame).await?;
        }
        self.moved_to(last).await?;
        Ok(if nothing || self.follower.last() >= head { Reached::Head } else { Reached::Part })
    }

    /// Tells that the stream goes on from here.
    async fn resync(&mut self, head: FeedSeq) -> Result<Reached, Finish> {
        let frame = self.dialect.resync(Cursor { feed_seq: head, ..self.place() });
        self.put(frame).await?;
        self.moved_to(head).await?;
        Ok(Reached::Head)
    }

    async fn moved_to(&mut self, last: FeedSeq) -> Result<(), Finish> {
        for event in self.follower.moved_to(last) {
            self.pass_on(&event).await?;
        }
        Ok(())
    }

    async fn pass_on(&mut self, event: &LiveEvent) -> Result<(), Finish> {
        if concerns_company(&event.event) {
            self.look_at_company();
        }
        let Some(frame) = self.dialect.live(event) else { return Ok(()) };
        self.link.put(frame).await?;
        if let Some(committed_at) = event.committed_at {
            self.state.metrics.feed.told(self.state.runtime.monotonic().saturating_sub(committed_at));
        }
        Ok(())
    }

    /// A long replay must not overflow the queue.
    async fn hold_what_came(&mut self) -> Result<(), Finish> {
        while let Some(told) = self.subscription.try_recv() {
            self.take(told).await?;
        }
        Ok(())
    }
}
