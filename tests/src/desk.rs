//! One person's desk: a display, a session bus with (or without) a keychain, a recorder of notifications and a home
//! folder, all of their own.

use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::TempDir;
use tokio::process::Command;

use crate::bus::Bus;
use crate::display::Display;
use crate::networks::Networks;
use crate::notices::Recorder;
use crate::process::Process;
use crate::tray::TrayHost;

/// A desk's display, in pixels.
pub const WIDTH: u32 = 1_400;
/// A desk's display, in pixels.
pub const HEIGHT: u32 = 900;
/// How many lines of each program's output a failure shows.
const LINES_SHOWN: usize = 20;

/// Whether a desk has a keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keychain {
    /// There is one, and it is unlocked.
    Unlocked,
    /// There is none.
    Absent,
    /// There is one that asks its owner something and waits for the answer for ever.
    Unanswered,
}

/// What stands behind a keychain's name on the bus.
#[derive(Debug)]
enum Safe {
    Nothing,
    Daemon { _process: Box<Process> },
    Mute { _bus: zbus::Connection },
}

/// A person's desk.
#[derive(Debug)]
pub struct Desk {
    name: String,
    display: Display,
    bus: Bus,
    notices: Recorder,
    _keychain: Safe,
    variables: Vec<(String, String)>,
    home: TempDir,
}

impl Desk {
    /// Sets a desk up for a person.
    pub async fn new(name: &str, keychain: Keychain) -> Result<Self> {
        let home = tempfile::Builder::new().prefix(&format!("bedside-{name}-")).tempdir()?;
        make_folders(home.path())?;
        let logs = home.path().join("logs");
        let bus = Bus::start(&home.path().join("run")).await?;
        let keychain = match keychain {
            Keychain::Unlocked => {
                let daemon = bus.add_keychain(&home_variables(home.path()), &logs).await?;
                Safe::Daemon { _process: Box::new(daemon) }
            }
            Keychain::Unanswered => Safe::Mute { _bus: bus.add_mute_keychain().await? },
            Keychain::Absent => Safe::Nothing,
        };
        let notices = Recorder::start(&bus).await?;
        let display = Display::start(WIDTH, HEIGHT, &logs).await?;
        Ok(Desk {
            name: name.to_owned(),
            display,
            bus,
            notices,
            _keychain: keychain,
            variables: Vec::new(),
            home,
        })
    }

    /// Puts a tray onto the desktop; before it there is none.
    pub async fn add_tray(&self) -> Result<TrayHost> {
        TrayHost::start(&self.bus).await
    }

    /// Gives the desk loudspeakers; what is played is added to this file, as it is.
    pub fn hear(&self) -> Result<PathBuf> {
        let heard = self.home.path().join("heard");
        let config = format!(
            "pcm.!default {{ type plug slave.pcm {{ type file file \"{}\" format raw slave.pcm {{ type null }} }} }}\n\
             ctl.!default {{ type hw card 0 }}\n",
            heard.display()
        );
        std::fs::write(self.home.path().join(".asoundrc"), config)?;
        Ok(heard)
    }

    /// Puts a manager of networks onto the bus; before it there is none.
    pub async fn add_networks(&self) -> Result<Networks> {
        Networks::start(&self.bus).await
    }

    /// The same desk with one more variable in the environment of what is started there.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Whose it is.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its display.
    #[must_use]
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// Its notifications.
    #[must_use]
    pub fn notices(&self) -> &Recorder {
        &self.notices
    }

    /// Where the app keeps its data here.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Puts a program of this name in the way of whoever looks for one here: a shell script.
    pub fn add_program(&self, name: &str, script: &str) -> Result<()> {
        let path = self.home.path().join("bin").join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n"))?;
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        Ok(std::fs::set_permissions(path, executable)?)
    }

    /// Where programs started here write their output.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.home.path().join("logs")
    }

    /// A program about to be started at this desk.
    #[must_use]
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for inherited in
            ["WAYLAND_DISPLAY", "XAUTHORITY", "DESKTOP_SESSION", "XDG_CURRENT_DESKTOP", "LANGUAGE"]
        {
            command.env_remove(inherited);
        }
        command.envs(home_variables(self.home.path())).envs(desktop_variables());
        command.envs(self.variables.iter().cloned());
        let search = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{search}", self.home.path().join("bin").display()));
        command.env("DISPLAY", self.display.name());
        // One bus for both: a desk shares nothing with the machine it stands on.
        for bus in ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"] {
            command.env(bus, self.bus.address());
        }
        command
    }

    /// Every file the app or a program around it has written here.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let (mut files, mut folders) = (Vec::new(), vec![self.home.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)?.flatten() {
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files.push(entry.path());
                }
            }
        }
        Ok(files)
    }

    /// What was last seen on its display, if a window went with its test.
    pub(crate) fn last_picture(&self) -> PathBuf {
        self.home.path().join("last.png")
    }

    /// Copies what the programs here printed into a folder; the last lines of each, for whoever has only the output.
    pub fn keep_logs(&self, folder: &Path) -> Result<String> {
        let mut ends = String::new();
        for entry in std::fs::read_dir(self.logs())?.flatten().filter(|entry| entry.path().is_file()) {
            let name = format!("{}-{}", self.name, entry.file_name().to_string_lossy());
            std::fs::copy(entry.path(), folder.join(&name))?;
            let text = String::from_utf8_lossy(&std::fs::read(entry.path())?).into_owned();
            let skipped = text.lines().count().saturating_sub(LINES_SHOWN);
            let end: Vec<&str> = text.lines().skip(skipped).collect();
            ends.push_str(&format!("--- {name}\n{}\n", end.join("\n")));
        }
        Ok(ends)
    }
}

fn make_folders(home: &Path) -> Result<()> {
    for folder in ["bin", "run", "logs", "data", "config", "cache", "share", "state"] {
        std::fs::create_dir_all(home.join(folder))?;
    }
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    Ok(std::fs::set_permissions(home.join("run"), private)?)
}

fn home_variables(home: &Path) -> Vec<(String, String)> {
    let below = |folder: &str| home.join(folder).display().to_string();
    [
        ("HOME", home.display().to_string()),
        ("XDG_RUNTIME_DIR", below("run")),
        ("XDG_CONFIG_HOME", below("config")),
        ("XDG_CACHE_HOME", below("cache")),
        ("XDG_DATA_HOME", below("share")),
        ("XDG_STATE_HOME", below("state")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

/// A display without a graphics card, a desktop without accessibility and settings services, words in English.
fn desktop_variables() -> [(&'static str, &'static str); 7] {
    [
        ("GDK_BACKEND", "x11"),
        ("GSETTINGS_BACKEND", "memory"),
        ("LANG", "C.UTF-8"),
        ("LC_ALL", "C.UTF-8"),
        ("LIBGL_ALWAYS_SOFTWARE", "1"),
        ("NO_AT_BRIDGE", "1"),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ]
}
