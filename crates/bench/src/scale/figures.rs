//! Arithmetic of figures: medians and their spread, percentiles, histograms, flatness. Pure.

use std::time::Duration;

/// How much the highest of flat figures may be above the lowest.
pub(crate) const FLAT: f64 = 1.2;

/// Several measurements of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spread {
    pub(crate) lowest: f64,
    pub(crate) median: f64,
    pub(crate) highest: f64,
}

impl Spread {
    /// Of nothing, all is nought. The median of an even number lies between the two in the middle.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or_default();
        let (half, last) = (values.len() / 2, values.len().saturating_sub(1));
        let median = if values.len().is_multiple_of(2) {
            f64::midpoint(at(half.saturating_sub(1)), at(half))
        } else {
            at(half)
        };
        Spread { lowest: at(0), median, highest: at(last) }
    }

    /// As multiples of something.
    pub(crate) fn over(self, one: f64) -> Self {
        Spread { lowest: self.lowest / one, median: self.median / one, highest: self.highest / one }
    }

    /// From lowest to highest, in per cent of the median.
    pub(crate) fn per_cent(self) -> f64 {
        if self.median > 0.0 { (self.highest - self.lowest) / self.median * 100.0 } else { 0.0 }
    }
}

/// The highest of figures over the lowest; 1 for fewer than two.
pub(crate) fn growth(figures: &[f64]) -> f64 {
    let highest = figures.iter().copied().fold(f64::MIN, f64::max);
    let lowest = figures.iter().copied().fold(f64::MAX, f64::min);
    if figures.len() < 2 || lowest <= 0.0 { 1.0 } else { highest / lowest }
}

/// Whether figures are flat within 20 %.
pub(crate) fn is_flat(figures: &[f64]) -> bool {
    growth(figures) <= FLAT
}

/// The value that this share of all values does not exceed; nothing of nothing.
pub(crate) fn quantile(values: &[Duration], share: f64) -> Option<Duration> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the count")]
    let rank = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

/// How many values fall into each second, from the first second on.
pub(crate) fn by_second(values: &[Duration]) -> Vec<usize> {
    let seconds = values.iter().map(|value| usize::try_from(value.as_secs()).unwrap_or(usize::MAX));
    let mut counts = Vec::new();
    for second in seconds {
        if counts.len() <= second {
            counts.resize(second + 1, 0);
        }
        if let Some(count) = counts.get_mut(second) {
            *count += 1;
        }
    }
    counts
}

/// Figures as bars in one line, from nought to the highest.
pub(crate) fn sparkline(figures: &[f64]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = figures.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let bar = |figure: &f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 8")]
        let eighths = (figure / highest * 8.0).ceil() as usize;
        BARS.get(eighths.clamp(1, 8) - 1).copied().unwrap_or('█')
    };
    figures.iter().map(bar).collect()
}

/// A duration in milliseconds.
pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(values: &[u64]) -> Vec<Duration> {
        values.iter().map(|value| Duration::from_millis(*value)).collect()
    }

    #[test]
    fn the_median_is_the_middle_and_the_spread_what_lies_around_it() {
        assert_eq!(Spread::of(vec![5.0, 1.0, 4.0]), Spread { lowest: 1.0, median: 4.0, highest: 5.0 });
        assert!((Spread::of(vec![4.0, 2.0]).median - 3.0).abs() < 1e-9);
        assert!((Spread::of(vec![5.0, 1.0, 4.0]).per_cent() - 100.0).abs() < 1e-9);
        assert_eq!(Spread::of(Vec::new()), Spread::default());
        assert_eq!(
            Spread::of(vec![3.0, 6.0, 9.0]).over(3.0),
            Spread { lowest: 1.0, median: 2.0, highest: 3.0 }
        );
    }

    #[test]
    fn flat_is_what_grows_by_a_fifth_at_most_wherever_the_highest_is() {
        assert!(is_flat(&[1.0, 1.19, 1.05]));
        assert!(!is_flat(&[1.0, 1.21, 1.05]));
        assert!(!is_flat(&[1.21, 1.0]));
        assert!(is_flat(&[3.0]));
        assert!((growth(&[2.0, 3.0, 1.5]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_quantile_is_a_value_that_was_measured() {
        let values = ms(&(1..=100).rev().collect::<Vec<_>>());
        assert_eq!(quantile(&values, 0.5), Some(Duration::from_millis(50)));
        assert_eq!(quantile(&values, 0.99), Some(Duration::from_millis(99)));
        assert_eq!(quantile(&values, 1.0), Some(Duration::from_millis(100)));
        assert_eq!(quantile(&ms(&[7]), 0.01), Some(Duration::from_millis(7)));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn seconds_without_a_value_are_counted_as_well() {
        assert_eq!(by_second(&ms(&[3_100, 0, 999, 1_000])), [2, 1, 0, 1]);
        assert!(by_second(&[]).is_empty());
    }

    #[test]
    fn bars_begin_at_nought() {
        assert_eq!(sparkline(&[8.0, 4.0, 1.0, 0.0]), "█▄▁▁");
        assert_eq!(sparkline(&[1.0, 1.0]), "██");
    }
}
