//! Told to look at the store: what another server stored is read from there.

use bedside_protocol::limits;
use tokio::time::Instant;

use super::{Driver, Finish, Waits};
use crate::hub::{LOOK_WITHIN, Look, Nudge};
use crate::live::Dialect;

impl<D: Dialect> Driver<D> {
    /// Reads what is missing up to a place, if it is; a look is the one that is taken every now and then, earlier.
    pub(super) async fn nudged(&mut self, nudge: Nudge, waits: &mut Waits) -> Result<(), Finish> {
        if nudge.up_to > self.follower.last() {
            self.catch_up().await?;
            self.state.metrics.feed.told_after_wake(nudge.committed_at, self.state.runtime.now());
        }
        match nudge.look {
            None => Ok(()),
            Some(Look::Soon) => {
                let at = Instant::now() + self.state.runtime.jitter(LOOK_WITHIN);
                let earlier = at.min(waits.tick.deadline());
                waits.tick.as_mut().reset(earlier);
                Ok(())
            }
            Some(Look::Now) => {
                waits.tick.as_mut().reset(Instant::now() + limits::PING_EVERY);
                self.look_at_company();
                self.check_life().await
            }
        }
    }
}
