//! `tauri-driver` with its WebKitWebDriver: starts one window of the app and passes WebDriver commands on to it.

use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use crate::desk::Desk;
use crate::process::Process;
use crate::{ports, programs, wait};

/// A running driver.
#[derive(Debug)]
pub struct Driver {
    process: Process,
    port: u16,
}

impl Driver {
    /// Starts a driver at a desk: the app it starts is at that desk too.
    pub async fn start(desk: &Desk) -> Result<Self> {
        let (port, native) = (ports::free()?, ports::free()?);
        let mut command = desk.command(&programs::tauri_driver()?);
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        let process = Process::start("driver", command, &desk.logs())?;
        wait::until_true("tauri-driver", async || {
            Ok(ports::answers(port).await && ports::answers(native).await)
        })
        .await?;
        Ok(Driver { process, port })
    }

    /// Starts the app with these arguments.
    pub async fn open(&self, arguments: &[String]) -> Result<Client> {
        let options = json!({ "application": programs::app()?, "args": arguments });
        connect(self.port, Map::from_iter([("tauri:options".to_owned(), options)])).await
    }

    /// Ends the driver, which ends the native one it started.
    pub async fn stop(mut self) -> Result<()> {
        self.process.stop().await.map(|_| ())
    }
}

/// Begins a WebDriver session.
pub(crate) async fn connect(port: u16, capabilities: Map<String, Value>) -> Result<Client> {
    let url = format!("http://127.0.0.1:{port}");
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&url)
        .await
        .context("begin a WebDriver session")
}
