//! The demo's clinic: a data folder with people and past messages, and the server over it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::interrupt::Interrupt;
use super::kept::ReachedBy;
use super::lock::Lock;
use super::running::{Role, Running};
use crate::artifacts::Artifacts;
use crate::progress::{Progress, Stopwatch};
use crate::workspace::Workspace;

const PAIRS: &str = "12";
/// How many patients the first practitioner has besides, so that a list looks like one.
const PATIENTS: &str = "11";
const MESSAGES: &str = "40";
/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A clinic with people in it.
#[derive(Debug)]
pub(crate) struct Clinic {
    folder: PathBuf,
    reached_by: ReachedBy,
    keep: bool,
    _lock: Lock,
}

impl Clinic {
    /// Makes a clinic, or takes the kept one.
    ///
    /// # Errors
    /// When the server cannot fill a new one.
    pub(crate) fn prepare(
        workspace: &Workspace,
        artifacts: &Artifacts,
        progress: &mut Progress,
        keep: bool,
    ) -> Result<Self> {
        progress.step("A clinic with people and past messages");
        let folder = workspace.target(if keep { "demo" } else { "demo-once" });
        let lock = Lock::take(&folder)?;
        if keep && let Some(reached_by) = ReachedBy::read(&folder) {
            progress.note("kept from last time");
            return Ok(Self { folder, reached_by, keep, _lock: lock });
        }
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let clinic = Self { folder, reached_by: ReachedBy::new()?, keep, _lock: lock };
        clinic.fill(workspace, artifacts)?;
        clinic.reached_by.write(&clinic.folder)?;
        Ok(clinic)
    }

    fn fill(&self, workspace: &Workspace, artifacts: &Artifacts) -> Result<()> {
        fs::create_dir_all(self.server_data())?;
        let mut fill = workspace.command(&artifacts.server);
        fill.arg("demo-data").arg("--data").arg(self.server_data());
        fill.args(["--pairs", PAIRS, "--messages", MESSAGES, "--password", self.password()]);
        fill.args(["--clinic", PATIENTS]);
        // Not `command::run`: its error would show the password.
        if !fill.status().context("cannot start the server's demo-data")?.success() {
            bail!("the server could not fill the demo's clinic");
        }
        Ok(())
    }

    /// Starts the server and waits until it answers; returns its address.
    ///
    /// # Errors
    /// When it ends or stays silent.
    pub(crate) fn serve(
        &self,
        artifacts: &Artifacts,
        running: &mut Running,
        interrupt: &Interrupt,
    ) -> Result<String> {
        let address = self.reached_by.address()?;
        let log = File::create(self.log())?;
        let mut serve = Command::new(&artifacts.server);
        serve.arg("serve").arg("--data").arg(self.server_data()).args(["--listen", &address.to_string()]);
        serve.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        running.add("the server", Role::Server, serve.spawn().context("cannot start the server")?);
        let watch = Stopwatch::start();
        while !healthy(address) {
            running.look(interrupt).with_context(|| format!("see {}", self.log().display()))?;
            if interrupt.happened() || watch.elapsed() > PATIENCE {
                bail!("the server does not answer; see {}", self.log().display());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(format!("http://{address}"))
    }

    /// Where the server logs to.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    /// Where the app keeps these people's data.
    pub(crate) fn people(&self) -> PathBuf {
        self.folder.join("people")
    }

    /// The one password of everybody in it.
    pub(crate) fn password(&self) -> &str {
        &self.reached_by.password
    }

    fn server_data(&self) -> PathBuf {
        self.folder.join("clinic")
    }
}

impl Drop for Clinic {
    fn drop(&mut self) {
        if !self.keep {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn healthy(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
