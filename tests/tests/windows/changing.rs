//! A message is edited, reacted to and taken back, by the keyboard alone, with the network and without.

use anyhow::{Result, ensure};
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Window, wait};

use crate::PASSWORD;

const LIST: &str = "document.querySelector('.message-list__viewport').focus()";
const TEXT: &str = "return document.querySelector('textarea').value";

#[tokio::test(flavor = "multi_thread")]
async fn what_one_changes_the_other_sees_changed() {
    scenario("changing", async |scene| {
        let mut server = clinic(PASSWORD).await?;
        let ana = scene.window("ana", &server.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;
        let drew = scene.window("drew", &server.url()).await?;
        drew.sign_in("drew", PASSWORD).await?;
        ana.start_conversation("Drew Hale").await?;
        ana.write("I come at 15:00.").await?;
        drew.open_conversation("Ana Ribeiro").await?;
        drew.shows_messages(&["I come at 15:00."]).await?;

        rewrite_last(&ana, "I come at 15:00.", "I come at 16:00.").await?;
        for window in [&ana, &drew] {
            window.shows_messages(&["I come at 16:00."]).await?;
            window.sees(".message-meta__edited").await?;
        }
        drew.shows_row("Ana Ribeiro", "I come at 16:00.", None).await?;

        choose(&drew, &["Return"]).await?;
        ana.sees(".reactions__one[aria-label*='Drew Hale']").await?;

        server.kill().await?;
        rewrite_last(&ana, "I come at 16:00.", "I come at 17:00.").await?;
        ana.shows_state("I come at 17:00.", "Saving…").await?;
        drew.shows_messages(&["I come at 16:00."]).await?;
        server.start().await?;
        drew.shows_messages(&["I come at 17:00."]).await?;
        ana.shows_state("I come at 17:00.", "Read").await?;

        choose(&ana, &["Up", "Return"]).await?;
        ana.click(".dialog .button--danger").await?;
        drew.sees(".message-text--retracted").await?;
        drew.shows_row("Ana Ribeiro", "Message taken back", None).await?;
        let page = drew.run("return document.body.innerText", vec![]).await?;
        ensure!(!page.as_str().unwrap_or_default().contains("I come at"), "its text is still there: {page}");
        ana.quit().await?;
        drew.quit().await
    })
    .await;
}

/// ↑ in the empty text box, another text, Enter.
async fn rewrite_last(window: &Window, before: &str, after: &str) -> Result<()> {
    window.click("textarea").await?;
    window.press("Up").await?;
    wait::until_true("the message in the text box", async || {
        Ok(window.run(TEXT, vec![]).await?.as_str() == Some(before))
    })
    .await?;
    window.press("ctrl+a").await?;
    window.press("BackSpace").await?;
    window.write(after).await
}

/// Opens the last message's menu and presses these keys in it.
async fn choose(window: &Window, keys: &[&str]) -> Result<()> {
    window.run(LIST, vec![]).await?;
    window.press("Up").await?;
    window.press("shift+F10").await?;
    window.sees(".popup .menu").await?;
    for key in keys {
        window.press(key).await?;
    }
    Ok(())
}
