//! Native notifications, as they cross the session bus.

use std::time::Duration;

use anyhow::{Result, ensure};
use bedside_tests::notices::Notice;
use bedside_tests::scene::{Talk, scenario};
use bedside_tests::{Path, Peer, Window, wait};

use crate::PASSWORD;

const SECRET: &str = "your results are in, please call";

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_says_nothing_of_the_message_and_its_click_opens_the_conversation() {
    scenario("notification", async |scene| {
        let Talk { server: _server, network: _network, drew, room, ana } =
            scene.talk(Path::Open, PASSWORD).await?;

        drew.send(room, "first").await?;
        only_notice(&ana).await?;
        drew.send(room, SECRET).await?;
        ana.shows_row("Drew Hale", SECRET, Some(2)).await?;
        wait::until_true("the second notification", async || Ok(ana.desk().notices().shown().len() == 2))
            .await?;
        let notice = only_notice(&ana).await?;
        ensure!(notice.title == "New message", "the title is {:?}", notice.title);
        for word in [SECRET, "results", "first", "Drew", "Hale"] {
            ensure!(!notice.everything.contains(word), "a notification says {word:?}: {notice:?}");
        }

        let opened = async || ana.has(".composer__input").await;
        ana.desk().notices().click_until(notice.id, "the conversation to open", opened).await?;
        ana.shows_messages(&["first", SECRET]).await?;
        ana.shows_row("Drew Hale", SECRET, None).await?;
        ana.quit().await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_goes_when_the_message_is_read_elsewhere_and_none_comes_while_one_looks() {
    scenario("notification_cleared", async |scene| {
        let Talk { server, network: _network, drew, room, ana } = scene.talk(Path::Open, PASSWORD).await?;
        drew.send(room, "one").await?;
        only_notice(&ana).await?;
        let elsewhere = Peer::sign_in(&server.url(), "ana", PASSWORD).await?;
        elsewhere.read(room, 1).await?;
        let notices = ana.desk().notices();
        wait::until_true("the notification to go", async || Ok(notices.on_screen().is_empty())).await?;

        ana.open_conversation("Drew Hale").await?;
        drew.send(room, "two").await?;
        ana.shows_messages(&["one", "two"]).await?;
        let silent = async || Ok(notices.on_screen().is_empty());
        wait::stays_true(Duration::from_millis(800), "no notification for what is in view", silent).await?;
        ana.quit().await
    })
    .await;
}

async fn only_notice(window: &Window) -> Result<Notice> {
    wait::until("one notification", async || match window.desk().notices().on_screen().as_slice() {
        [notice] => Ok(Some(notice.clone())),
        others => anyhow::bail!("on screen: {others:?}"),
    })
    .await
}
