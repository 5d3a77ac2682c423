//! The table at the end, and the last line that sums it up.

use std::time::Duration;

use super::counts::Counts;
use super::failures::Failures;
use super::ring::Ring;
use crate::progress::clock;

/// How a ring ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything in it succeeded.
    Passed,
    /// Something did not.
    Failed,
}

/// One ring's line.
#[derive(Debug)]
pub(crate) struct Row {
    /// Which ring.
    pub(crate) ring: Ring,
    /// How long it took.
    pub(crate) elapsed: Duration,
    /// Its tests.
    pub(crate) counts: Counts,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// What failed in it.
    pub(crate) failures: Failures,
}

impl Row {
    /// Its tests; a ring that failed without a failed test counts as one, so that no sum hides it.
    fn counted(&self) -> Counts {
        let hidden = self.outcome == Outcome::Failed && self.counts.failed == 0;
        Counts { failed: self.counts.failed + usize::from(hidden), ..self.counts }
    }

    fn result(&self) -> &'static str {
        match (self.outcome, self.elapsed > self.ring.budget()) {
            (Outcome::Failed, _) => "FAILED",
            (Outcome::Passed, true) => "ok, over budget",
            (Outcome::Passed, false) => "ok",
        }
    }
}

/// Whether every ring passed.
pub(crate) fn all_passed(rows: &[Row]) -> bool {
    rows.iter().all(|row| row.outcome == Outcome::Passed)
}

/// Prints what failed, the table and the last line.
pub(crate) fn print(rows: &[Row]) {
    for row in rows.iter().filter(|row| row.outcome == Outcome::Failed) {
        println!("\nfailed in {}:", row.ring.name());
        row.failures.lines().for_each(|line| println!("  {line}"));
    }
    println!("\n{:<15}{:>8}{:>8}{:>8}{:>8}  result", "ring", "passed", "failed", "time", "budget");
    for row in rows {
        let counts = row.counted();
        println!(
            "{:<15}{:>8}{:>8}{:>8}{:>8}  {}",
            row.ring.name(),
            counts.passed,
            counts.failed,
            clock(row.elapsed),
            clock(row.ring.budget()),
            row.result()
        );
    }
    println!("{}", last_line(rows));
}

fn last_line(rows: &[Row]) -> String {
    let mut sum = Counts::default();
    rows.iter().for_each(|row| sum += row.counted());
    format!("{} passed, {} failed", sum.passed, sum.failed)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Counts, Failures, Outcome, Ring, Row, all_passed, last_line};

    fn row(outcome: Outcome, passed: usize, failed: usize) -> Row {
        let counts = Counts { passed, failed };
        Row { ring: Ring::Unit, elapsed: Duration::ZERO, counts, outcome, failures: Failures::default() }
    }

    #[test]
    fn a_ring_that_fails_without_a_failed_test_is_in_the_sum() {
        let rows = [row(Outcome::Passed, 7, 0), row(Outcome::Failed, 0, 0)];
        assert_eq!(last_line(&rows), "7 passed, 1 failed");
        assert!(!all_passed(&rows));
    }
}
