//! Starting the app: while it runs already, and signed in by another program.

use std::process::Stdio;

use anyhow::{Context, ensure};
use bedside_tests::desk::{HEIGHT, WIDTH};
use bedside_tests::process::Process;
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Keychain, Window, programs, wait};
use tokio::io::AsyncWriteExt;

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_launch_shows_the_first_window() {
    scenario("second_launch", async |scene| {
        let server = clinic(PASSWORD).await?;
        let ana = scene.window("ana", &server.url()).await?;
        ana.sees("#username").await?;
        let desk = ana.desk().clone();
        let display = desk.display();
        wait::until_true("the window", async || Ok(display.windows("Bedside").await?.len() == 1)).await?;
        let window = display.windows("Bedside").await?.concat();
        display.xdotool(&["windowminimize", "--sync", &window]).await?;
        ensure!(display.windows("Bedside").await?.is_empty(), "the window is still visible");

        ensure!(ana.launch_again().await?, "the second launch failed");
        wait::until_true("the window to be shown again", async || {
            let shown = display.windows("Bedside").await?;
            Ok(shown == [window.clone()] && display.focused().await.as_deref() == Some("Bedside"))
        })
        .await?;
        ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_waits_for_its_owner_keeps_no_window_from_opening() {
    scenario("unanswered_keychain", async |scene| {
        let server = clinic(PASSWORD).await?;
        let desk = scene.desk("ana", Keychain::Unanswered).await?;
        let url = server.url();
        let opening = tokio::time::timeout(wait::PATIENCE, Window::open(&desk, &url));
        let ana = opening.await.context("no window while the keychain waits")??;
        ana.sees(".workspace--opening").await?;
        ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_signs_in_by_standard_input() {
    scenario("standard_input", async |scene| {
        let server = clinic(PASSWORD).await?;
        let desk = scene.desk("ana", Keychain::Unlocked).await?;
        let data = desk.data().display().to_string();
        let mut command = desk.command(&programs::app()?);
        command.args([
            "--profile",
            "ana",
            "--data",
            &data,
            "--server",
            &server.url(),
            "--sign-in-from-stdin",
        ]);
        command.stdin(Stdio::piped());
        let mut app = Process::start_listening("app", command, &desk.logs())?;
        app.input()?.write_all(format!("ana\n{PASSWORD}\n").as_bytes()).await?;
        wait::until_true("the app to be connected", async || {
            Ok(app.output().contains("connection.mode=Live"))
        })
        .await?;
        ensure!(app.stop().await?, "the app did not end well");
        Ok(())
    })
    .await;
}

/// As `cargo xtask demo` starts a window, the first time and, where it is kept, again.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_leaves_the_keychain_alone_and_stands_on_the_screen() {
    scenario("demo_window", async |scene| {
        let server = clinic(PASSWORD).await?;
        let desk = scene.desk("ana", Keychain::Unanswered).await?;
        for side in ["right", "left"] {
            let data = desk.data().display().to_string();
            let mut command = desk.command(&programs::app()?);
            command.args(["--profile", "ana", "--server", &server.url(), "--sign-in-from-stdin"]);
            command.args(["--side", side, "--no-keychain", "--data", &data]);
            command.stdin(Stdio::piped());
            let mut app = Process::start_listening("app", command, &desk.logs())?;
            app.input()?.write_all(format!("ana\n{PASSWORD}\n{PASSWORD}\n").as_bytes()).await?;
            wait::until_true("the app to be connected", async || {
                Ok(app.output().contains("connection.mode=Live"))
            })
            .await?;
            let window = wait::until("the window", async || {
                Ok(desk.display().windows("Bedside").await?.into_iter().next())
            })
            .await?;
            let mut place = [0; 4];
            wait::until_true("the window on the screen, at the right side where it was first", async || {
                place = desk.display().geometry(&window).await?;
                let [x, y, width, height] = place;
                Ok(x > WIDTH / 2 && x + width <= WIDTH && y + height <= HEIGHT)
            })
            .await
            .with_context(|| format!("it is at {place:?}"))?;
            ensure!(app.stop().await?, "the app did not end well");
        }
        Ok(())
    })
    .await;
}
