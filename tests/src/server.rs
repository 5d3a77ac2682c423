//! A real server on a port of this machine, which can be killed and come back at the same address.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::process::Process;
use crate::{ports, programs, wait};

/// A running (or killed) server.
#[derive(Debug)]
pub struct Server {
    folder: TempDir,
    shared: Option<Shared>,
    port: u16,
    public_url: Option<String>,
    process: Option<Process>,
}

/// What servers of one clinic share, and what they are behind: a proxy on this machine.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The address of their PostgreSQL database.
    pub database: String,
    /// The address of their Redis.
    pub redis: String,
}

/// Somebody the clinic knows.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// `patient`, `practitioner` or `admin`.
    pub kind: &'a str,
    /// What they sign in with.
    pub username: &'a str,
    /// Their full name.
    pub name: &'a str,
}

impl Server {
    /// A server with nobody in it, not started yet.
    pub fn prepare() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("bedside-server-").tempdir()?;
        Ok(Server { folder, shared: None, port: ports::free()?, public_url: None, process: None })
    }

    /// One of several servers, not started yet, which logs every request.
    pub fn prepare_beside_others(shared: &Shared) -> Result<Self> {
        Ok(Server { shared: Some(shared.clone()), ..Self::prepare()? })
    }

    /// Says that the clinic is reached by another address than this one.
    #[must_use]
    pub fn reached_at(mut self, url: &str) -> Self {
        self.public_url = Some(url.to_owned());
        self
    }

    /// Adds an account with this password.
    pub async fn add(&self, account: Account<'_>, password: &str) -> Result<()> {
        let create = format!("create-{}", account.kind);
        let arguments = ["admin", &create, "--username", account.username, "--name", account.name];
        self.run(&arguments, &format!("{password}\n")).await
    }

    /// Says that two people know each other.
    pub async fn link(&self, patient: &str, practitioner: &str) -> Result<()> {
        self.run(&["admin", "link", "--patient", patient, "--practitioner", practitioner], "").await
    }

    /// Fills it with a demo clinic.
    pub async fn add_demo(&self, size: &[&str], password: &str) -> Result<()> {
        self.run(&[&["demo-data", "--password", password], size].concat(), "").await
    }

    /// Runs one of the server's commands on its data.
    pub async fn run(&self, arguments: &[&str], input: &str) -> Result<()> {
        let mut command = self.command(arguments)?;
        let output = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let output = feed(output, input).await?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "bedside-server {arguments:?}: {said}");
        Ok(())
    }

    /// Starts it (again) and waits until it answers.
    pub async fn start(&mut self) -> Result<()> {
        let listen = format!("127.0.0.1:{}", self.port);
        let mut command = self.command(&["serve", "--listen", &listen])?;
        if let Some(url) = &self.public_url {
            command.args(["--public-url", url]);
        }
        if let Some(shared) = &self.shared {
            command.args(["--redis", &shared.redis, "--trusted-proxy", "127.0.0.1"]);
            command.env("BEDSIDE_LOG", "debug");
        }
        let process = Process::start("server", command, self.folder.path())?;
        self.process = Some(process);
        let health = format!("{}/healthz", self.url());
        let healthy = async || Ok(crate::peer::http()?.get(&health).send().await?.status().is_success());
        wait::until_true("the server", healthy).await.with_context(|| self.output())
    }

    /// Kills it as a power cut would.
    pub async fn kill(&mut self) -> Result<()> {
        self.process.take().context("the server is not running")?.kill().await
    }

    /// Asks it to stop, as a rolling restart does, and waits until it has.
    pub async fn stop(&mut self) -> Result<()> {
        let ended_well = self.process.take().context("the server is not running")?.stop().await?;
        ensure!(ended_well, "the server did not end well: {}", self.output());
        Ok(())
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether it was started and neither killed nor stopped since.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.process.is_some()
    }

    /// How many feed sockets it has opened since it was made; for one that logs every request.
    #[must_use]
    pub fn feed_sockets_opened(&self) -> usize {
        let opened = |line: &&str| line.contains("http.route=\"/ws/feed/\" http.status=101 ");
        self.output().lines().filter(opened).count()
    }

    /// What it has printed since it was made.
    #[must_use]
    pub fn output(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(programs::server()?);
        command.args(arguments);
        match &self.shared {
            Some(shared) => command.args(["--database", &shared.database]),
            None => command.arg("--data").arg(self.data()),
        };
        Ok(command)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

async fn feed(mut child: tokio::process::Child, input: &str) -> Result<std::process::Output> {
    if let Some(mut pipe) = child.stdin.take() {
        // A program that reads nothing has closed its end: its own words say more than that.
        let _ = pipe.write_all(input.as_bytes()).await;
    }
    Ok(child.wait_with_output().await?)
}
