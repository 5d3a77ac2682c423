//! One measurement of one clinic: opened, checked, loaded, closed.

use std::time::Duration;

use anyhow::Result;

use super::check;
use super::fill::Stretch;
use super::plan::Plan;
use super::stock::{Stock, Stored};
use crate::meter::Cpu;
use crate::server::load;
use crate::server::target::{Door, Target};

/// What was measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    pub(super) delivered_per_s: f64,
    pub(super) cpu_per_1000: Cpu,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
}

/// Whether a clinic is as it was filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nobody has been there.
    Untouched,
    /// It holds the messages of an earlier visit besides; it was looked at then.
    Visited,
}

/// Visits a clinic with one server. It holds some thousand messages more afterwards.
pub(super) async fn pay(
    stock: &Stock,
    stored: &Stored,
    before: Before,
    filled: Stretch,
    plan: &Plan,
) -> Result<Visit> {
    let clinic = stock.open(stored, 1).await?;
    let addresses = clinic.addresses()?;
    if before == Before::Untouched {
        check::a_room(addresses[0], filled).await?;
    }
    let target = Target::prepare(Door::Account, addresses, spread(plan.pairs, filled.rooms)?).await?;
    let length = Duration::from_secs(plan.visit_seconds);
    load::saturate(&target, &clinic, plan.in_flight, Duration::from_secs(1)).await?;
    let saturation = load::saturate(&target, &clinic, plan.in_flight, length).await?;
    let paced = load::pace(&target, plan.rates[0], length).await?;
    clinic.close().await?;
    Ok(Visit {
        delivered_per_s: saturation.delivered_per_s,
        cpu_per_1000: saturation.cpu_per_1000,
        p50_ms: paced.p50_ms,
        p99_ms: paced.p99_ms,
    })
}

/// So many of the rooms, evenly over all.
fn spread(pairs: u32, rooms: i64) -> Result<impl Iterator<Item = u32>> {
    let rooms = u32::try_from(rooms)?;
    let (talking, apart) = (pairs.min(rooms), (rooms / pairs.max(1)).max(1));
    Ok((0..talking).map(move |pair| pair * apart))
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn those_who_talk_are_spread_over_all_rooms() {
        assert_eq!(spread(3, 10).unwrap().collect::<Vec<_>>(), [0, 3, 6]);
        assert_eq!(spread(3, 2).unwrap().collect::<Vec<_>>(), [0, 1]);
    }
}
