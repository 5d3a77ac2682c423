//! When the clients of a closing server are to come back: as soon as those who take them in can stand it.
//!
//! Behind a balancer another server is there at once, so that few clients hardly wait; many are spread over as long as
//! it takes to greet them one after the other.

use std::sync::OnceLock;
use std::time::Duration;

use bedside_protocol::limits::COME_BACK_MAX;
use bedside_runtime::Runtime;

use super::arrivals::GREETED_PER_SECOND;
use crate::hub::Hub;

/// Over how long clients are spread, decided by the first that is sent away: by then nobody has left.
#[derive(Default)]
pub(crate) struct Parting(OnceLock<Duration>);

impl Parting {
    /// When a client that is sent away now is to come back; each is told another moment.
    pub(crate) fn retry_in(&self, runtime: &Runtime, hub: &Hub) -> Duration {
        runtime.jitter(*self.0.get_or_init(|| spread(hub.sockets())))
    }
}

fn spread(sockets: usize) -> Duration {
    let sockets = u32::try_from(sockets).unwrap_or(u32::MAX);
    (Duration::from_secs(1).saturating_mul(sockets) / GREETED_PER_SECOND).min(COME_BACK_MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bedside_protocol::{AccountId, Timestamp};

    use super::*;

    #[test]
    fn the_spread_grows_with_the_sockets() {
        let spreads = [0, 5, 500, 5_000, 1_000_000].map(spread);
        let millis = [0, 25, 2_500, 25_000, 60_000];
        assert_eq!(spreads, millis.map(Duration::from_millis));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_leaves_last_is_spread_like_the_first() {
        let runtime = Runtime::simulated(1, Timestamp(0));
        let hub = Arc::new(Hub::default());
        let mut sockets: Vec<_> = (0..1_000).map(|n| hub.join(AccountId(n / 2), n)).collect();
        let parting = Parting::default();
        let mut moments = Vec::new();
        while sockets.pop().is_some() {
            moments.push(parting.retry_in(&runtime, &hub));
        }
        let (early, late) = moments.split_at(500);
        for moments in [early, late] {
            let by_quarters = |quarter: u32| {
                let length = spread(1_000) / 4;
                let from = length * quarter;
                moments.iter().filter(|at| (from..from + length).contains(at)).count()
            };
            assert!((0..4).map(by_quarters).all(|count| (90..=160).contains(&count)), "{moments:?}");
        }
    }
}
