//! A server process, which can be killed, stopped and started again.

use std::net::SocketAddr;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

/// How many lines of its log a failure shows.
const LINES_SHOWN: usize = 15;

/// What the servers of a clinic share.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub(crate) database: String,
    pub(crate) redis: Option<String>,
}

impl Shared {
    /// Runs one of the server's commands beside the servers, with these words on standard input.
    pub(crate) async fn run(&self, arguments: &[&str], input: &str) -> Result<()> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bedside-server"));
        command.args(arguments).env("BEDSIDE_DATABASE", &self.database);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut stdin = child.stdin.take().context("no standard input")?;
        let _ = stdin.write_all(input.as_bytes()).await; // Most read nothing.
        drop(stdin);
        let output = child.wait_with_output().await?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
        Ok(())
    }
}

/// One server.
pub(crate) struct Node {
    folder: TempDir,
    shared: Shared,
    child: Option<Child>,
}

impl Node {
    /// One that is not started.
    pub(crate) fn prepare(shared: &Shared) -> Result<Self> {
        Ok(Node { folder: TempDir::new()?, shared: shared.clone(), child: None })
    }

    /// Starts it (again), at a port that the system chooses, and waits until it listens there.
    pub(crate) async fn start(&mut self) -> Result<SocketAddr> {
        ensure!(self.child.is_none(), "this server is running");
        let log = std::fs::File::options().create(true).append(true).open(self.log())?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_bedside-server"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--limits", "off"]).kill_on_drop(true);
        command.env("BEDSIDE_DATABASE", &self.shared.database);
        command.envs(self.shared.redis.iter().map(|url| ("BEDSIDE_REDIS", url)));
        command.env("BEDSIDE_LOG", "debug").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn()?;
        let mut said = String::new();
        let stdout = child.stdout.as_mut().context("no standard output")?;
        BufReader::new(stdout).read_line(&mut said).await?;
        let address = said.trim().strip_prefix("listening on http://").with_context(|| self.last_words())?;
        self.child = Some(child);
        Ok(address.parse()?)
    }

    /// Ends it where it stands.
    pub(crate) async fn kill(&mut self) -> Result<()> {
        Ok(self.child.take().context("this server is not running")?.kill().await?)
    }

    /// Asks it to stop, as a service manager does, and waits until it has.
    pub(crate) async fn stop(&mut self) -> Result<()> {
        let mut child = self.child.take().context("this server is not running")?;
        let id = child.id().context("it has ended by itself")?;
        let asked = Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
        ensure!(asked.success(), "it cannot be asked to stop");
        ensure!(child.wait().await?.success(), "it did not end well:\n{}", self.last_words());
        Ok(())
    }

    /// How often it has logged these words.
    pub(crate) fn said(&self, words: &str) -> usize {
        self.output().matches(words).count()
    }

    /// The end of its log, without the requests that succeeded.
    pub(crate) fn last_words(&self) -> String {
        let output = self.output();
        let routine = |line: &&str| line.contains(" http.status=200 ") || line.contains(" http.status=101 ");
        let lines: Vec<&str> = output.lines().filter(|line| !routine(line)).collect();
        lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n")
    }

    fn output(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    fn log(&self) -> std::path::PathBuf {
        self.folder.path().join("server.log")
    }
}
