//! How long somebody who keeps failing to sign in must wait; it survives a restart.
//!
//! A key is `account:<name>`, `address:<ip>`, or `pair:<ip> <name>` for the two together. Failures count until fifteen
//! minutes pass without one. From the fifth of a pair (twentieth of an address) on, each doubles the wait: 1 s, 2 s, 4 s …
//! fifteen minutes. An account as such waits from the fiftieth on, and never for more than a minute: otherwise anybody
//! who knows a name could keep its owner out from anywhere.

use crate::store::username::username_key;

/// Failures for one account from one address before they must wait.
const PAIR_FAILURES: i64 = 5;
/// Failures for one account from wherever before everybody must wait.
const ACCOUNT_FAILURES: i64 = 50;
/// Failures from one address before it must wait; a clinic's people share one.
const ADDRESS_FAILURES: i64 = 20;
/// A pause this long forgets the failures.
pub(in crate::store) const WINDOW_MS: i64 = 15 * 60_000;
const FIRST_WAIT_MS: i64 = 1_000;
pub(in crate::store) const LONGEST_WAIT_MS: i64 = 15 * 60_000;
const LONGEST_ACCOUNT_WAIT_MS: i64 = 60_000;
pub(in crate::store) const ACCOUNT_PREFIX: &str = "account:";
const PAIR_PREFIX: &str = "pair:";

/// An account's key in the form in which names are the same, so that writing it otherwise buys no further guesses.
pub(in crate::store) fn canonical(key: &str) -> String {
    key.strip_prefix(ACCOUNT_PREFIX)
        .map_or_else(|| key.to_owned(), |name| format!("{ACCOUNT_PREFIX}{}", username_key(name)))
}

/// How many failures a key is allowed, and how long it waits at most.
#[derive(Clone, Copy)]
pub(in crate::store) struct Patience {
    failures: i64,
    longest_ms: i64,
}

pub(in crate::store) fn patience(key: &str) -> Patience {
    if key.starts_with(ACCOUNT_PREFIX) {
        Patience { failures: ACCOUNT_FAILURES, longest_ms: LONGEST_ACCOUNT_WAIT_MS }
    } else if key.starts_with(PAIR_PREFIX) {
        Patience { failures: PAIR_FAILURES, longest_ms: LONGEST_WAIT_MS }
    } else {
        Patience { failures: ADDRESS_FAILURES, longest_ms: LONGEST_WAIT_MS }
    }
}

pub(in crate::store) fn wait_after(failures: i64, patience: Patience) -> i64 {
    match u32::try_from(failures - patience.failures) {
        Ok(beyond) => FIRST_WAIT_MS.saturating_mul(1_i64 << beyond.min(20)).min(patience.longest_ms),
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_begins_at_the_limit_and_doubles_up_to_the_longest() {
        let waits = |key, failures: [i64; 4]| failures.map(|n| wait_after(n, patience(key)));
        assert_eq!(waits("pair:192.0.2.1 ana", [4, 5, 6, 14]), [0, 1_000, 2_000, 512_000]);
        assert_eq!(waits("address:192.0.2.1", [19, 20, 30, 1_000]), [0, 1_000, 900_000, 900_000]);
        assert_eq!(waits("account:ana", [49, 50, 51, 1_000]), [0, 1_000, 2_000, 60_000]);
    }
}
