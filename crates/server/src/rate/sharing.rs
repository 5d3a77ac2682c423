//! What several servers tell each other of their buckets.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use bedside_runtime::Runtime;

use super::{Rate, Rates, refilled};
use crate::bus::{Bus, Signal};

/// How long what was taken is gathered before it is told.
const GATHERED_FOR: Duration = Duration::from_millis(250);

/// Tells other servers what is taken here, for as long as the runtime lives.
pub(crate) fn start(runtime: &Runtime, rates: Arc<Rates>, bus: Bus) {
    rates.begin_telling();
    let (clock, stopping) = (runtime.clone(), runtime.stopping());
    runtime.spawn("server.rates", async move {
        while stopping.run_until_cancelled(rates.told_of.notified()).await.is_some() {
            clock.sleep(GATHERED_FOR).await;
            let taken = rates.untold();
            bus.publish(|| Signal::Spent { rates: taken });
        }
    });
}

impl Rates {
    /// From now on somebody asks what is to be told.
    fn begin_telling(&self) {
        self.telling.store(true, Ordering::Relaxed);
    }

    /// What was taken of a bucket is to be told.
    pub(super) fn tell_of(&self, rate: Rate) {
        let mut to_tell = self.to_tell.lock().unwrap_or_else(PoisonError::into_inner);
        if to_tell.insert(rate) && to_tell.len() == 1 {
            self.told_of.notify_one();
        }
    }

    /// What was taken here since it was told last.
    fn untold(&self) -> Vec<(Rate, u32)> {
        let to_tell = std::mem::take(&mut *self.to_tell.lock().unwrap_or_else(PoisonError::into_inner));
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = to_tell.into_iter().filter_map(|rate| {
            let bucket = buckets.get_mut(&rate)?;
            Some((rate, std::mem::take(&mut bucket.untold)))
        });
        taken.filter(|(_, tokens)| *tokens > 0).collect()
    }

    /// What was taken at another server is missing here too. A bucket never owes: whoever was let in was let in.
    pub(crate) fn taken_elsewhere(&self, taken: &[(Rate, u32)]) {
        let now = self.runtime.monotonic();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        for (rate, tokens) in taken {
            let bucket = refilled(&mut buckets, *rate, now);
            bucket.tokens = (bucket.tokens - f64::from(*tokens)).max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use bedside_protocol::{AccountId, Timestamp};

    use super::*;
    use crate::config::Limits;

    const ANA: Rate = Rate::Message(AccountId(1));

    fn rates() -> Rates {
        let rates = alone();
        rates.begin_telling();
        rates
    }

    fn alone() -> Rates {
        Rates::new(Runtime::simulated(1, Timestamp(0)), Limits::On)
    }

    #[tokio::test(start_paused = true)]
    async fn a_lone_server_gathers_nothing() {
        let rates = alone();
        assert_eq!(taken(&rates), 120);
        assert_eq!(rates.untold(), []);
    }

    fn taken(rates: &Rates) -> usize {
        std::iter::repeat_with(|| rates.take(ANA)).take_while(Result::is_ok).count()
    }

    #[tokio::test(start_paused = true)]
    async fn what_one_server_gave_another_does_not_give_again() {
        let (here, there) = (rates(), rates());
        assert_eq!(taken(&here), 120);
        there.taken_elsewhere(&here.untold());
        assert_eq!(taken(&there), 0);
        assert_eq!(here.untold(), [], "told once");
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_little_is_not_talked_of() {
        let rates = rates();
        for _ in 0..24 {
            rates.take(ANA).unwrap();
        }
        assert_eq!(rates.untold(), []);
        rates.take(ANA).unwrap();
        assert_eq!(rates.untold(), [(ANA, 25)], "and then of all of it");
    }

    #[tokio::test(start_paused = true)]
    async fn a_bucket_that_is_full_again_owes_nothing() {
        let rates = rates();
        for _ in 0..20 {
            rates.take(ANA).unwrap();
        }
        tokio::time::advance(Duration::from_secs(2)).await;
        for _ in 0..25 {
            rates.take(ANA).unwrap();
        }
        assert_eq!(rates.untold(), [(ANA, 25)]);
        rates.taken_elsewhere(&[(ANA, u32::MAX)]);
        tokio::time::advance(Duration::from_millis(50)).await;
        assert!(rates.take(ANA).is_ok(), "nor does one ever owe more than it can hold");
    }
}
