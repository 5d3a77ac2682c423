//! Those who arrive on feed sockets, each in its turn: a crowd that comes back at once takes from the machine and its
//! database only what leaves others served as before. A few at a time are not held up.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bedside_runtime::Runtime;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Clients that are greeted in a second, by one server. One costs 1.5 ms of the server's CPU and 2 ms of PostgreSQL's
/// (November 2026): on a machine with two cores that holds everything, so many take a third of it.
pub(crate) const GREETED_PER_SECOND: u32 = 200;
/// Those who are greeted at once after a pause: the devices of a ward whose network was away.
const AT_ONCE: u32 = 25;
/// Connections to the database that greetings have at most: others read by the rest.
const READ_BY: usize = 4;
/// The longest wait for one's turn. A client gives a server up that has not greeted it after 15 seconds.
const PATIENCE: Duration = Duration::from_secs(10);
/// When those come back at the earliest whom a longer wait awaited, and over how long they are spread.
const LATER: Duration = Duration::from_secs(5);

/// The line of those who arrive.
pub(crate) struct Arrivals {
    /// The next turn that nobody has, by the monotonic clock, were nobody let in before it.
    next: Mutex<Duration>,
    reading: Semaphore,
}

/// The line is too long: when to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Later(pub(crate) Duration);

impl Arrivals {
    pub(crate) fn new() -> Self {
        Arrivals { next: Mutex::default(), reading: Semaphore::new(READ_BY) }
    }

    /// Waits for one's turn, in the order of arrival.
    pub(crate) async fn turn(&self, runtime: &Runtime) -> Result<(), Later> {
        let Some(wait) = self.wait(runtime.monotonic()) else {
            return Err(Later(LATER + runtime.jitter(LATER)));
        };
        if !wait.is_zero() {
            runtime.sleep(wait).await;
        }
        Ok(())
    }

    /// Leave to read, until it is dropped; `None` never comes, the line is not closed.
    pub(crate) async fn reading(&self) -> Option<SemaphorePermit<'_>> {
        self.reading.acquire().await.ok()
    }

    /// How long until a turn that is taken now; `None` if that is too long.
    fn wait(&self, now: Duration) -> Option<Duration> {
        let each = Duration::from_secs(1) / GREETED_PER_SECOND;
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = (*next).max(now);
        let wait = (turn - now).saturating_sub(each * (AT_ONCE - 1));
        if wait > PATIENCE {
            return None;
        }
        *next = turn + each;
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AN_HOUR: Duration = Duration::from_secs(3_600);

    fn waits(arrivals: &Arrivals, now: Duration, count: u32) -> Vec<Option<Duration>> {
        (0..count).map(|_| arrivals.wait(now)).collect()
    }

    #[test]
    fn a_few_are_not_held_up() {
        let arrivals = Arrivals::new();
        for at in [AN_HOUR, 2 * AN_HOUR] {
            let (few, next) = (waits(&arrivals, at, AT_ONCE), arrivals.wait(at));
            assert!(few.iter().all(|wait| *wait == Some(Duration::ZERO)), "{few:?}");
            assert_eq!(next, Some(Duration::from_millis(5)));
        }
    }

    #[test]
    fn a_crowd_is_greeted_one_after_the_other() {
        let arrivals = Arrivals::new();
        let crowd = waits(&arrivals, AN_HOUR, 2_000);
        let (early, late) = (crowd[AT_ONCE as usize + 199], crowd[1_999]);
        assert_eq!(early, Some(Duration::from_secs(1)), "as many as are greeted in a second");
        assert!(late.is_some_and(|wait| wait < PATIENCE), "{late:?}");
        assert!(crowd.is_sorted(), "in the order of arrival");
        let later = arrivals.wait(AN_HOUR + Duration::from_secs(60));
        assert_eq!(later, Some(Duration::ZERO), "and nobody waits for those who are gone");
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_longer_than_a_client_does() {
        let runtime = Runtime::simulated(1, bedside_protocol::Timestamp(0));
        let arrivals = Arrivals::new();
        let crowd = waits(&arrivals, runtime.monotonic(), 10_000);
        let (let_in, sent_away) = crowd.split_at(crowd.iter().filter(|wait| wait.is_some()).count());
        assert!(sent_away.iter().all(Option::is_none) && !sent_away.is_empty());
        assert_eq!(let_in.last(), Some(&Some(PATIENCE)));
        let Err(Later(again)) = arrivals.turn(&runtime).await else { panic!("let in") };
        assert!((LATER..=2 * LATER).contains(&again), "{again:?}");
    }
}
