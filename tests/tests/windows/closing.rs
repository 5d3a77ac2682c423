//! Closing the window, and what is remembered of it.

use anyhow::{Result, ensure};
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Keychain, Peer, Window, wait};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn with_a_tray_a_closed_window_goes_on_receiving_and_says_so_once() {
    scenario("closing_to_the_tray", async |scene| {
        let server = clinic(PASSWORD).await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;
        let desk = scene.desk("ana", Keychain::Unlocked).await?;
        let tray = desk.add_tray().await?;
        let ana = Window::open(&desk, &server.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;
        wait::until_true("the icon in the tray", async || Ok(tray.icons().len() == 1)).await?;

        ana.press("alt+F4").await?;
        hidden(&ana).await?;
        let still_running = notice(&ana, "Bedside is still running").await?;
        desk.notices()
            .click_until(still_running, "the window to be shown", async || is_visible(&ana).await)
            .await?;
        ana.press("alt+F4").await?;
        hidden(&ana).await?;
        drew.send(room, "one").await?;
        notice(&ana, "New message").await?;
        ensure!(ana.launch_again().await?, "the second launch failed");
        visible(&ana).await?;
        ana.shows_row("Drew Hale", "one", Some(1)).await?;

        ana.press("alt+F4").await?;
        hidden(&ana).await?;
        let told =
            desk.notices().shown().iter().filter(|notice| notice.title.contains("still running")).count();
        ensure!(told == 1, "told {told} times");
        ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_tray_closing_quits_and_the_window_comes_back_as_it_was() {
    scenario("closing", async |scene| {
        let server = clinic(PASSWORD).await?;
        let ana = scene.window("ana", &server.url()).await?;
        ana.sees("#username").await?;
        ana.resize(1_000, 700).await?;
        ana.press("alt+F4").await?;
        let desk = ana.desk().clone();
        ana.gone().await?;

        let ana = Window::open(&desk, &server.url()).await?;
        ana.sees("#username").await?;
        let size = ana.run("return [innerWidth, innerHeight]", vec![]).await?;
        ensure!(size == serde_json::json!([1_000, 700]), "the window came back as {size}");
        ana.press("ctrl+q").await?;
        ana.gone().await
    })
    .await;
}

async fn hidden(window: &Window) -> Result<()> {
    let display = window.desk().display();
    wait::until_true("the window to be hidden", async || Ok(display.windows("Bedside").await?.is_empty()))
        .await
}

async fn visible(window: &Window) -> Result<()> {
    wait::until_true("the window to be shown", async || is_visible(window).await).await
}

async fn is_visible(window: &Window) -> Result<bool> {
    Ok(window.desk().display().windows("Bedside").await?.len() == 1)
}

async fn notice(window: &Window, title: &str) -> Result<u32> {
    let notices = window.desk().notices();
    wait::until(&format!("the notification {title:?}"), async || {
        Ok(notices.on_screen().iter().find(|notice| notice.title == title).map(|notice| notice.id))
    })
    .await
}
