//! Token buckets in memory, per account and per address. Failed sign-ins are throttled by the store besides.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bedside_protocol::{AccountId, ErrorCode};
use bedside_runtime::Runtime;

use crate::config::Limits;
use crate::failure::Failure;

/// What is counted, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Rate {
    /// Any request; generous, because a clinic may sit behind one address.
    Address(IpAddr),
    /// An attempt to sign in.
    SignIn(IpAddr),
    /// A request or frame of a signed-in account.
    Account(AccountId),
    /// A message.
    Message(AccountId),
}

impl Rate {
    /// Tokens per second and the most that are saved up.
    const fn allowance(self) -> (f64, f64) {
        match self {
            Self::Address(_) => (200.0, 1_000.0),
            Self::SignIn(_) => (2.0, 40.0),
            Self::Account(_) => (50.0, 400.0),
            Self::Message(_) => (20.0, 120.0),
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
}

/// Buckets kept before full ones are dropped.
const BUCKETS_MAX: usize = 20_000;

/// All buckets.
pub(crate) struct Rates {
    runtime: Runtime,
    limits: Limits,
    buckets: Mutex<HashMap<Rate, Bucket>>,
}

impl Rates {
    pub(crate) fn new(runtime: Runtime, limits: Limits) -> Self {
        Rates { runtime, limits, buckets: Mutex::new(HashMap::new()) }
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
        take_from(&mut buckets, rate.folded(), now)
            .map_err(|millis| Failure::wait(ErrorCode::RateLimited, millis))
    }
}

fn take_from(buckets: &mut HashMap<Rate, Bucket>, rate: Rate, now: Duration) -> Result<(), u64> {
    let (per_second, most) = rate.allowance();
    let bucket = buckets.entry(rate).or_insert(Bucket { tokens: most, filled_at: now });
    bucket.tokens = filled(rate, *bucket, now);
    bucket.filled_at = now;
    if bucket.tokens < 1.0 {
        let wait = Duration::from_secs_f64((1.0 - bucket.tokens) / per_second);
        return Err(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1));
    }
    bucket.tokens -= 1.0;
    Ok(())
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
            assert_eq!(take_from(&mut buckets, ANA, Duration::ZERO), Ok(()));
        }
        assert_eq!(take_from(&mut buckets, ANA, Duration::ZERO), Err(51));
        assert_eq!(take_from(&mut buckets, ANA, Duration::from_millis(51)), Ok(()));
    }

    #[test]
    fn one_account_does_not_spend_anothers() {
        let mut buckets = HashMap::new();
        while take_from(&mut buckets, ANA, Duration::ZERO).is_ok() {}
        assert_eq!(take_from(&mut buckets, Rate::Message(AccountId(2)), Duration::ZERO), Ok(()));
    }

    #[test]
    fn an_ipv6_subscriber_is_one_address() {
        let a = Rate::Address("2001:db8::1".parse().unwrap()).folded();
        let b = Rate::Address("2001:db8::ffff:2".parse().unwrap()).folded();
        assert_eq!(a, b);
    }
}
