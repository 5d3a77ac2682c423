//! One restart: the server ends, its clients miss something, it is started again, they come back.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::client::Line;
use super::crowd::{Crowd, Place, Return};
use super::network::Failed;
use super::talk::{Spoken, Talk};
use crate::meter::{self, Cpu, Meter};
use crate::scale::clinic::Clinic;
use crate::scale::figures::quantile;
use crate::server::target::Target;

/// The share of clients that is nearly all.
const NEARLY_ALL: f64 = 0.99;

/// How a server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Asked to; it tells its clients when to come back.
    Orderly,
    /// By kill -9.
    Killed,
}

/// Another server, and who talks there.
pub(super) struct Beside {
    pub(super) address: SocketAddr,
    pub(super) talking: Arc<Target>,
    pub(super) rate: u32,
    /// Seconds they talk before the restart.
    pub(super) seconds: u64,
}

/// What was seen of a restart.
pub(super) struct Figures {
    /// From the order to end until the server listened again.
    pub(super) away: Duration,
    /// From then until each client was back, with everything it had missed.
    pub(super) back: Vec<Duration>,
    /// How many of them by long polling.
    pub(super) polling: usize,
    /// How often one that was back was lost again.
    pub(super) again: u32,
    /// Attempts that failed while nobody listened, and after.
    pub(super) failed_before: Failures,
    pub(super) failed_after: Failures,
    /// Messages sent meanwhile that clients were to receive, and those they have.
    pub(super) missed: u64,
    pub(super) received: u64,
    pub(super) beside: Option<BesideFigures>,
    /// CPU seconds from when the server listened until all were back: of all servers and services, and of the clients.
    pub(super) cpu: Cpu,
    pub(super) cpu_clients: f64,
}

/// Attempts that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Failures {
    pub(super) refused: usize,
    pub(super) broken: usize,
    pub(super) status_5xx: usize,
    pub(super) other_status: usize,
}

/// Delivery times of those who talk on the other server: median and 99th percentile.
#[derive(Clone, Copy, Debug)]
pub(super) struct BesideFigures {
    pub(super) idle: Latency,
    /// While the server was away and its clients' partners wrote.
    pub(super) away: Latency,
    /// From when it listened until nearly all clients were back: a few come much later, one by one.
    pub(super) back: Latency,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Latency {
    pub(super) messages: usize,
    pub(super) p50: Duration,
    pub(super) p99: Duration,
}

/// Restarts a server under its clients.
pub(super) async fn restart(
    crowd: &mut Crowd,
    clinic: &mut Clinic<'_>,
    way: Way,
    beside: Option<&Beside>,
) -> Result<Figures> {
    let talk = match beside {
        Some(beside) => Some(talk_awhile(beside).await?),
        None => None,
    };
    drop(crowd.network.take_failures());
    let ended = Instant::now();
    match way {
        Way::Orderly => clinic.first()?.stop().await?,
        Way::Killed => clinic.first()?.kill().await?,
    }
    let missed = match beside {
        Some(beside) => crowd.one_of_each_pair_writes(beside.address).await?,
        None => 0,
    };
    clinic.first()?.start_again().await?;
    let (listening, cpu, own) = (Instant::now(), clinic.cpu()?, meter::cpu_of(std::process::id())?);
    let returned = crowd.until_back().await?;
    let (cpu_after, own_after) = (clinic.cpu()?, meter::cpu_of(std::process::id())?);
    let back = back_times(&returned, listening);
    let nearly_all_back = listening + quantile(&back, NEARLY_ALL).unwrap_or_default();
    let spoken = match talk {
        Some(talk) => Some(talk.end().await?),
        None => None,
    };
    let beside = spoken.map(|spoken| BesideFigures {
        idle: latency(&spoken, None, Some(ended)),
        away: latency(&spoken, Some(ended), Some(listening)),
        back: latency(&spoken, Some(listening), Some(nearly_all_back)),
    });
    let (before, after) = crowd.network.take_failures().into_iter().partition(|(at, _)| *at < listening);
    Ok(Figures {
        away: listening - ended,
        back,
        polling: count(&returned, |line| line == Line::Polling),
        again: returned.again,
        failed_before: Failures::of(before),
        failed_after: Failures::of(after),
        missed,
        received: returned.messages,
        beside,
        cpu: cpu_after.since(cpu),
        cpu_clients: own_after - own,
    })
}

async fn talk_awhile(beside: &Beside) -> Result<Talk> {
    let talk = Talk::begin(&beside.talking, beside.rate).await?;
    tokio::time::sleep(Duration::from_secs(beside.seconds)).await;
    Ok(talk)
}

fn back_times(returned: &Return, listening: Instant) -> Vec<Duration> {
    let backs = returned.clients.iter().filter_map(|place| match place {
        Place::Back { at, .. } => Some(at.saturating_duration_since(listening)),
        Place::Here | Place::Gone => None,
    });
    backs.collect()
}

fn count(returned: &Return, is_so: impl Fn(Line) -> bool) -> usize {
    let so = |place: &&Place| matches!(place, Place::Back { line, .. } if is_so(*line));
    returned.clients.iter().filter(so).count()
}

impl Failures {
    fn of(noted: Vec<(Instant, Failed)>) -> Self {
        let mut failures = Failures::default();
        for (_, failed) in noted {
            let counted = match failed {
                Failed::Refused => &mut failures.refused,
                Failed::Broken => &mut failures.broken,
                Failed::Status(500..=599) => &mut failures.status_5xx,
                Failed::Status(_) => &mut failures.other_status,
            };
            *counted += 1;
        }
        failures
    }
}

/// Of what was to be said within a stretch of time.
fn latency(spoken: &[Spoken], from: Option<Instant>, to: Option<Instant>) -> Latency {
    let within = |due: Instant| from.is_none_or(|from| due >= from) && to.is_none_or(|to| due < to);
    let took: Vec<Duration> =
        spoken.iter().filter(|spoken| within(spoken.due)).map(|spoken| spoken.took).collect();
    let at = |share: f64| quantile(&took, share).unwrap_or_default();
    Latency { messages: took.len(), p50: at(0.5), p99: at(0.99) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latency_is_of_its_stretch_of_time_only() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let spoken = [(0, 5), (10, 7), (20, 900)]
            .map(|(due, took)| Spoken { due: at(due), took: Duration::from_millis(took) });
        let first = latency(&spoken, None, Some(at(20)));
        assert_eq!(
            (first.messages, first.p50, first.p99),
            (2, Duration::from_millis(5), Duration::from_millis(7))
        );
        assert_eq!(latency(&spoken, Some(at(20)), None).p50, Duration::from_millis(900));
    }

    #[test]
    fn what_the_server_cannot_do_is_told_from_what_it_will_not() {
        let at = Instant::now();
        let noted =
            [Failed::Refused, Failed::Status(503), Failed::Status(500), Failed::Status(429), Failed::Broken];
        let failures = Failures::of(noted.map(|failed| (at, failed)).to_vec());
        assert_eq!(failures, Failures { refused: 1, broken: 1, status_5xx: 2, other_status: 1 });
    }
}
