//! The computer changes its network, and nothing tells the connections that they lead nowhere.

use std::time::Duration;

use anyhow::Result;
use bedside_tests::scene::{Talk, scenario};
use bedside_tests::{Keychain, Path, Proxy, wait};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn another_network_is_answered_with_another_connection() {
    scenario("network", async |scene| {
        let desk = scene.desk("ana", Keychain::Unlocked).await?;
        let networks = desk.add_networks().await?;
        let Talk { server: _server, network, drew, room, ana } =
            scene.talk_at(&desk, Path::Open, PASSWORD).await?;
        ana.open_conversation("Drew Hale").await?;
        let before = quiet(&network).await?;
        networks.connected().await?;
        wait::until_true("another connection", async || Ok(network.accepted() > before)).await?;
        drew.send(room, "still there?").await?;
        ana.shows_last_message("still there?").await?;
        ana.quit().await
    })
    .await;
}

/// How many connections there are once the app makes no more of them by itself.
async fn quiet(network: &Proxy) -> Result<usize> {
    wait::until("the app to be content with its connections", async || {
        let now = network.accepted();
        let content = async || Ok(network.accepted() == now);
        let stays = wait::stays_true(Duration::from_secs(2), "the number of connections", content).await;
        Ok(stays.is_ok().then_some(now))
    })
    .await
}
