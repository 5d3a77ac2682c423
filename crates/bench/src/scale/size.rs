//! What a message costs in clinics of different sizes: more stored messages, more accounts.
//!
//! All clinics of an axis are filled first. Along the messages each is a copy of the one before it, filled further. Then
//! they are visited in turn, both stores, several times over, so that whatever else the machine does touches all of
//! them alike.

mod ladder;
mod table;

use anyhow::Result;

use super::figures::Spread;
use super::plan::Plan;
use super::progress;
use super::stock::{Kind, Stock};
use super::visit::{self, Before, Visit};
use super::words::thousands;
use ladder::Rung;
pub(super) use table::text;

/// Beyond so many messages what a visit writes changes nothing, and a copy for each would take long.
const COPIED_MOST: i64 = 1_000_000;

/// What grows along a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Messages,
    Accounts,
}

impl Axis {
    pub(super) const ALL: [Self; 2] = [Self::Messages, Self::Accounts];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Messages => "stored messages",
            Self::Accounts => "accounts",
        }
    }
}

/// A size, how long filling it took and how large it is, and what was measured of it in each round.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) size: i64,
    pub(super) fill: String,
    pub(super) visits: Vec<Visit>,
}

impl Point {
    pub(super) fn cpu(&self) -> Spread {
        self.spread(|visit| visit.cpu_per_1000.total())
    }

    pub(super) fn p50_ms(&self) -> Spread {
        self.spread(|visit| visit.p50_ms)
    }

    pub(super) fn spread(&self, figure: impl Fn(&Visit) -> f64) -> Spread {
        Spread::of(self.visits.iter().map(figure).collect())
    }
}

/// One store along one axis.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) axis: Axis,
    pub(super) kind: Kind,
    pub(super) points: Vec<Point>,
    /// What does not change along it.
    pub(super) beside: String,
}

/// Fills and visits along one axis, then along the other.
pub(super) async fn run(stock: &Stock, plan: &Plan) -> Result<Vec<Series>> {
    let mut all = Vec::new();
    for axis in Axis::ALL {
        let mut ladders = Vec::new();
        for kind in Kind::ALL {
            ladders.push((kind, ladder::of(stock, plan, axis, kind).await?));
        }
        visit_in_turn(stock, plan, &mut ladders).await?;
        for (kind, rungs) in ladders {
            let mut points = Vec::new();
            for rung in rungs {
                stock.remove(rung.stored).await?;
                points.push(rung.point);
            }
            all.push(Series { axis, kind, points, beside: beside(plan, axis) });
        }
    }
    Ok(all)
}

async fn visit_in_turn(stock: &Stock, plan: &Plan, ladders: &mut [(Kind, Vec<Rung>)]) -> Result<()> {
    let height = ladders.iter().map(|(_, rungs)| rungs.len()).max().unwrap_or_default();
    for round in 1..=plan.rounds {
        for step in 0..height {
            for (kind, rungs) in ladders.iter_mut() {
                let Some(rung) = rungs.get_mut(step) else { continue };
                progress(&format!(
                    "visit {round} of {}: {}, {} messages in {} rooms",
                    plan.rounds,
                    kind.title(),
                    thousands(rung.filled.to),
                    thousands(rung.filled.rooms)
                ));
                let visit = visit(stock, plan, rung).await?;
                rung.point.visits.push(visit);
            }
        }
    }
    Ok(())
}

async fn visit(stock: &Stock, plan: &Plan, rung: &Rung) -> Result<Visit> {
    if rung.filled.to > COPIED_MOST {
        let before = if rung.point.visits.is_empty() { Before::Untouched } else { Before::Visited };
        return visit::pay(stock, &rung.stored, before, rung.filled, plan).await;
    }
    let copy = stock.copy(&rung.stored).await?;
    let visit = visit::pay(stock, &copy, Before::Untouched, rung.filled, plan).await?;
    stock.remove(copy).await?;
    Ok(visit)
}

fn beside(plan: &Plan, axis: Axis) -> String {
    match axis {
        Axis::Messages => format!("{} accounts", thousands(plan.accounts_beside_messages.into())),
        Axis::Accounts => format!("{} stored messages", thousands(plan.messages_beside_accounts)),
    }
}
