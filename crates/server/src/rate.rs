//! Token buckets in memory, per account and per address. Failed sign-ins are throttled by the store besides.
//!
//! Of several servers each has buckets of its own and tells the others what was taken ([`sharing`]), a quarter of a second
//! late and only of buckets that somebody is emptying: going from server to server buys next to nothing, and nobody waits
//! for a network to be let in.

pub(crate) mod sharing;

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bedside_protocol::{AccountId, ErrorCode};
use bedside_runtime::Runtime;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::config::Limits;
use crate::failure::Failure;

/// What is counted, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rate {
    /// Any request; generous, because a clinic may sit behind one address.
    Address(IpAddr),
    /// An attempt to sign in.
    SignIn(IpAddr),
    /// A request or frame of a signed-in account.
    Account(AccountId),
    /// A message.
    Message(AccountId),
    /// A conversation written out: a whole history is read for it.
    Export(AccountId),
    /// A search.
    Search(AccountId),
}

impl Rate {
    /// Tokens per second and the most that are saved up.
    const fn allowance(self) -> (f64, f64) {
        match self {
            Self::Address(_) => (200.0, 1_000.0),
            Self::SignIn(_) => (2.0, 40.0),
            Self::Account(_) => (50.0, 400.0),
            Self::Message(_) => (20.0, 120.0),
            Self::Export(_) => (0.5, 20.0),
            Self::Search(_) => (4.0, 40.0),
        }
    }

    /// IPv6 hands a whole /64 to one subscriber.
    fn folded(self) -> Self {
        match self {
            Self::Address(address) => Self::Address(network(address)),
            Self::SignIn(address) => Self::SignIn(network(address)),
            other => other,
        }
    }
}

/// The address limits count by: itself for IPv4, its /64 for IPv6.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & (u128::MAX << 64)).into()),
    }
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    filled_at: Duration,
    /// Tokens taken here that other servers have not been told of.
    untold: u32,
}

/// A bucket is told of once it is emptier than this.
const TOLD_BELOW: f64 = 0.8;

/// Buckets kept before full ones are dropped.
const BUCKETS_MAX: usize = 20_000;

/// All buckets.
pub(crate) struct Rates {
    runtime: Runtime,
    limits: Limits,
    buckets: Mutex<HashMap<Rate, Bucket>>,
    /// Whether there is anybody to tell; a lone server gathers nothing.
    telling: AtomicBool,
    /// Buckets that other servers are to be told of.
    to_tell: Mutex<HashSet<Rate>>,
    /// Rung when there is a first one.
    told_of: Notify,
}

impl Rates {
    pub(crate) fn new(runtime: Runtime, limits: Limits) -> Self {
        let (buckets, to_tell) = (Mutex::default(), Mutex::default());
        Rates { runtime, limits, buckets, telling: AtomicBool::new(false), to_tell, told_of: Notify::new() }
    }

    /// Whether limits apply at all.
    pub(crate) const fn limits(&self) -> Limits {
        self.limits
    }

    /// Takes a token, or says how long to wait for one.
    pub(crate) fn take(&self, rate: Rate) -> Result<(), Failure> {
        if self.limits == Limits::Off {
            return Ok(());
        }
        let now = self.runtime.monotonic();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX {
            buckets.retain(|rate, bucket| filled(*rate, *bucket, now) < rate.allowance().1);
        }
        let rate = rate.folded();
        let left = take_from(&mut buckets, rate, now)
            .map_err(|millis| Failure::wait(ErrorCode::RateLimited, millis))?;
        drop(buckets);
        if left < rate.allowance().1 * TOLD_BELOW && self.telling.load(Ordering::Relaxed) {
            self.tell_of(rate);
        }
        Ok(())
    }
}

/// Takes a token and gives what is left; or how long to wait for one.
fn take_from(buckets: &mut HashMap<Rate, Bucket>, rate: Rate, now: Duration) -> Result<f64, u64> {
    let (per_second, _) = rate.allowance();
    let bucket = refilled(buckets, rate, now);
    if bucket.tokens < 1.0 {
        let wait = Duration::from_secs_f64((1.0 - bucket.tokens) / per_second);
        return Err(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1));
    }
    bucket.tokens -= 1.0;
    bucket.untold = bucket.untold.saturating_add(1);
    Ok(bucket.tokens)
}

/// The bucket as it is now. One that is full again owes nobody anything.
fn refilled(buckets: &mut HashMap<Rate, Bucket>, rate: Rate, now: Duration) -> &mut Bucket {
    let most = rate.allowance().1;
    let bucket = buckets.entry(rate).or_insert(Bucket { tokens: most, filled_at: now, untold: 0 });
    bucket.tokens = filled(rate, *bucket, now);
    bucket.filled_at = now;
    if bucket.tokens >= most {
        bucket.untold = 0;
    }
    bucket
}

fn filled(rate: Rate, bucket: Bucket, now: Duration) -> f64 {
    let (per_second, most) = rate.allowance();
    let gained = now.saturating_sub(bucket.filled_at).as_secs_f64() * per_second;
    (bucket.tokens + gained).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: Rate = Rate::Message(AccountId(1));

    #[test]
    fn a_burst_passes_and_the_next_waits_for_its_token() {
        let mut buckets = HashMap::new();
        for _ in 0..120 {
            assert!(take_from(&mut buckets, ANA, Duration::ZERO).is_ok());
        }
        assert_eq!(take_from(&mut buckets, ANA, Duration::ZERO), Err(51));
        assert!(take_from(&mut buckets, ANA, Duration::from_millis(51)).is_ok());
    }

    #[test]
    fn one_account_does_not_spend_anothers() {
        let mut buckets = HashMap::new();
        while take_from(&mut buckets, ANA, Duration::ZERO).is_ok() {}
        assert_eq!(take_from(&mut buckets, Rate::Message(AccountId(2)), Duration::ZERO), Ok(119.0));
    }

    #[test]
    fn an_ipv6_subscriber_is_one_address() {
        let a = Rate::Address("2001:db8::1".parse().unwrap()).folded();
        let b = Rate::Address("2001:db8::ffff:2".parse().unwrap()).folded();
        assert_eq!(a, b);
    }
}
