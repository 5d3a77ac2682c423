//! The server goes away and comes back.

use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Peer, wait};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_while_the_server_is_dead_is_delivered_once_and_in_order() {
    scenario("outage", async |scene| {
        let mut server = clinic(PASSWORD).await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;
        for text in ["one", "two", "three"] {
            drew.send(room, text).await?;
        }
        let ana = scene.window("ana", &server.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;
        ana.shows_row("Drew Hale", "three", Some(3)).await?;

        server.kill().await?;
        ana.open_conversation("Drew Hale").await?;
        ana.shows_messages(&["one", "two", "three"]).await?;
        for text in ["four", "five", "six"] {
            ana.write(text).await?;
            ana.shows_state(text, "Waiting to be sent").await?;
        }
        ana.sees(".connection-bar").await?;

        server.start().await?;
        ana.shows_state("six", "Sent").await?;
        let all = ["one", "two", "three", "four", "five", "six"];
        ana.shows_messages(&all).await?;
        wait::until_true("the bar to go", async || Ok(!ana.has(".connection-bar").await?)).await?;
        drew.stored_exactly(room, &all).await?;
        ana.quit().await
    })
    .await;
}
