//! The app dies with something left to send.

use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Path, Peer, Proxy, Window};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_waits_when_the_app_is_killed_is_sent_once_after_the_restart() {
    scenario("crash", async |scene| {
        let server = clinic(PASSWORD).await?;
        let network = Proxy::start(server.port(), Path::Open).await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;
        drew.send(room, "one").await?;
        let ana = scene.window("ana", &network.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;
        ana.open_conversation("Drew Hale").await?;

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
