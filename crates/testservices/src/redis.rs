//! A Redis of a test's own. It keeps nothing: killed, it comes back empty.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::folder::Folder;
use crate::process::{self, Process};
use crate::{ports, programs};

/// A running (or killed) Redis.
#[derive(Debug)]
pub struct Redis {
    process: Option<Process>,
    folder: Folder,
    port: u16,
}

impl Redis {
    /// Starts one.
    pub async fn start() -> Result<Self> {
        ports::on_free_port(async |port| {
            let mut made = Redis { process: None, folder: Folder::new()?, port };
            made.start_again().await?;
            Ok(made)
        })
        .await
    }

    /// Where it is found.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The number of its process, while it runs.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.process.as_ref().map(Process::id)
    }

    /// Ends it where it stands.
    pub async fn kill(&mut self) -> Result<()> {
        self.process.take().context("this Redis is not running")?.kill().await?;
        self.folder.unwatch()
    }

    /// Starts it after [`Redis::kill`], at the same port and empty.
    pub async fn start_again(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "this Redis is running");
        let mut command = program(&self.folder)?;
        command.arg("--port").arg(self.port.to_string()).args(["--bind", "127.0.0.1", "--daemonize", "no"]);
        command.args(["--save", "", "--appendonly", "no", "--dir"]).arg(self.folder.path());
        let mut process = Process::start("redis", command, &mut self.folder, "TERM")?;
        let port = self.port;
        process
            .until("Redis", async |process| Ok((listening(port).await? == process.id()).then_some(())))
            .await?;
        self.process = Some(process);
        Ok(())
    }

    /// What it has printed since it was made.
    #[must_use]
    pub fn log(&self) -> String {
        process::read(&self.folder.join("redis.log"))
    }
}

/// Debian's redis-tools, which bring no service, hold the same program under the name of a tool; it goes by the name
/// that it is called by.
fn program(folder: &Folder) -> Result<Command> {
    if let Ok(server) = programs::find("redis-server") {
        return Ok(folder.command(&server));
    }
    let mut command = folder.command(&programs::find("redis-check-rdb")?);
    command.arg0("redis-server");
    Ok(command)
}

/// The process that answers at a port.
async fn listening(port: u16) -> Result<u32> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.write_all(b"INFO server\r\nQUIT\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let id = answer.lines().find_map(|line| line.strip_prefix("process_id:"));
    Ok(id.context("no answer of Redis")?.trim().parse()?)
}
