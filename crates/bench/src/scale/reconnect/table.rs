//! A restart as text: the figures, and a histogram of who was back when.

use std::fmt::Write as _;
use std::time::Duration;

use super::restart::{BesideFigures, Failures, Figures, Latency};
use crate::scale::figures::{by_second, millis, quantile};

/// How much later than without a restart others' messages may arrive.
const AIM: f64 = 3.0;
/// The longest bar.
const WIDTH: usize = 60;

pub(super) fn text(title: &str, figures: &Figures) -> String {
    let at = |share: f64| quantile(&figures.back, share).unwrap_or_default().as_secs_f64();
    let mut out = format!(
        "reconnect: {title}; {} clients\n\
         \x20 away for {:.2} s; since it listens: half are back after {:.2} s, 99 % after {:.2} s, all after {:.2} s\n\
         \x20 {} of them by long polling; {} lost again\n",
        figures.back.len(),
        figures.away.as_secs_f64(),
        at(0.5),
        at(0.99),
        at(1.0),
        figures.polling,
        figures.again,
    );
    let _ = writeln!(out, "  attempts that failed while it was away: {}", failures(figures.failed_before));
    let _ = writeln!(
        out,
        "  attempts that failed once it listened:   {}; no 5xx: {}",
        failures(figures.failed_after),
        if figures.failed_after.status_5xx == 0 { "yes" } else { "no" }
    );
    if figures.missed > 0 {
        let _ =
            writeln!(out, "  messages missed: {}, received on return: {}", figures.missed, figures.received);
    }
    out.push_str(&cost(figures));
    out.push_str(&histogram(&figures.back));
    if let Some(beside) = &figures.beside {
        out.push_str(&others(beside));
    }
    out
}

/// What coming back costs, others' messages meanwhile included.
fn cost(figures: &Figures) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a count far below 2^52")]
    let each = figures.cpu.per_1000(figures.back.len() as f64);
    #[expect(clippy::cast_precision_loss, reason = "a count far below 2^52")]
    let clients = figures.cpu_clients / figures.back.len() as f64 * 1_000.0;
    format!(
        "  CPU until all were back, ms per client: servers {:.2}, PostgreSQL {:.2}, Redis {:.2}; \
         the clients themselves {:.2}\n",
        each.servers, each.postgres, each.redis, clients
    )
}

fn failures(failures: Failures) -> String {
    format!(
        "{} refused, {} broken, {} with 5xx, {} with another status",
        failures.refused, failures.broken, failures.status_5xx, failures.other_status
    )
}

fn histogram(back: &[Duration]) -> String {
    let counts = by_second(back);
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    let mut out = String::new();
    for (second, count) in counts.iter().enumerate() {
        let _ = writeln!(out, "  {second:>4} s {count:>6} {}", "█".repeat(count * WIDTH / most));
    }
    out
}

fn others(beside: &BesideFigures) -> String {
    let row = |title: &str, latency: Latency| {
        format!(
            "    {title:<36}{:>7}{:>10.2}{:>10.2}{:>10.2}\n",
            latency.messages,
            millis(latency.p50),
            millis(latency.p99),
            millis(latency.p99) / millis(beside.idle.p99).max(f64::MIN_POSITIVE)
        )
    };
    let ratio = beside.back.p99.as_secs_f64() / beside.idle.p99.as_secs_f64().max(f64::MIN_POSITIVE);
    format!(
        "  others, on the other server:            messages    p50 ms    p99 ms  × before\n{}{}{}\
         \x20 p99 within {AIM:.0} times of before while they come back: {}\n",
        row("before", beside.idle),
        row("while it is away (partners write)", beside.away),
        row("while 99 % of its clients come back", beside.back),
        if ratio <= AIM { "yes" } else { "no" }
    )
}
