//! The process under measurement: started, read from `/proc`, ended.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::Options;
use super::target::{Door, PASSWORD};

/// A running target. Dropping it kills the process.
pub(crate) struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    pub(crate) async fn start(door: Door, options: &Options, folder: &Path) -> Result<Self> {
        let mut command = match door {
            Door::Relay => relay(folder)?,
            Door::Account | Door::Room => server(options, folder).await?,
        };
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

    /// User and system CPU time so far, in seconds.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        let stat = self.proc_file("stat")?;
        let after_name = stat.rsplit_once(')').context("unexpected /proc/…/stat")?.1;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks =
            |index: usize| -> Result<f64> { Ok(fields.get(index).context("short /proc/…/stat")?.parse()?) };
        Ok((ticks(11)? + ticks(12)?) / ticks_per_second())
    }

    /// Resident memory in bytes.
    pub(crate) fn resident(&self) -> Result<u64> {
        let status = self.proc_file("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib * 1024)
    }

    fn proc_file(&self, name: &str) -> Result<String> {
        let pid = self.child.id().context("the target has ended")?;
        Ok(std::fs::read_to_string(format!("/proc/{pid}/{name}"))?)
    }
}

fn relay(folder: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("relay").arg("--data").arg(folder);
    Ok(command)
}

async fn server(options: &Options, folder: &Path) -> Result<Command> {
    let filled = Command::new(&options.server)
        .arg("demo-data")
        .arg("--data")
        .arg(folder)
        .args(["--pairs", &options.pairs.max(1).to_string(), "--password", PASSWORD])
        .stdout(Stdio::null())
        .status()
        .await
        .with_context(|| format!("cannot run {}", options.server.display()))?;
    anyhow::ensure!(filled.success(), "demo-data failed");
    let mut command = Command::new(&options.server);
    command.arg("serve").arg("--data").arg(folder).args(["--listen", "127.0.0.1:0", "--limits", "off"]);
    command.env("BEDSIDE_LOG", "warn");
    Ok(command)
}

#[expect(unsafe_code, reason = "the size of a clock tick has no safe way to be asked")]
#[expect(clippy::cast_precision_loss, reason = "it is 100")]
fn ticks_per_second() -> f64 {
    // SAFETY: sysconf reads a constant of the system and touches no memory of ours.
    unsafe { libc::sysconf(libc::_SC_CLK_TCK) as f64 }
}
