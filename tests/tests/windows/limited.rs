//! A network that lets no WebSocket through.

use bedside_tests::Path;
use bedside_tests::scene::scenario;

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn without_websockets_messages_travel_by_http_and_the_app_says_so() {
    scenario("limited", async |scene| {
        let talk = scene.talk(Path::WithoutWebSockets, PASSWORD).await?;
        let (ana, drew, room) = (talk.ana, talk.drew, talk.room);
        drew.send(room, "one").await?;
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
