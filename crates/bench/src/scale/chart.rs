//! The plot: how cost grows with size, both axes, as SVG. Each store is drawn against its own smallest clinic.

use std::path::Path;

use anyhow::{Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;

use super::figures::{FLAT, Spread};
use super::size::{Axis, Point, Series};
use super::stock::Kind;
use super::words::thousands;

/// A quantity that is drawn.
struct Quantity {
    title: &'static str,
    unit: &'static str,
    of: fn(&Point) -> Spread,
}

const QUANTITIES: [Quantity; 2] = [
    Quantity { title: "CPU per message", unit: "CPU s per 1,000", of: Point::cpu },
    Quantity { title: "median delivery", unit: "ms", of: Point::p50_ms },
];

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws a panel for each quantity along each axis: medians as lines, lowest to highest as bars.
pub(super) fn draw(path: &Path, series: &[Series]) -> Result<()> {
    let root = SVGBackend::new(path, (1_100, 800)).into_drawing_area();
    root.fill(&WHITE).map_err(failed)?;
    let panels = root.split_evenly((QUANTITIES.len(), Axis::ALL.len()));
    let wanted = QUANTITIES.iter().flat_map(|quantity| Axis::ALL.map(|axis| (quantity, axis)));
    for (panel, (quantity, axis)) in panels.iter().zip(wanted) {
        let shown: Vec<&Series> = series.iter().filter(|series| series.axis == axis).collect();
        draw_panel(panel, quantity, axis, &shown)?;
    }
    root.present().map_err(failed)
}

fn draw_panel(panel: &Area<'_>, quantity: &Quantity, axis: Axis, series: &[&Series]) -> Result<()> {
    let lines: Vec<Line> = series.iter().filter_map(|series| Line::of(series, quantity)).collect();
    if lines.is_empty() {
        return Ok(()); // Between no two sizes there is no end of labels.
    }
    let points = || lines.iter().flat_map(|line| &line.points);
    let (least, most) =
        points().fold((f64::MAX, f64::MIN), |(least, most), (at, _)| (least.min(*at), most.max(*at)));
    let highest = points().map(|(_, spread)| spread.highest).fold(FLAT, f64::max);
    let beside = series.first().map_or("", |series| &series.beside);
    let mut chart = ChartBuilder::on(panel)
        .caption(format!("{} against {} ({beside})", quantity.title, axis.title()), ("sans-serif", 17))
        .margin(14)
        .x_label_area_size(34)
        .y_label_area_size(56)
        .build_cartesian_2d((least - 0.2)..(most + 0.2), 0.0..highest * 1.35)
        .map_err(failed)?;
    chart
        .configure_mesh()
        .x_labels(8)
        .x_label_formatter(&|exponent| power(*exponent))
        .y_label_formatter(&|value| format!("× {value:.1}"))
        .light_line_style(WHITE)
        .draw()
        .map_err(failed)?;
    let flat = PathElement::new([(least - 0.2, FLAT), (most + 0.2, FLAT)], BLACK.mix(0.5));
    chart.draw_series([flat]).map_err(failed)?;
    for Line { kind, name, points } in &lines {
        let style = colour(*kind).filled().stroke_width(2);
        let medians = points.iter().map(|(at, spread)| (*at, spread.median));
        let drawn = chart.draw_series(LineSeries::new(medians, style).point_size(4)).map_err(failed)?;
        drawn.label(name).legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], style));
        let bar = |(at, spread): &(f64, Spread)| {
            PathElement::new([(*at, spread.lowest), (*at, spread.highest)], style)
        };
        chart.draw_series(points.iter().map(bar)).map_err(failed)?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK.mix(0.3))
        .draw()
        .map_err(failed)
}

/// A series as it is drawn: sizes as powers of ten, figures as multiples of the first.
struct Line {
    kind: Kind,
    name: String,
    points: Vec<(f64, Spread)>,
}

impl Line {
    fn of(series: &Series, quantity: &Quantity) -> Option<Self> {
        let first = (quantity.of)(series.points.first()?).median;
        let points = series.points.iter().map(|point| (log(point.size), (quantity.of)(point).over(first)));
        let name = format!("{} (first: {first:.3} {})", series.kind.title(), quantity.unit);
        Some(Line { kind: series.kind, name, points: points.collect() })
    }
}

const fn colour(kind: Kind) -> RGBColor {
    match kind {
        Kind::Sqlite => RGBColor(0, 92, 122),
        Kind::Postgres => RGBColor(190, 85, 20),
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn log(size: i64) -> f64 {
    (size as f64).log10()
}

/// A label at whole powers of ten.
fn power(exponent: f64) -> String {
    let whole = exponent.round();
    if (exponent - whole).abs() > 0.01 {
        return String::new();
    }
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    thousands(10_f64.powi(whole as i32).round() as i64)
}

fn failed(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("the plot cannot be drawn: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::Cpu;
    use crate::scale::visit::Visit;

    #[test]
    fn labels_stand_at_powers_of_ten() {
        assert_eq!(power(4.0), "10,000");
        assert_eq!(power(4.5), "");
    }

    fn point(size: i64, cpu: [f64; 3]) -> Point {
        let visit = |servers| Visit {
            delivered_per_s: 900.0,
            cpu_per_1000: Cpu { servers, ..Cpu::default() },
            p50_ms: servers * 30.0,
            p99_ms: servers * 60.0,
        };
        Point { size, fill: String::new(), visits: cpu.map(visit).to_vec() }
    }

    fn series(axis: Axis, kind: Kind, first: f64) -> Series {
        let points = [(10_000, 1.0), (100_000, 1.05), (1_000_000, 0.98), (10_000_000, 1.3)];
        let points =
            points.map(|(size, times)| point(size, [1.1, 1.0, 0.9].map(|part| part * first * times)));
        Series { axis, kind, points: points.to_vec(), beside: "200 accounts".to_owned() }
    }

    #[test]
    fn every_store_is_drawn_against_its_own_first_point_along_both_axes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scale.svg");
        let all: Vec<_> = Axis::ALL
            .into_iter()
            .flat_map(|axis| [series(axis, Kind::Sqlite, 0.07), series(axis, Kind::Postgres, 1.2)])
            .collect();
        draw(&path, &all).unwrap();
        let drawn = std::fs::read_to_string(&path).unwrap();
        for words in [
            "CPU per message against stored messages (200 accounts)",
            "median delivery against accounts (200 accounts)",
            "SQLite (first: 0.070 CPU s per 1,000)",
            "PostgreSQL (first: 1.200 CPU s per 1,000)",
            "10,000,000",
        ] {
            assert!(drawn.contains(words), "no {words}");
        }
    }

    #[test]
    fn an_axis_without_sizes_stays_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scale.svg");
        draw(&path, &[series(Axis::Accounts, Kind::Sqlite, 0.07)]).unwrap();
        let drawn = std::fs::read_to_string(&path).unwrap();
        assert!(drawn.contains("against accounts") && !drawn.contains("against stored messages"));
    }
}
