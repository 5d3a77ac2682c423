//! A server's temporary folder, and the shell that ends the server and removes the folder if the test cannot.
//!
//! The shell reads from a pipe that only the test process holds: however that ends, the pipe ends with it. It is told
//! which process the server is at the moment. It has a process group of its own, so that Ctrl+C does not reach it.
//! What even the shell could not remove (a power cut) goes with the next test process that makes a folder.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Once;

use anyhow::{Context, Result};

use crate::user::User;

const PREFIX: &str = "bedside-services-";

/// Asks the server to end, ends it by force after five seconds, removes the folder. A backend whose server was ended by
/// force may write for a moment longer, so removing is tried again.
const WATCH: &str = r#"
while read -r line; do last=$line; done
set -- "$1" $last
if [ -n "$3" ]; then
    kill -"$2" "$3"
    turn=0
    while kill -0 "$3" && [ $turn -lt 50 ]; do sleep 0.1; turn=$((turn + 1)); done
    kill -KILL -- "-$3"
fi
turn=0
until rm -rf -- "$1" || [ $turn -ge 50 ]; do sleep 0.1; turn=$((turn + 1)); done
"#;

static SWEPT: Once = Once::new();

/// A folder that is gone once this value or its process is.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    user: Option<User>,
    watcher: Child,
    told: Option<ChildStdin>,
}

impl Folder {
    /// A new, empty folder that belongs to the servers' user.
    pub(crate) fn new() -> Result<Self> {
        SWEPT.call_once(|| sweep(&std::env::temp_dir()));
        let made = tempfile::Builder::new().prefix(&format!("{PREFIX}{}-", std::process::id())).tempdir()?;
        let user = User::for_servers()?;
        if let Some(user) = user {
            user.own(made.path())?;
        }
        let mut watcher = watch(made.path())?;
        let told = watcher.stdin.take();
        Ok(Folder { path: made.keep(), user, watcher, told })
    }

    /// A place in it.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file that only the servers' user can read.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        use std::os::unix::fs::OpenOptionsExt;
        let path = self.join(name);
        let mut options = std::fs::File::options();
        let opened = options.create(true).truncate(true).write(true).mode(0o600).open(&path);
        opened
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("write {path:?}"))?;
        self.user.map_or(Ok(()), |user| user.own(&path))?;
        Ok(path)
    }

    /// A program that is to run here, as the servers' user and with none of the test's environment but the search
    /// path: variables such as `PGPORT` would change what it does.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.path).env_clear().env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        if let Some(user) = self.user {
            user.take(&mut command);
        }
        command
    }

    /// Says which process is to end with the test, and how it is asked to.
    pub(crate) fn watch(&mut self, signal: &str, process: u32) -> Result<()> {
        self.tell(&format!("{signal} {process}\n"))
    }

    /// Says that there is no such process any more.
    pub(crate) fn unwatch(&mut self) -> Result<()> {
        self.tell("\n")
    }

    fn tell(&mut self, line: &str) -> Result<()> {
        let told = self.told.as_mut().context("the folder's shell has no input")?;
        told.write_all(line.as_bytes()).context("the folder's shell is gone")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Whoever uses a folder drops its server first. The shell does the rest; without it, the next sweep does.
        let _ = self.unwatch();
        self.told = None;
        let _ = self.watcher.wait();
    }
}

fn watch(folder: &Path) -> Result<Child> {
    let mut shell = Command::new("sh");
    shell.args(["-c", WATCH, "watch"]).arg(folder).current_dir("/").process_group(0);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().context("start the shell that watches a server's folder")
}

/// Removes what dead test processes have left.
fn sweep(temporary: &Path) {
    for entry in std::fs::read_dir(temporary).into_iter().flatten().flatten() {
        if entry.file_name().to_str().and_then(maker).is_some_and(|id| !alive(id)) {
            // Somebody else's, or just being removed by its own shell.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// The process that has made a folder of this name.
fn maker(name: &str) -> Option<u32> {
    name.strip_prefix(PREFIX)?.split_once('-')?.0.parse().ok()
}

fn alive(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}

#[cfg(test)]
mod tests {
    use super::{Folder, PREFIX, sweep};

    #[test]
    fn a_folder_goes_with_its_value() {
        let folder = Folder::new().unwrap();
        let path = folder.write("file", "text").unwrap();
        assert!(path.is_file());
        drop(folder);
        assert!(!path.parent().unwrap().exists());
    }

    #[test]
    fn only_what_a_dead_process_has_left_is_swept() {
        let temporary = tempfile::tempdir().unwrap();
        let made = |process: u32| {
            let path = temporary.path().join(format!("{PREFIX}{process}-abc"));
            std::fs::create_dir(&path).unwrap();
            path
        };
        // No system gives a number as high as this.
        let (mine, dead) = (made(std::process::id()), made(u32::MAX));
        let other = temporary.path().join("bedside-services");
        std::fs::create_dir(&other).unwrap();
        sweep(temporary.path());
        assert!(mine.is_dir() && other.is_dir() && !dead.exists());
    }
}
