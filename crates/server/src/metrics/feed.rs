//! How far members' sockets lag behind what is stored.

use std::time::Duration;

use bedside_protocol::Timestamp;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::{Registry, Unit};

use super::Labels;
use super::durations::Durations;

/// From a commit to its event lying in a member's socket.
pub(crate) struct Feed {
    here: Durations,
    elsewhere: Durations,
}

impl Feed {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let lag = Family::<Labels<1>, Durations>::default();
        let of = |place| lag.get_or_create_owned(&[("stored", place)]);
        let feed = Feed { here: of("here"), elsewhere: of("elsewhere") };
        let help = "From a commit to its event lying in a member's socket, by the server that stored it";
        registry.register_with_unit("feed_lag", help, Unit::Seconds, lag);
        feed
    }

    /// An event stored by this server is in a socket.
    pub(crate) fn told(&self, lag: Duration) {
        self.here.observe(lag);
    }

    /// What another server stored is in a socket, after it woke this one. By the clocks of both: if they differ, so does
    /// this.
    pub(crate) fn told_after_wake(&self, committed_at: Option<Timestamp>, now: Timestamp) {
        if let Some(committed_at) = committed_at {
            let lag = u64::try_from(now.millis().saturating_sub(committed_at.millis())).unwrap_or(0);
            self.elsewhere.observe(Duration::from_millis(lag));
        }
    }
}
