//! Runs the commands of one ring: each line appears at once with the ring's name before it, and is looked at for counts
//! and failures.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result, bail};

use super::counts::Counts;
use super::failures::Failures;
use crate::command;

/// What one ring printed, counted.
#[derive(Debug)]
pub(crate) struct Recorder {
    prefix: &'static str,
    seen: Seen,
}

#[derive(Debug, Default)]
struct Seen {
    counts: Counts,
    failures: Failures,
}

impl Seen {
    fn look(&mut self, line: &str) {
        self.failures.look(line);
        if let Some(found) = Counts::in_line(line) {
            self.counts += found;
        }
    }
}

impl Recorder {
    /// For a ring of this name.
    pub(crate) fn new(prefix: &'static str) -> Self {
        Self { prefix, seen: Seen::default() }
    }

    /// The tests counted so far.
    pub(crate) fn counts(&self) -> Counts {
        self.seen.counts
    }

    /// What failed so far.
    pub(crate) fn into_failures(self) -> Failures {
        self.seen.failures
    }

    /// Prints a line of the ring's own.
    pub(crate) fn say(&self, line: &str) {
        show(self.prefix, line.as_bytes());
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// When it cannot be started or does not succeed.
    pub(crate) fn run(&mut self, command: &mut Command) -> Result<()> {
        let shown = command::describe(command);
        self.say(&format!("$ {shown}"));
        if io::stdout().is_terminal() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start `{shown}`"))?;
        follow(self.prefix, &mut child, &mut self.seen);
        let status = child.wait()?;
        if !status.success() {
            bail!("`{shown}`: {status}");
        }
        Ok(())
    }
}

fn follow(prefix: &'static str, child: &mut Child, seen: &mut Seen) {
    let seen = Mutex::new(seen);
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| relay(prefix, stdout, &seen));
        relay(prefix, stderr, &seen);
    });
}

fn relay(prefix: &str, from: Option<impl Read>, seen: &Mutex<&mut Seen>) {
    let Some(mut from) = from.map(BufReader::new) else { return };
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        show(prefix, line.trim_ascii_end());
        if let Ok(mut seen) = seen.lock() {
            seen.look(String::from_utf8_lossy(&line).trim_end());
        }
        line.clear();
    }
}

/// Writes one line whole, so that two streams do not mix within it. A closed terminal is nothing to stop for.
fn show(prefix: &str, line: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{prefix:>13} | {}", String::from_utf8_lossy(line)).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{Counts, Recorder};

    #[test]
    fn a_failing_command_fails_and_is_counted_all_the_same() {
        let mut recorder = Recorder::new("ring");
        let script = "echo 'test result: FAILED. 2 passed; 1 failed; 0 ignored'; exit 1";
        assert!(recorder.run(Command::new("sh").args(["-c", script])).is_err());
        assert_eq!(recorder.counts(), Counts { passed: 2, failed: 1 });
    }
}
