//! A program whose syncs can be counted while it runs: durability leaves no other trace that a test could see.
//!
//! A killed process loses nothing that the system has taken over, synced or not; only the calls themselves tell.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::programs;

/// The syncs of one kind of file that a program has finished.
#[derive(Clone, Debug)]
pub struct Syncs {
    log: PathBuf,
    ending: String,
}

impl Syncs {
    /// The command that runs a program under strace, which notes each sync of any of its threads in `log` before the
    /// thread goes on. What it starts is the program itself: its process number, its streams, its exit code.
    ///
    /// # Errors
    /// When there is no strace.
    pub fn traced(program: &Path, log: &Path) -> Result<Command> {
        let mut command = Command::new(programs::find("strace")?);
        command.args(["-D", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync", "-e", "signal=none", "-o"]);
        command.arg(log).arg(program);
        Ok(command)
    }

    /// Those of files whose names end so.
    #[must_use]
    pub fn of(log: &Path, ending: &str) -> Self {
        Syncs { log: log.to_owned(), ending: format!("{ending}>)") }
    }

    /// How many have returned without an error.
    #[must_use]
    pub fn finished(&self) -> usize {
        finished(&std::fs::read_to_string(&self.log).unwrap_or_default(), &self.ending)
    }
}

/// strace writes a call that another thread's line interrupts in two parts, the second without its arguments.
fn finished(log: &str, ending: &str) -> usize {
    let mut begun: BTreeMap<&str, bool> = BTreeMap::new();
    let mut count = 0;
    for (thread, call) in log.lines().filter_map(|line| line.split_once(' ')) {
        let call = call.trim();
        let counts = match call.strip_suffix("<unfinished ...>") {
            Some(first) => {
                begun.insert(thread, format!("{})", first.trim_end()).contains(ending));
                false
            }
            None if call.starts_with("<...") => begun.remove(thread).unwrap_or_default(),
            None => call.contains(ending),
        };
        count += usize::from(counts && call.ends_with("= 0"));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::finished;

    #[test]
    fn only_what_has_returned_without_an_error_is_counted() {
        let log = "7  fdatasync(12</a/b.sqlite3-wal>)  = 0\n\
                   8  fdatasync(12</a/b.sqlite3-wal> <unfinished ...>\n\
                   7  fdatasync(3</a/b.sqlite3>)      = 0\n\
                   8  <... fdatasync resumed>)         = 0\n\
                   7  fsync(12</a/b.sqlite3-wal>)     = -1 EIO (Input/output error)\n\
                   9  fdatasync(12</a/b.sqlite3-wal> <unfinished ...>\n";
        assert_eq!((finished(log, "-wal>)"), finished(log, ".sqlite3>)")), (2, 1));
    }
}
