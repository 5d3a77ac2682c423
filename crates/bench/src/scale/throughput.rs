//! One server on SQLite, one on PostgreSQL, two on the same PostgreSQL: rate, CPU, latency, idle connections.
//!
//! With two servers those who send are on one and those who receive on the other, so that every message crosses the bus.

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::Result;

use super::idle::{self, Idle};
use super::plan::Plan;
use super::progress;
use super::stock::{Kind, Stock};
use crate::server::load::{self, Paced, Saturation};
use crate::server::target::{Door, Target};

/// A set-up.
#[derive(Clone, Copy, Debug)]
struct SetUp {
    title: &'static str,
    kind: Kind,
    nodes: u32,
}

const SET_UPS: [SetUp; 3] = [
    SetUp { title: "SQLite, one server", kind: Kind::Sqlite, nodes: 1 },
    SetUp { title: "PostgreSQL, one server", kind: Kind::Postgres, nodes: 1 },
    SetUp { title: "PostgreSQL, two servers", kind: Kind::Postgres, nodes: 2 },
];

struct Figures {
    saturation: Saturation,
    paced: Vec<Paced>,
    idle: Vec<Idle>,
}

/// Measures every set-up; the table.
pub(super) async fn run(stock: &Stock, plan: &Plan) -> Result<String> {
    let mut out = heading(plan);
    for set_up in SET_UPS {
        progress(set_up.title);
        out.push_str(&row(set_up, &measure(stock, plan, set_up).await?));
    }
    Ok(out)
}

async fn measure(stock: &Stock, plan: &Plan, set_up: SetUp) -> Result<Figures> {
    let stored = stock.of_pairs(set_up.kind, plan.pairs + plan.idle_pairs).await?;
    let mut clinic = stock.open(&stored, set_up.nodes).await?;
    let addresses = clinic.addresses()?;
    let target = Target::prepare(Door::Account, addresses, 0..plan.pairs).await?;
    let length = Duration::from_secs(plan.seconds);
    load::saturate(&target, &clinic, plan.in_flight, Duration::from_secs(2)).await?;
    let saturation = load::saturate(&target, &clinic, plan.in_flight, length).await?;
    let mut paced = Vec::new();
    for rate in plan.rates {
        paced.push(load::pace(&target, rate, length).await?);
    }
    let quiet =
        Target::prepare(Door::Account, [addresses[0]; 2], plan.pairs..plan.pairs + plan.idle_pairs).await?;
    let idle = idle::measure(&mut clinic, &quiet, &plan.idle).await?;
    clinic.close().await?;
    stock.remove(stored).await?;
    Ok(Figures { saturation, paced, idle })
}

fn heading(plan: &Plan) -> String {
    let mut out = format!(
        "servers: {} pairs over account sockets, {} messages in flight each, {} s per figure; \
         idle connections of {} accounts\n\
         {:<26}{:>13}{:>20}{:>12}{:>8}",
        plan.pairs,
        plan.in_flight,
        plan.seconds,
        plan.idle_pairs * 2,
        "",
        "delivered/s",
        "CPU s/1,000 servers",
        "PostgreSQL",
        "Redis",
    );
    for rate in plan.rates {
        let _ = write!(out, "{:>20}", format!("{rate}/s p50/p99 ms"));
    }
    for number in &plan.idle {
        let _ = write!(out, "{:>18}", format!("KiB/idle at {number}"));
    }
    out.push('\n');
    out
}

fn row(set_up: SetUp, figures: &Figures) -> String {
    let cpu = figures.saturation.cpu_per_1000;
    let mut out = format!(
        "{:<26}{:>13.0}{:>20.3}{:>12.3}{:>8.3}",
        set_up.title, figures.saturation.delivered_per_s, cpu.servers, cpu.postgres, cpu.redis
    );
    for paced in &figures.paced {
        let _ = write!(out, "{:>12.2} /{:>6.2}", paced.p50_ms, paced.p99_ms);
    }
    for idle in &figures.idle {
        debug_assert!(idle.connections > 0);
        let _ = write!(out, "{:>18.1}", idle.kib_each);
    }
    out.push('\n');
    out
}
