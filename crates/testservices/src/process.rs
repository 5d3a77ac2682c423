//! A server's process, its output in a file, and its end: asked for, or as a crash.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::folder::Folder;
use crate::wait;

/// How long a server may take to end when a test is over.
const LEAVE: Duration = Duration::from_secs(5);
/// How much of a log a failure shows.
const LINES: usize = 40;

/// A running server; dropping it asks it to end, and kills it with all it has started if it does not.
///
/// Belongs to no async runtime, so that a server may outlive the one it was started in.
#[derive(Debug)]
pub(crate) struct Process {
    name: &'static str,
    child: Child,
    log: PathBuf,
    signal: &'static str,
}

impl Process {
    /// Starts a program in a folder, with its output in `<name>.log` there. `signal` is how to ask it to end at once.
    pub(crate) fn start(
        name: &'static str,
        mut command: Command,
        folder: &mut Folder,
        signal: &'static str,
    ) -> Result<Self> {
        let log = folder.join(&format!("{name}.log"));
        let output = File::options().create(true).append(true).open(&log)?;
        command.stdout(output.try_clone()?).stderr(output).process_group(0);
        let child = command.spawn().with_context(|| format!("start {name}"))?;
        let process = Process { name, child, log, signal };
        folder.watch(signal, process.id())?;
        Ok(process)
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for a condition that this server is to bring about. Its end, and the deadline, show its log.
    pub(crate) async fn until<T>(
        &mut self,
        what: &str,
        mut look: impl AsyncFnMut(&Self) -> Result<Option<T>>,
    ) -> Result<T> {
        let found = wait::until(what, async || match self.child.try_wait()? {
            Some(status) => Ok(Some(Err(status))),
            None => Ok(look(self).await?.map(Ok)),
        });
        match found.await {
            Ok(Ok(found)) => Ok(found),
            Ok(Err(status)) => bail!("{} has ended ({status}):\n{}", self.name, self.last_words()),
            Err(error) => Err(error.context(self.last_words())),
        }
    }

    /// Sends it a signal, by the signal's name.
    pub(crate) fn signal(&self, name: &str) -> Result<()> {
        ensure!(send(name, &[self.id()]), "{} cannot be sent {name}:\n{}", self.name, self.last_words());
        Ok(())
    }

    /// Asks it to end and waits until it has.
    pub(crate) async fn stop(mut self, signal: &str) -> Result<ExitStatus> {
        self.signal(signal)?;
        let end = format!("the end of {}", self.name);
        let ended = wait::until(&end, async || Ok(self.child.try_wait()?)).await;
        ended.with_context(|| self.last_words())
    }

    /// Ends it and everything it has started where they stand, as a crash would, and waits until they are gone.
    pub(crate) async fn kill(mut self) -> Result<()> {
        let doomed = self.kill_all();
        self.child.wait()?;
        wait::until_true("the end of a killed server", async || Ok(doomed.iter().all(|id| gone(*id)))).await
    }

    /// Stopped first, it starts nothing more while what it has started is being found.
    fn kill_all(&self) -> Vec<u32> {
        send("STOP", &[self.id()]);
        let doomed: Vec<u32> = [self.id()].into_iter().chain(self.descendants()).collect();
        send("KILL", &doomed);
        doomed
    }

    /// Everything it has started, and what that has started.
    pub(crate) fn descendants(&self) -> Vec<u32> {
        let parents: Vec<(u32, u32)> =
            running().filter_map(|(id, place)| Some((id, parent(&place)?))).collect();
        let mut found = vec![self.id()];
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            found.extend(parents.iter().filter(|(_, parent)| *parent == next).map(|(id, _)| *id));
            at += 1;
        }
        found.split_off(1)
    }

    /// What it has printed, and those before it in the same folder.
    pub(crate) fn log(&self) -> String {
        read(&self.log)
    }

    /// The end of what it has printed, for a failure.
    pub(crate) fn last_words(&self) -> String {
        last_lines(&self.log())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            send(self.signal, &[self.id()]);
        }
        let end = Instant::now() + LEAVE;
        while let Ok(None) = self.child.try_wait() {
            if Instant::now() > end {
                self.kill_all();
                let _ = self.child.wait();
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A log, empty if there is none yet.
pub(crate) fn read(log: &Path) -> String {
    std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// The end of a text.
pub(crate) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(LINES)..).unwrap_or_default().join("\n")
}

/// Whether a process has ended; one that nobody has asked about yet counts as ended.
pub(crate) fn gone(id: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{id}/stat")).map_or(true, |line| line.contains(") Z"))
}

/// What a process says it is.
pub(crate) fn title(id: u32) -> String {
    read(&Path::new("/proc").join(id.to_string()).join("cmdline")).replace('\0', " ").trim().to_owned()
}

/// Sends a signal; whether every one of the processes was there to get it.
fn send(signal: &str, ids: &[u32]) -> bool {
    let mut kill = Command::new("sh");
    // The shell's own, since a small system has no program of this name.
    kill.args(["-c", r#"kill "$@""#, "kill"]).arg(format!("-{signal}"));
    kill.args(ids.iter().map(u32::to_string)).stderr(Stdio::null());
    kill.status().is_ok_and(|status| status.success())
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
