//! Wall clock and monotonic clock, real or paused.

use std::time::Duration;

use bedside_protocol::Timestamp;
use tokio::time::Instant;

/// Tells the time. Clones tell the same.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    wall: Wall,
    origin: Instant,
}

#[derive(Clone, Copy, Debug)]
enum Wall {
    System,
    /// The wall-clock moment of `origin`; advances with tokio's (paused) clock.
    Simulated(Timestamp),
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that others ask")]
    pub(crate) fn system() -> Self {
        Clock { wall: Wall::System, origin: Instant::from_std(std::time::Instant::now()) }
    }

    pub(crate) fn paused(start: Timestamp) -> Self {
        Clock { wall: Wall::Simulated(start), origin: Instant::now() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        match self.wall {
            Wall::System => system_now(),
            Wall::Simulated(start) => Timestamp(start.0 + whole_millis(self.origin.elapsed())),
        }
    }

    pub(crate) fn monotonic(&self) -> Duration {
        self.origin.elapsed()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that others ask")]
fn system_now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(whole_millis(since))
}

fn whole_millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
