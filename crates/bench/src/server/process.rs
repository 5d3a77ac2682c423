//! A process under measurement: started, looked at, ended.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::target::PASSWORD;
use crate::meter::{self, Cpu, Meter};

/// A running target. Dropping it kills the process.
pub(crate) struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    /// Starts a program that says where it listens.
    pub(crate) async fn start(mut command: Command) -> Result<Self> {
        let mut child =
            command.stdout(Stdio::piped()).kill_on_drop(true).spawn().context("cannot start the target")?;
        let stdout = child.stdout.take().context("no standard output")?;
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, address)) = line.split_once("http://") {
                let address =
                    address.trim_end_matches('/').trim().parse().context("the target printed no address")?;
                return Ok(Process { child, address });
            }
        }
        bail!("the target ended before it listened")
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Resident memory in bytes.
    pub(crate) fn resident(&self) -> Result<u64> {
        meter::resident(self.id()?)
    }

    /// Asks it to end, as a service manager does, and waits until it has.
    pub(crate) async fn stop(mut self) -> Result<()> {
        // The shell's own `kill`, since a small system has no program of this name.
        let mut kill = Command::new("sh");
        kill.args(["-c", r#"kill -TERM "$1""#, "kill", &self.id()?.to_string()]);
        ensure!(kill.status().await?.success(), "the target cannot be asked to end");
        let status = self.child.wait().await?;
        ensure!(status.success(), "the target did not end well: {status}");
        Ok(())
    }

    /// Ends it where it stands.
    pub(crate) async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    fn id(&self) -> Result<u32> {
        self.child.id().context("the target has ended")
    }
}

impl Meter for Process {
    fn cpu(&self) -> Result<Cpu> {
        Ok(Cpu { servers: meter::cpu_of(self.id()?)?, ..Cpu::default() })
    }
}

/// Fills an empty place with so many linked pairs.
pub(crate) async fn fill_with_pairs(program: &Path, place: &[OsString], pairs: u32) -> Result<()> {
    let filled = Command::new(program)
        .arg("demo-data")
        .args(place)
        .args(["--pairs", &pairs.max(1).to_string(), "--password", PASSWORD])
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .status()
        .await
        .with_context(|| format!("cannot run {}", program.display()))?;
    ensure!(filled.success(), "demo-data failed");
    Ok(())
}

/// The command that serves a place, without limits.
pub(crate) fn serve(program: &Path, place: &[OsString], listen: &str) -> Command {
    let mut command = Command::new(program);
    command.arg("serve").args(place).args(["--listen", listen, "--limits", "off"]);
    command.env("BEDSIDE_LOG", "error");
    command
}
