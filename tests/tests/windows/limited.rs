//! A network that lets no WebSocket through.

use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Path, Peer, Proxy};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn without_websockets_messages_travel_by_http_and_the_app_says_so() {
    scenario("limited", async |scene| {
        let server = clinic(PASSWORD).await?;
        let network = Proxy::start(server.port(), Path::WithoutWebSockets).await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;
        drew.send(room, "one").await?;
        let ana = scene.window("ana", &network.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;
        ana.open_conversation("Drew Hale").await?;
        ana.reads("Limited connection").await?;

        ana.write("two").await?;
        ana.shows_state("two", "Sent").await?;
        drew.send(room, "three").await?;
        ana.shows_messages(&["one", "two", "three"]).await?;
        drew.stored_exactly(room, &["one", "two", "three"]).await?;
        ana.quit().await
    })
    .await;
}
