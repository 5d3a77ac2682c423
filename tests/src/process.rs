//! Child processes that never outlive the test, each with its output in a file.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::process::{Child, Command};

/// A running program; dropping it kills it, and with it whatever it has started: a driver killed alone would leave
/// its browser behind. They stay in the terminal's process group, so that Ctrl+C reaches them all.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program with its output in `<folder>/<name>.log` and nothing to read.
    pub fn start(name: &str, mut command: Command, folder: &Path) -> Result<Self> {
        command.stdin(Stdio::null());
        Self::start_listening(name, command, folder)
    }

    /// As [`Process::start`], leaving standard input as the command says.
    pub fn start_listening(name: &str, mut command: Command, folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let output = File::options().create(true).append(true).open(&log)?;
        command.stdout(output.try_clone()?).stderr(output).kill_on_drop(true);
        let child = command.spawn().with_context(|| format!("start {name}"))?;
        Ok(Process { name: name.to_owned(), child, log })
    }

    /// As [`Process::start_listening`], with its standard output to be read by [`Process::piped_output`].
    pub(crate) fn start_piped(name: &str, mut command: Command, folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let errors = File::options().create(true).append(true).open(&log)?;
        command.stdout(Stdio::piped()).stderr(errors).kill_on_drop(true);
        let child = command.spawn().with_context(|| format!("start {name}"))?;
        Ok(Process { name: name.to_owned(), child, log })
    }

    pub(crate) fn piped_output(&mut self) -> Result<tokio::process::ChildStdout> {
        self.child.stdout.take().with_context(|| format!("{} has no output to read", self.name))
    }

    /// The process's number.
    pub fn id(&self) -> Result<u32> {
        self.child.id().with_context(|| format!("{} has ended", self.name))
    }

    /// What it has printed.
    #[must_use]
    pub fn output(&self) -> String {
        std::fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// Its standard input, once.
    pub fn input(&mut self) -> Result<tokio::process::ChildStdin> {
        self.child.stdin.take().with_context(|| format!("{} has no input", self.name))
    }

    /// Ends it where it stands, as a crash would, and waits until it is gone.
    pub async fn kill(&mut self) -> Result<()> {
        self.child.kill().await.with_context(|| format!("kill {}", self.name))
    }

    /// Asks it to end and waits until it has; whether it ended well.
    pub async fn stop(&mut self) -> Result<bool> {
        signal(self.id()?, Signal::Terminate).await?;
        self.ended().await
    }

    /// Waits until it ends by itself; whether it ended well.
    pub async fn ended(&mut self) -> Result<bool> {
        let wait = tokio::time::timeout(crate::wait::PATIENCE, self.child.wait());
        Ok(wait.await.with_context(|| format!("{} did not end", self.name))??.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let Some(id) = self.child.id() else { return };
        let mut doomed = vec![id];
        doomed.extend(descendants(id));
        let ids = doomed.iter().map(u32::to_string);
        // One that has ended meanwhile is what this is for.
        let _ = std::process::Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status();
    }
}

/// Everything a process has started, and what that has started.
pub fn descendants(id: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = running().filter_map(|(id, place)| Some((id, parent(&place)?))).collect();
    let mut found = vec![id];
    let mut at = 0;
    while let Some(next) = found.get(at).copied() {
        found.extend(parents.iter().filter(|(_, parent)| *parent == next).map(|(id, _)| *id));
        at += 1;
    }
    found.split_off(1)
}

/// The parent's number, behind the program's name, which may hold anything.
fn parent(process: &Path) -> Option<u32> {
    let line = std::fs::read_to_string(process.join("stat")).ok()?;
    line.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Every process with its place below `/proc`.
fn running() -> impl Iterator<Item = (u32, PathBuf)> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
}

/// What a process can be sent.
#[derive(Clone, Copy, Debug)]
pub enum Signal {
    /// Asks it to end.
    Terminate,
    /// Ends it where it stands.
    Kill,
}

/// Sends a signal to one process by its number.
pub async fn signal(id: u32, signal: Signal) -> Result<()> {
    let name = match signal {
        Signal::Terminate => "-TERM",
        Signal::Kill => "-KILL",
    };
    let status = Command::new("kill").arg(name).arg(id.to_string()).status().await?;
    anyhow::ensure!(status.success(), "kill {name} {id}: {status}");
    Ok(())
}

/// The number of the process that runs `program` with `argument` among its arguments.
pub fn find(program: &Path, argument: &str) -> Result<Option<u32>> {
    let program = program.canonicalize()?;
    let runs_it = |place: &Path| std::fs::read_link(place.join("exe")).is_ok_and(|exe| exe == program);
    Ok(running().find(|(_, place)| runs_it(place) && has_argument(place, argument)).map(|(id, _)| id))
}

fn has_argument(process: &Path, argument: &str) -> bool {
    let line = std::fs::read(process.join("cmdline")).unwrap_or_default();
    line.split(|byte| *byte == 0).any(|part| part == argument.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_program_has_started_goes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "sh -c 'sleep 600; true' & sleep 600; true"]);
        let process = Process::start("family", command, folder.path()).unwrap();
        let id = process.id().unwrap();
        let family = crate::wait::until("three more processes", async || {
            Ok(Some(descendants(id)).filter(|family| family.len() == 3))
        })
        .await
        .unwrap();
        drop(process);
        let gone = |id: &u32| {
            std::fs::read_to_string(format!("/proc/{id}/stat")).map_or(true, |line| line.contains(") Z"))
        };
        crate::wait::until_true("their end", async || Ok(family.iter().all(gone))).await.unwrap();
    }
}
