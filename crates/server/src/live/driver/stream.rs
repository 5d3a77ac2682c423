//! The account's events on their way out: live, dense, in order; from the store whenever one is missing.

use std::sync::Arc;

use bedside_protocol::{Cursor, FeedSeq, limits};

use super::{Driver, Finish};
use crate::failure::Failure;
use crate::hub::{LiveEvent, Told};
use crate::live::Dialect;
use crate::live::link::Gone;
use crate::store::FeedSlice;

impl<D: Dialect> Driver<D> {
    /// An event goes out as soon as its turn comes; a nudge is kept for [`Driver::settle`].
    pub(super) async fn take(&mut self, told: Told) -> Result<(), Finish> {
        match told {
            Told::Event(event) => self.tell(event).await,
            Told::Typing(typing) => {
                let frame = self.dialect.typing(typing);
                self.put(frame).await
            }
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
            let epoch = self.epoch();
            let after = Cursor { epoch, feed_seq: self.follower.last() };
            let slice = self.state.store.feed(self.actor(), after, limits::FEED_PAGE_MAX).await;
            match slice.map_err(Failure::from)? {
                FeedSlice::Events { events, head } => {
                    let nothing = events.is_empty();
                    let last = events.last().map_or(self.follower.last(), |event| event.feed_seq);
                    for frame in self.dialect.replay(events) {
                        self.link.put(frame).await?;
                    }
                    self.moved_to(last).await?;
                    if nothing || self.follower.last() >= head {
                        return Ok(());
                    }
                }
                FeedSlice::ResyncRequired { head } => return self.resync(head).await,
            }
            self.hold_what_came().await?;
        }
    }

    /// Tells that the stream goes on from here.
    pub(crate) async fn say_resync(&mut self, head: Cursor) -> Result<(), Gone> {
        match self.dialect.resync(head) {
            Some(frame) => self.link.put(frame).await,
            None => Ok(()),
        }
    }

    async fn resync(&mut self, head: FeedSeq) -> Result<(), Finish> {
        self.say_resync(Cursor { epoch: self.epoch(), feed_seq: head }).await?;
        self.moved_to(head).await
    }

    async fn moved_to(&mut self, last: FeedSeq) -> Result<(), Finish> {
        for event in self.follower.moved_to(last) {
            self.pass_on(&event).await?;
        }
        Ok(())
    }

    async fn pass_on(&mut self, event: &LiveEvent) -> Result<(), Finish> {
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
