//! An nginx of a test's own.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::folder::Folder;
use crate::process::{self, Process};
use crate::{ports, programs};

/// What is around a test's site: everything in the folder, nothing of the machine's own nginx.
const AROUND: &str = r"daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
events { worker_connections 8192; }
http {
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}
";

/// A running nginx.
#[derive(Debug)]
pub struct Nginx {
    process: Process,
    folder: Folder,
    port: u16,
}

impl Nginx {
    /// Starts one with a site: what an administrator has in `sites-enabled`, that is the inside of the `http` block,
    /// with `{port}` where it listens and `{folder}` for files of its own.
    pub async fn start(site: &str) -> Result<Self> {
        ports::on_free_port(async |port| {
            let mut folder = Folder::new()?;
            let mut command = configured(&folder, port, site)?;
            command.args(["-g", "error_log stderr notice;"]);
            let mut process = Process::start("nginx", command, &mut folder, "TERM")?;
            // The workers come after the sockets.
            process
                .until("nginx", async |process| Ok((!accepting(process).is_empty()).then_some(())))
                .await?;
            Ok(Nginx { process, folder, port })
        })
        .await
    }

    /// Gives it another site, at the same port, and waits until only the new workers accept connections. The old ones
    /// go on with those they have.
    pub async fn reload(&mut self, site: &str) -> Result<()> {
        let checked = configured(&self.folder, self.port, site)?.args(["-t", "-q"]).output()?;
        let said = String::from_utf8_lossy(&checked.stderr);
        ensure!(checked.status.success(), "nginx does not take this configuration:\n{said}");
        let former = accepting(&self.process);
        self.process.signal("HUP")?;
        let replaced = async |process: &Process| {
            let now = accepting(process);
            Ok((!now.is_empty() && now.iter().all(|worker| !former.contains(worker))).then_some(()))
        };
        self.process.until("nginx's new workers", replaced).await
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it has printed: its errors and notices.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.log()
    }
}

/// Writes the configuration; nginx, about to read it.
fn configured(folder: &Folder, port: u16, site: &str) -> Result<Command> {
    let text = AROUND.replace("{site}", site).replace("{port}", &port.to_string());
    let file = folder.write("nginx.conf", &text.replace("{folder}", &folder.path().display().to_string()))?;
    let mut command = folder.command(&programs::find("nginx")?);
    // Else it would begin by opening the log of the machine's own.
    command.args(["-e", "stderr", "-p"]).arg(folder.path()).arg("-c").arg::<&Path>(&file);
    Ok(command)
}

/// The workers that accept connections, by what they say they are.
fn accepting(process: &Process) -> Vec<u32> {
    let workers = process.descendants().into_iter();
    workers.filter(|id| process::title(*id) == "nginx: worker process").collect()
}
