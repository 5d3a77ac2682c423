//! Two people, two windows.

use anyhow::{Result, ensure};
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Desk, Keychain, Scene, Window};

use crate::PASSWORD;

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_and_a_practitioner_talk() {
    scenario("talking", async |scene| {
        let server = clinic(PASSWORD).await?;
        let drew = talkative(scene, "drew", &server.url()).await?;
        drew.sign_in("drew", PASSWORD).await?;
        let ana = talkative(scene, "ana", &server.url()).await?;
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
        let desks = [drew.desk().clone(), ana.desk().clone()];
        drew.quit().await?;
        ana.quit().await?;
        for desk in &desks {
            nothing_says(desk, &["how is the knee", "Much better", PASSWORD])?;
        }
        for secret in ["how is the knee", "Much better", PASSWORD] {
            ensure!(!server.output().contains(secret), "the server's log says {secret:?}");
        }
        Ok(())
    })
    .await;
}

/// A window whose app logs everything it can.
async fn talkative(scene: &mut Scene, name: &str, server: &str) -> Result<Window> {
    let desk = scene.keep(Desk::new(name, Keychain::Unlocked).await?.with("BEDSIDE_LOG", "trace"));
    Window::open(&desk, server).await
}

/// No file on the desk, logs and the cache among them, says what was written or what opens it.
fn nothing_says(desk: &Desk, secrets: &[&str]) -> Result<()> {
    let files = desk.files()?;
    ensure!(files.iter().any(|file| file.ends_with("cache.db")), "there is no cache to look at");
    ensure!(files.iter().any(|file| file.ends_with("bedside.log")), "there is no log to look at");
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_default();
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            ensure!(!found, "{} says {secret:?}", file.display());
        }
    }
    Ok(())
}
