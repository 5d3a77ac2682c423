//! What the server counts of itself, for whoever runs it; `GET /metrics` on a listener of its own tells it.
//!
//! Counting is a few atomic operations, whether anybody asks or not: some 100 ns for a command, 1.4 µs for a request, whose
//! series has to be found (2 cores, November 2026). No label names a person, an account, a room or an
//! address: labels are words of this module and the patterns of routes. `docs/operations.md` says what each means.

mod commands;
mod durations;
mod feed;
mod outreach;
mod requests;
mod sign_ins;
mod sockets;
mod state;

use std::fmt;
use std::sync::atomic::AtomicU64;

use bedside_protocol::Timestamp;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

pub(crate) use commands::{Became, Kind};
pub(crate) use durations::Durations;
pub(crate) use outreach::Fate;
pub(crate) use sign_ins::SignInEnded;
pub(crate) use sockets::{Closed, SocketKind};
pub(crate) use state::State;

use commands::Commands;
use feed::Feed;
use outreach::Outreach;
use requests::Requests;
use sign_ins::SignIns;
use sockets::Sockets;

/// What every name of ours begins with.
const PREFIX: &str = "bedside";

/// Names and values, all of this module.
type Labels<const N: usize> = [(&'static str, &'static str); N];

/// Everything that is counted as it happens.
pub(crate) struct Metrics {
    pub(crate) commands: Commands,
    pub(crate) feed: Feed,
    pub(crate) outreach: Outreach,
    pub(crate) requests: Requests,
    pub(crate) sign_ins: SignIns,
    pub(crate) sockets: Sockets,
    registry: Registry,
}

impl Metrics {
    /// Begins to count, in a process that has just started.
    pub(crate) fn new(now: Timestamp) -> Self {
        let mut registry = Registry::default();
        registry.register_with_unit(
            "process_start_time",
            "When the process started",
            Unit::Seconds,
            started(now),
        );
        let ours = registry.sub_registry_with_prefix(PREFIX);
        ours.register("build", "The version that runs", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        Metrics {
            commands: Commands::new(ours),
            feed: Feed::new(ours),
            outreach: Outreach::new(ours),
            requests: Requests::new(ours),
            sign_ins: SignIns::new(ours),
            sockets: Sockets::new(ours),
            registry,
        }
    }

    /// All of it, and what the server is like at the moment, as OpenMetrics text.
    pub(crate) fn text(&self, state: State) -> Result<String, fmt::Error> {
        let mut text = String::with_capacity(32 * 1024);
        encode_registry(&mut text, &self.registry)?;
        encode_registry(&mut text, &state.into_registry())?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}

fn started(now: Timestamp) -> Gauge<f64, AtomicU64> {
    let gauge = Gauge::default();
    gauge.set(seconds(now));
    gauge
}

/// Exact for as long as milliseconds fit into 52 bits.
#[expect(clippy::cast_precision_loss, reason = "milliseconds until the year 144,000 are exact")]
fn seconds(at: Timestamp) -> f64 {
    at.millis() as f64 / 1_000.0
}

/// One of those that a gauge counts, until it is dropped.
#[derive(Debug)]
pub(crate) struct Counted(Gauge);

impl Counted {
    fn in_(gauge: &Gauge) -> Self {
        gauge.inc();
        Counted(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}
