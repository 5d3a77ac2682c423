//! The programs a demo has started. Dropping the set ends them: politely first, the last started first.

use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use super::interrupt::Interrupt;
use crate::progress::Stopwatch;

/// How often the programs are looked at.
const LOOK: Duration = Duration::from_millis(100);
/// How long a program may take to end by itself when asked.
const PATIENCE: Duration = Duration::from_secs(8);

/// What a program's end means for the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its end is an accident.
    Server,
    /// The person may close it; the demo is over when all are closed.
    Window,
}

#[derive(Debug)]
struct Started {
    name: &'static str,
    role: Role,
    child: Child,
}

/// All programs started so far.
#[derive(Debug, Default)]
pub(crate) struct Running(Vec<Started>);

impl Running {
    /// Takes a program on.
    pub(crate) fn add(&mut self, name: &'static str, role: Role, child: Child) {
        self.0.push(Started { name, role, child });
    }

    /// Waits until somebody asks to end or all windows are closed.
    ///
    /// # Errors
    /// When a program ended that should not have, or as it should not have.
    pub(crate) fn until_over(&mut self, interrupt: &Interrupt) -> Result<()> {
        while !interrupt.happened() && self.0.iter().any(|held| held.role == Role::Window) {
            self.look(interrupt)?;
            thread::sleep(LOOK);
        }
        Ok(())
    }

    /// Looks once whether something ended; forgets windows that were closed.
    ///
    /// # Errors
    /// As for [`Running::until_over`].
    pub(crate) fn look(&mut self, interrupt: &Interrupt) -> Result<()> {
        let mut ended = Vec::new();
        for (at, held) in self.0.iter_mut().enumerate() {
            if let Some(status) = held.child.try_wait()? {
                ended.push((at, status));
            }
        }
        for (at, status) in ended.into_iter().rev() {
            let gone = self.0.remove(at);
            if !interrupt.happened() && !gone.may_end_so(status) {
                bail!("{} ended: {status}", gone.name);
            }
        }
        Ok(())
    }
}

impl Started {
    fn may_end_so(&self, status: ExitStatus) -> bool {
        self.role == Role::Window && status.success()
    }

    fn end(&mut self) {
        ask_to_end(&mut self.child);
        let watch = Stopwatch::start();
        while watch.elapsed() < PATIENCE {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(LOOK);
        }
        println!("    {} does not end by itself; it is killed", self.name);
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for held in self.0.iter_mut().rev() {
            held.end();
        }
    }
}

/// Sends the signal a system would. Where there is none, the program is stopped outright.
fn ask_to_end(child: &mut Child) {
    let asked = cfg!(unix)
        && Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()
            .is_ok_and(|status| status.success());
    if !asked {
        let _ = child.kill();
    }
}
