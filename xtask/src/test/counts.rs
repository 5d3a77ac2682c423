//! Reading how many tests passed and failed from what a test program prints.

use std::ops::AddAssign;

/// Tests that passed and tests that failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// How many passed.
    pub(crate) passed: usize,
    /// How many failed.
    pub(crate) failed: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Counts {
    /// What a line reports, if it is the summary of a Rust test program or of the browser tests.
    pub(crate) fn in_line(line: &str) -> Option<Self> {
        let summary = line.trim().strip_prefix("test result: ");
        let parts: Vec<&str> = match summary {
            Some(rest) => rest.split_once(". ")?.1.split("; ").collect(),
            None => line.trim().split(", ").collect(),
        };
        let whole = summary.is_some() || parts.len() == 2;
        let (passed, failed) = (number(parts.first()?, "passed")?, number(parts.get(1)?, "failed")?);
        whole.then_some(Self { passed, failed })
    }
}

fn number(part: &str, what: &str) -> Option<usize> {
    part.strip_suffix(what)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn the_summary_of_a_rust_test_program_is_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(Counts::in_line(line), Some(Counts { passed: 12, failed: 3 }));
    }

    #[test]
    fn the_summary_of_the_browser_tests_is_counted() {
        assert_eq!(Counts::in_line("41 passed, 0 failed\n"), Some(Counts { passed: 41, failed: 0 }));
    }

    #[test]
    fn other_lines_are_not_counted() {
        assert_eq!(Counts::in_line("test a_patient_writes ... ok"), None);
        assert_eq!(Counts::in_line("2 passed"), None);
        assert_eq!(Counts::in_line("test result: ok."), None);
    }
}
