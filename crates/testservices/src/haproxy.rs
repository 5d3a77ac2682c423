//! An HAProxy of a test's own, as a master with one worker, which is how it runs as a service.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::folder::Folder;
use crate::process::{Process, gone};
use crate::{ports, programs};

/// A running HAProxy.
#[derive(Debug)]
pub struct Haproxy {
    process: Process,
    folder: Folder,
    port: u16,
}

impl Haproxy {
    /// Starts one with a whole configuration, `{port}` where it listens and `{folder}` for files of its own. To have
    /// its log in [`Haproxy::log`], say `log stdout format raw local0` in `global`.
    pub async fn start(configuration: &str) -> Result<Self> {
        ports::on_free_port(async |port| {
            let mut folder = Folder::new()?;
            let mut command = configured(&folder, port, configuration)?;
            command.arg("-W");
            let mut process = Process::start("haproxy", command, &mut folder, "TERM")?;
            process.until("HAProxy", async |process| Ok(loaded(&process.log()).then_some(()))).await?;
            Ok(Haproxy { process, folder, port })
        })
        .await
    }

    /// Gives it another configuration, at the same port, and waits until only the new worker accepts connections. The
    /// old one goes on with those it has.
    pub async fn reload(&mut self, configuration: &str) -> Result<()> {
        let checked = configured(&self.folder, self.port, configuration)?.arg("-c").output()?;
        let said = String::from_utf8_lossy(&checked.stderr);
        ensure!(checked.status.success(), "HAProxy does not take this configuration:\n{said}");
        let former = self.process.descendants();
        let before = self.process.log().len();
        self.process.signal("USR2")?;
        let replaced = async |process: &Process| {
            let log = process.log();
            let since = log.get(before..).unwrap_or_default();
            let left = |worker: &u32| gone(*worker) || stopped(since, *worker);
            Ok((loaded(since) && former.iter().all(left)).then_some(()))
        };
        self.process.until("HAProxy's new worker", replaced).await
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it has printed.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.log()
    }
}

/// Writes the configuration; HAProxy, about to read it.
fn configured(folder: &Folder, port: u16, configuration: &str) -> Result<Command> {
    let text = configuration.replace("{port}", &port.to_string());
    let file =
        folder.write("haproxy.cfg", &text.replace("{folder}", &folder.path().display().to_string()))?;
    let mut command = folder.command(&programs::find("haproxy")?);
    command.arg("-f").arg::<&Path>(&file);
    Ok(command)
}

/// The master's word, once the worker has its sockets.
fn loaded(log: &str) -> bool {
    log.contains("Loading success.")
}

/// Whether a worker has said that it takes no more connections.
fn stopped(log: &str, worker: u32) -> bool {
    let its = format!("({worker}) : Proxy ");
    log.lines().any(|line| line.contains(&its) && line.contains(" stopped "))
}
