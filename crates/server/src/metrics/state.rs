//! What the server is like at the moment it is asked: its store, its health, the way to other servers.

use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::registry::{Registry, Unit};

use super::{Labels, PREFIX};
use crate::bus::Standing;
use crate::health::Report;
use crate::store::{OutreachGauges, PoolGauges, StoreGauges, WriterGauges};

/// What is asked for each time anew.
pub(crate) struct State {
    pub(crate) health: Report,
    pub(crate) standing: Standing,
    pub(crate) store: StoreGauges,
    /// Nothing if the store could not say.
    pub(crate) outreach: Option<OutreachGauges>,
}

impl State {
    pub(super) fn into_registry(self) -> Registry {
        let mut registry = Registry::with_prefix(PREFIX);
        self.health(&mut registry);
        self.bus(&mut registry);
        if let Some(outreach) = self.outreach {
            register_outreach(&mut registry, outreach);
        }
        let waiting = ConstGauge::new(self.store.waiting);
        registry.register("store_waiting", "What waits for the writer, or for a connection", waiting);
        if let Some(writer) = self.store.writer {
            register_writer(&mut registry, writer);
        }
        if !self.store.pools.is_empty() {
            register_pools(&mut registry, &self.store.pools);
        }
        registry
    }

    fn health(&self, registry: &mut Registry) {
        let readable = ConstGauge::new(u32::from(self.health.is_readable()));
        registry.register("database_readable", "Whether the database can be read", readable);
        let writable = ConstGauge::new(u32::from(self.health.is_writable()));
        registry.register("database_writable", "Whether the database commits", writable);
    }

    fn bus(&self, registry: &mut Registry) {
        let standing = Family::<Labels<1>, Gauge>::default();
        for (candidate, name) in STANDINGS {
            standing.get_or_create(&[("way", name)]).set(i64::from(candidate == self.standing));
        }
        registry.register("bus", "How other servers are reached: 1 for the way that is so", standing);
    }
}

const STANDINGS: [(Standing, &str); 5] = [
    (Standing::Alone, "alone"),
    (Standing::Starting, "starting"),
    (Standing::Redis, "redis"),
    (Standing::Postgres, "postgres"),
    (Standing::Nothing, "polling"),
];

fn register_outreach(registry: &mut Registry, gauges: OutreachGauges) {
    let waiting = Family::<Labels<1>, Gauge>::default();
    let OutreachGauges { checks, waiting: sends, failed } = gauges;
    for (what, count) in [("to_decide", checks), ("to_send", sends), ("failed", failed)] {
        waiting.get_or_create(&[("what", what)]).set(count);
    }
    let help =
        "What waits to be decided or sent to people who are not there, and what was given up; 10,000 at most";
    registry.register("outreach_waiting", help, waiting);
}

fn register_writer(registry: &mut Registry, writer: WriterGauges) {
    let commands = ConstCounter::new(writer.jobs);
    registry.register("store_committed", "What the writer has made durable, many to a commit", commands);
    let help = "A commit itself, without what waits for it";
    registry.register_with_unit("store_commit_duration", help, Unit::Seconds, writer.commits);
}

fn register_pools(registry: &mut Registry, pools: &[PoolGauges]) {
    let (connections, most) = (Family::<Labels<2>, Gauge>::default(), Family::<Labels<1>, Gauge>::default());
    let waiting = Family::<Labels<1>, Gauge>::default();
    for pool in pools {
        let name = ("pool", pool.name);
        connections.get_or_create(&[name, ("state", "in_use")]).set(count(pool.in_use));
        connections.get_or_create(&[name, ("state", "idle")]).set(count(pool.idle));
        most.get_or_create(&[name]).set(count(pool.most));
        waiting.get_or_create(&[name]).set(count(pool.waiting));
    }
    registry.register("database_connections", "Connections to the database", connections);
    registry.register("database_connections_max", "Connections there may be at most", most);
    registry.register("database_connections_awaited", "What waits for a connection", waiting);
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
