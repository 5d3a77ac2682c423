//! When something that could not be handed over is tried again, and when no more.

use bedside_protocol::Timestamp;

/// What has not been handed over by then never is: whoever was to be told has seen it by themselves, or somebody must look.
pub const GIVE_UP_AFTER_MS: i64 = 24 * 60 * 60 * 1_000;

const FIRST_MS: i64 = 30_000;
const LONGEST_MS: i64 = 30 * 60_000;

/// What is to be done after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Tried again after between half of this and all of it, in milliseconds: drawn by chance, so that those who failed
    /// together do not come back together.
    Within(i64),
    /// Given up.
    Never,
}

/// After the `tries`-th failure (from 1) of something that was decided on at `since`.
#[must_use]
pub fn retry(since: Timestamp, tries: u32, now: Timestamp) -> Retry {
    let doublings = tries.saturating_sub(1).min(16);
    let within = (FIRST_MS << doublings).min(LONGEST_MS);
    if now.0.saturating_add(within / 2) >= since.0.saturating_add(GIVE_UP_AFTER_MS) {
        Retry::Never
    } else {
        Retry::Within(within)
    }
}
