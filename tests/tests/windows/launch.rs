//! Starting the app while it runs.

use anyhow::ensure;
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::wait;

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
