//! The table: every figure beside the relay's, and how far the aims are.

use std::fmt::Write as _;

use super::place::Store;
use super::target::Door;
use super::typing::{Beside, WORDS};
use super::{Figures, Options};

/// The server's aim: at least this part of the relay's rate.
const AIM_RATE: f64 = 0.25;
/// The server's aim: at most this many times the relay's CPU per message.
const AIM_CPU: f64 = 4.0;

/// Collects the figures of each door.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<(Door, Figures)>,
}

impl Report {
    pub(crate) fn add(&mut self, door: Door, figures: Figures) {
        self.rows.push((door, figures));
    }

    pub(crate) fn table(&self, options: &Options) -> String {
        let mut out = format!(
            "\nbench server: {} pairs, {} in flight each, {} s per figure; {}\n\n{:<16}{:>14}{:>12}{:>14}{:>10}",
            options.pairs,
            options.in_flight,
            options.seconds,
            options.store.title(),
            "",
            "delivered/s",
            "of relay",
            "CPU s/1,000",
            "× relay"
        );
        out.push_str("   50/s p50/p99 ms  500/s p50/p99 ms   KiB/idle\n");
        let relay =
            self.rows.iter().find(|(door, _)| *door == Door::Relay).map(|(_, figures)| figures.clone());
        for (door, figures) in &self.rows {
            out.push_str(&row(*door, figures, relay.as_ref()));
        }
        for (door, figures) in &self.rows {
            if let Some(typing) = &figures.typing {
                let _ = writeln!(out, "\n{}", beside(*door, typing));
            }
        }
        for (door, figures) in self.rows.iter().filter(|(door, _)| *door != Door::Relay) {
            // The aims are those of the embedded store: the relay has none beyond a network either.
            if let Some(relay) = relay.as_ref().filter(|_| options.store == Store::Sqlite) {
                let _ = writeln!(out, "\n{}", verdict(*door, figures, relay));
            }
        }
        out
    }
}

fn row(door: Door, figures: &Figures, relay: Option<&Figures>) -> String {
    let base = relay.unwrap_or(figures);
    let mut line = format!(
        "{:<16}{:>14.0}{:>11.0}%{:>14.3}{:>10.2}",
        door.title(),
        figures.saturation.delivered_per_s,
        100.0 * figures.saturation.delivered_per_s / base.saturation.delivered_per_s,
        figures.saturation.cpu_per_1000.servers,
        figures.saturation.cpu_per_1000.servers / base.saturation.cpu_per_1000.servers,
    );
    for paced in &figures.paced {
        debug_assert!(paced.rate > 0);
        let _ = write!(line, "{:>10.2} /{:>6.2}", paced.p50_ms, paced.p99_ms);
    }
    let _ = writeln!(line, "{:>11.1} (at {})", figures.idle.bytes_each / 1024.0, figures.idle.connections);
    line
}

fn beside(door: Door, Beside { without, with }: &Beside) -> String {
    format!(
        "{}: p50/p99 of {} messages/s is {:.2} / {:.2} ms, and {:.2} / {:.2} ms while one client says {WORDS} times a second \
         that it types",
        door.title(),
        without.rate,
        without.p50_ms,
        without.p99_ms,
        with.p50_ms,
        with.p99_ms,
    )
}

fn verdict(door: Door, figures: &Figures, relay: &Figures) -> String {
    let rate = figures.saturation.delivered_per_s / relay.saturation.delivered_per_s;
    let cpu = figures.saturation.cpu_per_1000.servers / relay.saturation.cpu_per_1000.servers;
    let word = |met: bool| if met { "met" } else { "missed" };
    format!(
        "{}: {:.0} % of the relay's rate (aim ≥ {:.0} %: {}), {:.2} times its CPU (aim ≤ {:.0}: {})",
        door.title(),
        rate * 100.0,
        AIM_RATE * 100.0,
        word(rate >= AIM_RATE),
        cpu,
        AIM_CPU,
        word(cpu <= AIM_CPU),
    )
}
