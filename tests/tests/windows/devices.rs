//! One person at two desks: what is read at one is read at the other.

use std::time::Duration;

use anyhow::{Result, ensure};
use bedside_tests::scene::{Talk, scenario};
use bedside_tests::{Path, Window, wait};

use crate::PASSWORD;

/// The badge and the notification are gone within this time.
const SOON: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_at_one_desk_is_read_at_the_other_within_a_second() {
    scenario("devices", async |scene| {
        let Talk { server, network: _network, drew, room, ana: home } =
            scene.talk(Path::Open, PASSWORD).await?;
        let work = scene.window("work", &server.url()).await?;
        work.sign_in("ana", PASSWORD).await?;
        drew.send(room, "one").await?;
        for desk in [&home, &work] {
            desk.shows_row("Drew Hale", "one", Some(1)).await?;
            let notices = desk.desk().notices();
            wait::until_true("a notification", async || Ok(notices.on_screen().len() == 1)).await?;
        }
        home.open_conversation("Drew Hale").await?;
        home.shows_messages(&["one"]).await?;
        home.shows_row("Drew Hale", "one", None).await?;
        wait::until_within(SOON, "the other desk's badge and notification to go", async || {
            let badge = work.rows().await?.iter().any(|row| row.unread.is_some());
            Ok((!badge && work.desk().notices().on_screen().is_empty()).then_some(()))
        })
        .await?;
        unread_line_is_gone(&work).await?;
        home.quit().await?;
        work.quit().await
    })
    .await;
}

/// Opened there later, nothing is called new.
async fn unread_line_is_gone(window: &Window) -> Result<()> {
    window.open_conversation("Drew Hale").await?;
    window.shows_messages(&["one"]).await?;
    ensure!(!window.has(".new-line").await?, "what was read elsewhere is called new");
    Ok(())
}
