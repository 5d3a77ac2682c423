//! The clinics of an axis, filled and waiting to be visited.

use anyhow::Result;

use super::{Axis, Point};
use crate::scale::fill::{Stretch, fill};
use crate::scale::plan::Plan;
use crate::scale::progress;
use crate::scale::stock::{Kind, Stock, Stored};
use crate::scale::words::thousands;

/// A clinic of one size.
pub(super) struct Rung {
    pub(super) point: Point,
    pub(super) filled: Stretch,
    pub(super) stored: Stored,
}

/// The clinics of one store along an axis, smallest first.
pub(super) async fn of(stock: &Stock, plan: &Plan, axis: Axis, kind: Kind) -> Result<Vec<Rung>> {
    match axis {
        Axis::Messages => grown(stock, plan, kind).await,
        Axis::Accounts => apart(stock, plan, kind).await,
    }
}

/// Each a copy of the one before it, with more messages.
async fn grown(stock: &Stock, plan: &Plan, kind: Kind) -> Result<Vec<Rung>> {
    let pairs = plan.accounts_beside_messages / 2;
    let mut rungs: Vec<Rung> = Vec::new();
    for to in plan.messages.iter().copied() {
        let (stored, from) = match rungs.last() {
            Some(below) => (stock.copy(&below.stored).await?, below.filled.to),
            None => (stock.of_pairs(kind, pairs).await?, 0),
        };
        let filled = Stretch { from, to, rooms: pairs.into() };
        rungs.push(filled_rung(stock, stored, filled, to, kind).await?);
    }
    Ok(rungs)
}

/// Each of its own, with the same number of messages.
async fn apart(stock: &Stock, plan: &Plan, kind: Kind) -> Result<Vec<Rung>> {
    let mut rungs = Vec::new();
    for accounts in plan.accounts.iter().copied() {
        let stored = stock.of_pairs(kind, accounts / 2).await?;
        let filled = Stretch { from: 0, to: plan.messages_beside_accounts, rooms: (accounts / 2).into() };
        rungs.push(filled_rung(stock, stored, filled, accounts.into(), kind).await?);
    }
    Ok(rungs)
}

async fn filled_rung(stock: &Stock, stored: Stored, filled: Stretch, size: i64, kind: Kind) -> Result<Rung> {
    let took = fill(stock, &stored, filled).await?;
    let fill = format!(
        "{} messages in {:.1} s, then {} MiB on disk",
        thousands(filled.to - filled.from),
        took.as_secs_f64(),
        thousands(stock.size(&stored).await? / (1024 * 1024))
    );
    progress(&format!("{}, {} rooms: {fill}", kind.title(), thousands(filled.rooms)));
    Ok(Rung { point: Point { size, fill, visits: Vec::new() }, filled, stored })
}
