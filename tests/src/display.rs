//! A display of its own for one window: Xvfb with a window manager, seen through screenshots.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::process::Process;
use crate::wait;

/// A running display.
#[derive(Debug)]
pub struct Display {
    number: u32,
    _server: Process,
    _manager: Process,
}

impl Display {
    /// Starts a display of this size in pixels.
    pub async fn start(width: u32, height: u32, folder: &Path) -> Result<Self> {
        let (server, number) = start_server(width, height, folder).await?;
        let mut command = Command::new("openbox");
        command.arg("--sm-disable").env("DISPLAY", format!(":{number}"));
        command
            .env("HOME", folder)
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .env("XDG_CACHE_HOME", folder.join("cache"));
        let manager = Process::start("openbox", command, folder)?;
        let display = Display { number, _server: server, _manager: manager };
        wait::until_true("the window manager", async || display.is_managed().await).await?;
        Ok(display)
    }

    /// Its name, as `DISPLAY` wants it.
    #[must_use]
    pub fn name(&self) -> String {
        format!(":{}", self.number)
    }

    /// Writes a picture of everything on it.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        let mut command = Command::new("import");
        command.args(["-window", "root"]).arg(file).env("DISPLAY", self.name());
        ensure!(command.status().await?.success(), "no screenshot of {}", self.name());
        Ok(())
    }

    /// A picture of one window as PNG, taken once two in a row are the same: nothing moves any more.
    pub async fn picture(&self, window: &str) -> Result<Vec<u8>> {
        let mut last = Vec::new();
        wait::until(&format!("window {window} to stand still"), async || {
            let now = self.capture(window).await?;
            let before = std::mem::replace(&mut last, now.clone());
            Ok((before == now).then_some(now))
        })
        .await
    }

    async fn capture(&self, window: &str) -> Result<Vec<u8>> {
        let mut command = Command::new("import");
        command.args(["-window", window, "-define", "png:exclude-chunks=date,time", "png:-"]);
        let output = command.env("DISPLAY", self.name()).output().await?;
        ensure!(
            output.status.success(),
            "no picture of {window}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(output.stdout)
    }

    /// Runs `xdotool` on it and gives what it prints.
    pub async fn xdotool(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new("xdotool").args(arguments).env("DISPLAY", self.name()).output().await?;
        ensure!(
            output.status.success(),
            "xdotool {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The visible windows with this title, whatever number stands before it.
    pub async fn windows(&self, title: &str) -> Result<Vec<String>> {
        let title = format!("^(\\([0-9]+\\) )?{title}$");
        let output = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--name", &title])
            .env("DISPLAY", self.name())
            .output()
            .await?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
    }

    /// Where a window's content lies: left, top, width, height.
    pub async fn geometry(&self, window: &str) -> Result<[u32; 4]> {
        let said = self.xdotool(&["getwindowgeometry", "--shell", window]).await?;
        let number = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.and_then(|value| value.parse().ok()).with_context(|| format!("no {name} in {said}"))
        };
        Ok([number("X")?, number("Y")?, number("WIDTH")?, number("HEIGHT")?])
    }

    /// The title of the window that has the focus, if one has.
    pub async fn focused(&self) -> Option<String> {
        self.xdotool(&["getactivewindow", "getwindowname"]).await.ok()
    }

    /// A window manager says that it is there by answering which window is active, or that none is.
    async fn is_managed(&self) -> Result<bool> {
        Ok(self.xdotool(&["get_num_desktops"]).await.is_ok())
    }
}

async fn start_server(width: u32, height: u32, folder: &Path) -> Result<(Process, u32)> {
    // Xvfb chooses a free number itself and says it on a file descriptor: here, its standard output.
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
    command.arg(format!("{width}x{height}x24")).stdin(Stdio::null());
    let (process, line) = Process::start_and_read_line("xvfb", command, folder).await?;
    Ok((process, line.trim().parse().with_context(|| format!("Xvfb said {line:?}"))?))
}

impl Process {
    async fn start_and_read_line(name: &str, command: Command, folder: &Path) -> Result<(Self, String)> {
        let mut process = Self::start_piped(name, command, folder)?;
        let mut line = String::new();
        let mut output = BufReader::new(process.piped_output()?);
        let read = tokio::time::timeout(wait::PATIENCE, output.read_line(&mut line));
        read.await.with_context(|| format!("{name} said nothing"))??;
        Ok((process, line))
    }
}
