//! What the store is doing at the moment, as its pools and its rooms' lines tell it.

use deadpool_postgres::Pool;

use crate::store::{PoolGauges, StoreGauges};

/// What these pools, each with a word for it, are doing, and how much waits for its room.
pub(super) fn of(in_lines: usize, pools: &[(&'static str, &Pool)]) -> StoreGauges {
    let pools: Vec<PoolGauges> = pools.iter().map(|(name, pool)| one(name, pool)).collect();
    let waiting = in_lines + pools.iter().map(|pool| pool.waiting).sum::<usize>();
    StoreGauges { waiting: u64::try_from(waiting).unwrap_or(u64::MAX), writer: None, pools }
}

fn one(name: &'static str, pool: &Pool) -> PoolGauges {
    let status = pool.status();
    let in_use = status.size.saturating_sub(status.available);
    PoolGauges { name, in_use, idle: status.available, most: status.max_size, waiting: status.waiting }
}
