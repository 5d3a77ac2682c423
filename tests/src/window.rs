//! One window of the app as a person uses it: seen through the page, worked with the keyboard and clicks.

mod page;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::{Client, Locator};
use serde_json::Value;
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::desk::Desk;
use crate::driver::Driver;
use crate::process::{self, Process, Signal};
use crate::{programs, wait};

pub use page::{Bubble, Row};

/// How long what a window shows is asked for at its end.
const TRACES: Duration = Duration::from_secs(10);

/// A window with its driver.
#[derive(Debug)]
pub struct Window {
    desk: Arc<Desk>,
    /// Gone once the app has ended as it was to.
    driver: Option<Driver>,
    page: Client,
    arguments: Vec<String>,
}

impl Window {
    /// Starts the app at a desk, pointed at a server.
    pub async fn open(desk: &Arc<Desk>, server: &str) -> Result<Self> {
        let data = desk.data().display().to_string();
        let arguments =
            ["--profile", desk.name(), "--data", &data, "--server", server].map(str::to_owned).to_vec();
        let driver = Driver::start(desk).await?;
        let page = driver.open(&arguments).await.with_context(|| "open the app")?;
        Ok(Window { desk: Arc::clone(desk), driver: Some(driver), page, arguments })
    }

    /// Whose it is.
    #[must_use]
    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Kills the app as a crash would.
    pub async fn kill(self) -> Result<()> {
        process::signal(self.process()?, Signal::Kill).await?;
        self.gone().await
    }

    /// Asks the app to quit.
    pub async fn quit(self) -> Result<()> {
        process::signal(self.process()?, Signal::Terminate).await?;
        self.gone().await
    }

    /// Starts the app a second time and waits until that one has ended; whether it ended well.
    pub async fn launch_again(&self) -> Result<bool> {
        let mut command = self.desk.command(&programs::app()?);
        command.args(&self.arguments);
        Process::start("second-launch", command, &self.desk.logs())?.ended().await
    }

    /// Writes a picture of the display.
    pub async fn screenshot(&self, file: &Path) -> Result<()> {
        self.desk.display().screenshot(file).await
    }

    /// Writes a picture of the window alone, once nothing in it moves.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        let picture = self.desk.display().picture(&self.shown().await?).await?;
        std::fs::write(file, picture).with_context(|| format!("write {}", file.display()))
    }

    /// Gives the window another size in pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let window = self.shown().await?;
        let (wide, high) = (width.to_string(), height.to_string());
        self.desk.display().xdotool(&["windowsize", &window, &wide, &high]).await?;
        let wanted = serde_json::json!([width, height]);
        wait::until_true("the window's new size", async || {
            Ok(self.run("return [innerWidth, innerHeight]", vec![]).await? == wanted)
        })
        .await
    }

    /// The window's number on its display.
    async fn shown(&self) -> Result<String> {
        let display = self.desk.display();
        wait::until("the window", async || Ok(display.windows("Bedside").await?.into_iter().next())).await
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.page.execute(script, arguments).await.with_context(|| format!("run {script}"))
    }

    /// Runs a script in the page whose last argument is called with its result.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.page.execute_async(script, arguments).await.with_context(|| format!("run {script}"))
    }

    /// Presses keys on the display, such as `alt+F4`: they go to the window that has the focus.
    pub async fn press(&self, keys: &str) -> Result<()> {
        let display = self.desk.display();
        wait::until_true("the window to have the focus", async || {
            Ok(display.focused().await.is_some_and(|title| title.ends_with("Bedside")))
        })
        .await?;
        display.xdotool(&["key", "--clearmodifiers", keys]).await.map(|_| ())
    }

    /// Waits for an element and clicks it.
    pub async fn click(&self, selector: &str) -> Result<()> {
        wait::until(&format!("something to click at {selector}"), async || {
            self.page.find(Locator::Css(selector)).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Waits for a field and types into it, keeping what it holds.
    pub async fn type_into(&self, selector: &str, text: &str) -> Result<()> {
        let field = wait::until(&format!("a field at {selector}"), async || {
            Ok(Some(self.page.find(Locator::Css(selector)).await?))
        })
        .await?;
        field.send_keys(text).await.with_context(|| format!("type into {selector}"))
    }

    /// Waits for an element.
    pub async fn sees(&self, selector: &str) -> Result<()> {
        wait::until_true(selector, async || self.has(selector).await).await
    }

    /// Waits until there is no such element any more.
    pub async fn sees_no(&self, selector: &str) -> Result<()> {
        wait::until_true(&format!("no {selector}"), async || Ok(!self.has(selector).await?)).await
    }

    /// Whether there is such an element now.
    pub async fn has(&self, selector: &str) -> Result<bool> {
        Ok(!self.page.find_all(Locator::Css(selector)).await?.is_empty())
    }

    /// Waits for words anywhere on the page.
    pub async fn reads(&self, words: &str) -> Result<()> {
        wait::until_true(&format!("the words {words:?}"), async || {
            let text = self.run("return document.body.innerText", vec![]).await?;
            Ok(text.as_str().is_some_and(|text| text.contains(words)))
        })
        .await
    }

    /// The app's process and those it has started: the webview's.
    pub fn processes(&self) -> Result<Vec<u32>> {
        let app = self.process()?;
        Ok(std::iter::once(app).chain(process::descendants(app)).collect())
    }

    fn process(&self) -> Result<u32> {
        let data = self.desk.data().display().to_string();
        process::find(&programs::app()?, &data)?.context("the app does not run")
    }

    /// Waits until the app has ended.
    pub async fn gone(mut self) -> Result<()> {
        wait::until_true("the app's end", async || Ok(self.process().is_err())).await?;
        ensure!(self.page.status().await.is_ok(), "the driver went with the app");
        match self.driver.take() {
            Some(driver) => driver.stop().await,
            None => Ok(()),
        }
    }

    /// Leaves on the desk what the window shows.
    async fn leave_traces(&self) {
        // Whatever does not answer any more leaves nothing.
        let _ = self.screenshot(&self.desk.last_picture()).await;
        if let Ok(Value::String(text)) = self.run("return document.body.innerText", vec![]).await {
            let _ = std::fs::write(self.desk.logs().join("page.txt"), text);
        }
    }
}

/// A window that goes while its app runs goes because a test failed: what it showed is what one wants to see.
impl Drop for Window {
    fn drop(&mut self) {
        if self.driver.is_none() {
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        if runtime.runtime_flavor() == RuntimeFlavor::MultiThread {
            let traces = async { tokio::time::timeout(TRACES, self.leave_traces()).await };
            let _late = tokio::task::block_in_place(|| runtime.block_on(traces));
        }
    }
}
