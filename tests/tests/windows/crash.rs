//! The app dies with something left to send.

use bedside_tests::scene::{Talk, scenario};
use bedside_tests::{Path, Window};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_waits_when_the_app_is_killed_is_sent_once_after_the_restart() {
    scenario("crash", async |scene| {
        let Talk { server: _server, network, drew, room, ana } = scene.talk(Path::Open, PASSWORD).await?;
        drew.send(room, "one").await?;
        ana.open_conversation("Drew Hale").await?;
        ana.shows_messages(&["one"]).await?;

        network.set(Path::Cut);
        ana.write("two").await?;
        ana.shows_state("two", "Waiting to be sent").await?;
        let desk = ana.desk().clone();
        ana.kill().await?;

        let ana = Window::open(&desk, &network.url()).await?;
        ana.open_conversation("Drew Hale").await?;
        ana.shows_state("two", "Waiting to be sent").await?;
        network.set(Path::Open);
        ana.shows_state("two", "Sent").await?;
        ana.shows_messages(&["one", "two"]).await?;
        drew.stored_exactly(room, &["one", "two"]).await?;
        ana.quit().await
    })
    .await;
}
