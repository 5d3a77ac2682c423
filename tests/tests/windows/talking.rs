//! Two people, two windows.

use bedside_tests::scene::{clinic, scenario};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_and_a_practitioner_talk() {
    scenario("talking", async |scene| {
        let server = clinic(PASSWORD).await?;
        let drew = scene.window("drew", &server.url()).await?;
        drew.sign_in("drew", PASSWORD).await?;
        let ana = scene.window("ana", &server.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;

        drew.start_conversation("Ana Ribeiro").await?;
        drew.write("Good morning, how is the knee?").await?;
        ana.shows_row("Drew Hale", "Good morning, how is the knee?", Some(1)).await?;
        ana.open_conversation("Drew Hale").await?;
        ana.shows_messages(&["Good morning, how is the knee?"]).await?;
        drew.shows_state("Good morning, how is the knee?", "Read").await?;
        ana.shows_row("Drew Hale", "Good morning, how is the knee?", None).await?;

        ana.write("Much better. Thank you! 🙂").await?;
        drew.shows_messages(&["Good morning, how is the knee?", "Much better. Thank you! 🙂"]).await?;
        ana.shows_state("Much better. Thank you! 🙂", "Read").await?;
        drew.quit().await?;
        ana.quit().await
    })
    .await;
}
