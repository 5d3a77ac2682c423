//! Many clients after a restart: how they spread, what they are told, what others notice.
//!
//! Each client is the sync machine of the app with real sockets and HTTP under it, and a cache that only remembers how
//! far it has come. On PostgreSQL two servers: the one with all clients is restarted, orderly and by kill -9, while
//! their partners' messages arrive by the other, where further pairs talk. On SQLite one server, as in most clinics.

mod calls;
mod client;
mod crowd;
mod ledger;
mod network;
mod restart;
mod table;
mod talk;

use std::sync::Arc;

use anyhow::Result;

use super::plan::Plan;
use super::progress;
use super::stock::{Kind, Stock};
use crate::server::target::{Door, Target};
use crowd::Crowd;
use restart::{Beside, Way, restart};

/// Measures all restarts; the tables.
pub(super) async fn run(stock: &Stock, plan: &Plan) -> Result<String> {
    let mut out = alone(stock, plan).await?;
    out.push('\n');
    out.push_str(&one_of_two(stock, plan).await?);
    Ok(out)
}

/// The usual clinic: one server, restarted.
async fn alone(stock: &Stock, plan: &Plan) -> Result<String> {
    progress("reconnect: SQLite, one server");
    let stored = stock.of_pairs(Kind::Sqlite, plan.clients / 2).await?;
    let mut clinic = stock.open(&stored, 1).await?;
    let mut crowd = Crowd::gather(clinic.addresses()?[0], plan.clients).await?;
    let figures = restart(&mut crowd, &mut clinic, Way::Orderly, None).await?;
    let text = table::text("SQLite, its one server stopped and started", &figures);
    drop(crowd);
    clinic.close().await?;
    stock.remove(stored).await?;
    Ok(text)
}

/// Two servers: the one with the clients is restarted, each way.
async fn one_of_two(stock: &Stock, plan: &Plan) -> Result<String> {
    progress("reconnect: PostgreSQL, two servers");
    let pairs = plan.clients / 2;
    let stored = stock.of_pairs(Kind::Postgres, pairs + plan.beside).await?;
    let mut clinic = stock.open(&stored, 2).await?;
    let [with_clients, other] = clinic.addresses()?;
    let talking = Target::prepare(Door::Account, [other; 2], pairs..pairs + plan.beside).await?;
    let beside = Beside {
        address: other,
        talking: Arc::new(talking),
        rate: plan.beside_rate,
        seconds: plan.beside_seconds,
    };
    let mut crowd = Crowd::gather(with_clients, plan.clients).await?;
    let mut out = String::new();
    for (way, title) in [
        (Way::Orderly, "PostgreSQL, one of two servers stopped and started"),
        (Way::Killed, "PostgreSQL, one of two servers killed (-9) and started"),
    ] {
        progress(&format!("reconnect: {title}"));
        let figures = restart(&mut crowd, &mut clinic, way, Some(&beside)).await?;
        out.push_str(&table::text(title, &figures));
        out.push('\n');
    }
    drop(crowd);
    clinic.close().await?;
    stock.remove(stored).await?;
    Ok(out)
}
