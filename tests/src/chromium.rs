//! Headless Chromium, for the page the platform's own description prints.

use anyhow::{Context, Result};
use fantoccini::Client;
use serde_json::{Map, json};
use tempfile::TempDir;
use tokio::process::Command;

use crate::driver::connect;
use crate::process::Process;
use crate::{ports, wait};

/// Everything that keeps a browser from talking to anybody but us.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// A running browser.
#[derive(Debug)]
pub struct Chromium {
    page: Client,
    _driver: Process,
    _folder: TempDir,
}

impl Chromium {
    /// Starts a browser with an empty profile.
    pub async fn start() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("bedside-chromium-").tempdir()?;
        let port = ports::free()?;
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).env("HOME", folder.path());
        let driver = Process::start("chromedriver", command, folder.path())?;
        wait::until_true("chromedriver", async || Ok(ports::answers(port).await)).await?;
        let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
        let flags: Vec<&str> = FLAGS.into_iter().chain([profile.as_str()]).collect();
        let options = json!({ "args": flags });
        let page = connect(port, Map::from_iter([("goog:chromeOptions".to_owned(), options)])).await?;
        Ok(Chromium { page, _driver: driver, _folder: folder })
    }

    /// The page shown.
    #[must_use]
    pub fn page(&self) -> &Client {
        &self.page
    }

    /// Ends the browser.
    pub async fn stop(self) -> Result<()> {
        self.page.close().await.context("close Chromium")
    }
}
