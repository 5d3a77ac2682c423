//! Child processes that never outlive the test, each with its output in a file.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use tokio::process::{Child, Command};

/// A running program; dropping it kills it.
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
    for entry in std::fs::read_dir("/proc")?.flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let runs_it = std::fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == program);
        if runs_it && has_argument(&entry.path(), argument) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn has_argument(process: &Path, argument: &str) -> bool {
    let line = std::fs::read(process.join("cmdline")).unwrap_or_default();
    line.split(|byte| *byte == 0).any(|part| part == argument.as_bytes())
}
