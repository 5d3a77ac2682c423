//! Both axes as tables, each with its verdict.

use std::fmt::Write as _;

use super::{Point, Series};
use crate::scale::figures::{growth, is_flat, sparkline};
use crate::scale::words::thousands;

/// The tables.
pub(in crate::scale) fn text(series: &[Series]) -> String {
    series.iter().map(table).collect::<Vec<_>>().join("\n")
}

fn table(series: &Series) -> String {
    let mut out = format!(
        "{}, cost per message against {} ({}); median of each point's visits, their spread in brackets\n\
         {:>14}{:>13}{:>28}{:>10}{:>12}{:>8}{:>9}{:>18}{:>9}  fill\n",
        series.kind.title(),
        series.axis.title(),
        series.beside,
        series.axis.title(),
        "delivered/s",
        "CPU s/1,000 all",
        "servers",
        "PostgreSQL",
        "Redis",
        "× first",
        "p50 ms",
        "p99 ms"
    );
    let first = series.points.first().map_or(1.0, |point| point.cpu().median);
    for point in &series.points {
        out.push_str(&row(point, first));
    }
    out.push_str(&verdict("CPU", series.points.iter().map(|point| point.cpu().median).collect()));
    out.push_str(&verdict("p50", series.points.iter().map(|point| point.p50_ms().median).collect()));
    out
}

fn row(point: &Point, first: f64) -> String {
    let (cpu, p50) = (point.cpu(), point.p50_ms());
    let median = |figure: fn(&super::Visit) -> f64| point.spread(figure).median;
    format!(
        "{:>14}{:>13.0}{:>18.3} (±{:>4.1} %){:>10.3}{:>12.3}{:>8.3}{:>9.2}{:>8.2} (±{:>4.1} %){:>9.2}  {}\n",
        thousands(point.size),
        median(|visit| visit.delivered_per_s),
        cpu.median,
        cpu.per_cent() / 2.0,
        median(|visit| visit.cpu_per_1000.servers),
        median(|visit| visit.cpu_per_1000.postgres),
        median(|visit| visit.cpu_per_1000.redis),
        cpu.median / first,
        p50.median,
        p50.per_cent() / 2.0,
        median(|visit| visit.p99_ms),
        point.fill,
    )
}

fn verdict(what: &str, medians: Vec<f64>) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "  {what} {}  highest {:.2} times the lowest; flat within 20 %: {}",
        sparkline(&medians),
        growth(&medians),
        if is_flat(&medians) { "yes" } else { "no" }
    );
    out
}
