//! A desk without a keychain.

use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Keychain, Peer, Window};

use crate::PASSWORD;

const PASSPHRASE: &str = "four plain words here";

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_a_passphrase_protects_the_cache_and_opens_it_after_a_restart() {
    scenario("passphrase", async |scene| {
        let mut server = clinic(PASSWORD).await?;
        let drew = Peer::sign_in(&server.url(), "drew", PASSWORD).await?;
        let room = drew.only_room().await?;
        drew.send(room, "one").await?;
        let desk = scene.desk("ana", Keychain::Absent).await?;
        let ana = Window::open(&desk, &server.url()).await?;
        ana.type_into("#passphrase", PASSPHRASE).await?;
        ana.type_into("#passphrase-repeated", PASSPHRASE).await?;
        ana.sign_in("ana", PASSWORD).await?;
        ana.shows_row("Drew Hale", "one", Some(1)).await?;
        ana.quit().await?;

        // What is kept here can be read without the server, and not without the passphrase.
        server.kill().await?;
        let ana = Window::open(&desk, &server.url()).await?;
        ana.reads("Unlock Bedside").await?;
        ana.unlock("four other words here").await?;
        ana.reads("The passphrase is wrong").await?;
        ana.unlock(PASSPHRASE).await?;
        ana.open_conversation("Drew Hale").await?;
        ana.shows_messages(&["one"]).await?;
        ana.quit().await
    })
    .await;
}
