//! Exponential back-off with full jitter.

use std::time::Duration;

use super::effect::Wait;

const FIRST: Duration = Duration::from_secs(1);
const MOST: Duration = Duration::from_secs(60);

/// Counts attempts that failed one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// How many attempts have failed in a row.
    #[must_use]
    pub const fn failures(self) -> u32 {
        self.failures
    }

    /// Counts a failure; how long to wait now. A time the server named is kept, with jitter on top.
    pub fn fail(&mut self, server_said: Option<u64>) -> Wait {
        let ceiling = FIRST.saturating_mul(1 << self.failures.min(6)).min(MOST);
        self.failures = self.failures.saturating_add(1);
        match server_said {
            Some(millis) => {
                Wait::After { least: Duration::from_millis(millis).min(10 * MOST), jitter: ceiling }
            }
            None => Wait::UpTo(ceiling),
        }
    }

    /// The wait before asking again what nothing but time can change.
    #[must_use]
    pub const fn longest() -> Wait {
        Wait::After { least: MOST, jitter: MOST }
    }

    /// Starts over.
    pub fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_minute() {
        let mut backoff = Backoff::default();
        let waits: Vec<Wait> = (0..8).map(|_| backoff.fail(None)).collect();
        let seconds = [1, 2, 4, 8, 16, 32, 60, 60];
        assert_eq!(waits, seconds.map(|s| Wait::UpTo(Duration::from_secs(s))));
    }

    #[test]
    fn the_servers_word_is_kept_and_nobody_comes_at_the_same_moment() {
        let mut backoff = Backoff::default();
        backoff.fail(None);
        let wait = Wait::After { least: Duration::from_millis(1_500), jitter: Duration::from_secs(2) };
        assert_eq!(backoff.fail(Some(1_500)), wait);
    }
}
