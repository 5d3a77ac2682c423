//! What failed, from what test programs print, to be said once more at the end: a long log is often cut at the front.

/// So many lines of one failure are said again.
const LINES: usize = 14;
/// So many of the last lines are said of a ring that failed without a failed test.
const LAST: usize = 20;

/// The failures of one ring, and its last lines.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    found: Vec<Vec<String>>,
    /// The lines that follow belong to the last failure found.
    open: bool,
    last: Vec<String>,
}

impl Failures {
    /// Looks at one line.
    pub(crate) fn look(&mut self, line: &str) {
        if self.last.len() == LAST {
            self.last.remove(0);
        }
        self.last.push(line.to_owned());
        if begins(line) {
            self.found.push(Vec::new());
            self.open = true;
        } else if ends(line) {
            self.open = false;
        }
        if let Some(failure) = self.found.last_mut().filter(|failure| self.open && failure.len() < LINES)
            && !line.trim().is_empty()
        {
            failure.push(line.to_owned());
        }
    }

    /// What to say of them.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        let last = self.found.is_empty().then_some(&self.last);
        self.found.iter().chain(last).flatten().map(String::as_str)
    }
}

/// The report of a test that failed: of a Rust test program, of the browser tests.
fn begins(line: &str) -> bool {
    line.starts_with("FAIL  ") || (line.starts_with("---- ") && line.ends_with(" stdout ----"))
}

fn ends(line: &str) -> bool {
    line.starts_with("ok    ") || line == "failures:" || line.starts_with("stack backtrace:")
}

#[cfg(test)]
mod tests {
    use super::{Failures, LAST, LINES};

    fn said(text: &str) -> Vec<String> {
        let mut failures = Failures::default();
        text.lines().for_each(|line| failures.look(line));
        failures.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_reports_of_failed_tests_are_said_without_what_is_around_them() {
        let rust = "test a ... ok\nfailures:\n\n---- b stdout ----\n\npanicked at x\nleft: 1\nstack backtrace:\n 0: y\n\nfailures:\n    b\n";
        assert_eq!(said(rust), ["---- b stdout ----", "panicked at x", "left: 1"]);
        let browser = "ok    one\nFAIL  two\n      waited\nok    three\n2 passed, 1 failed";
        assert_eq!(said(browser), ["FAIL  two", "      waited"]);
    }

    #[test]
    fn a_long_report_is_cut() {
        let report = format!("FAIL  one\n{}", "      more\n".repeat(100));
        assert_eq!(said(&report).len(), LINES);
    }

    #[test]
    fn without_a_failed_test_the_last_lines_are_said() {
        let output: String = (0..100).map(|line| format!("{line}\n")).collect();
        let said = said(&output);
        assert_eq!((said.len(), said.last().map(String::as_str)), (LAST, Some("99")));
    }
}
