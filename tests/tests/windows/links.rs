//! A link leaves the app only with the person's word, given where no page can give it.

use anyhow::{Result, ensure};
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Keychain, Window, wait};

use crate::PASSWORD;

/// What a page that has been taken over would send away.
const ADDRESS: &str = "https://elsewhere.example/?d=results";
const QUESTION: &str = "Open this link\\?";

/// Asks for a link to be opened and notes how that ended, without waiting for it.
const OPEN: &str = "
    window.ended = 'asking';
    __TAURI_INTERNALS__.invoke('open_external', { url: arguments[0] }).then(
        () => { window.ended = 'answered' },
        () => { window.ended = 'refused' });";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_cannot_open_a_link_without_the_person() {
    scenario("links", async |scene| {
        let server = clinic(PASSWORD).await?;
        let desk = scene.desk("ana", Keychain::Unlocked).await?;
        let opened = desk.data().join("opened");
        desk.add_program("xdg-open", &format!("echo \"$1\" >> {}", opened.display()))?;
        let ana = Window::open(&desk, &server.url()).await?;
        ana.sees("#username").await?;

        ask(&ana).await?;
        ana.run(OPEN.replace("ended", "second").as_str(), vec![ADDRESS.into()]).await?;
        wait::until_true("a second question to be refused", async || {
            Ok(ana.run("return window.second", vec![]).await? == "refused")
        })
        .await?;
        answer(&ana, "Escape").await?;
        ensure!(!opened.exists(), "a link was opened that nobody wanted");

        ask(&ana).await?;
        // What Enter chooses unasked is to stay.
        answer(&ana, "Return").await?;
        ensure!(!opened.exists(), "a link was opened in haste");

        ask(&ana).await?;
        desk.display().xdotool(&["key", "Tab"]).await?;
        answer(&ana, "Return").await?;
        wait::until_true("the link to be opened", async || {
            Ok(std::fs::read_to_string(&opened)?.trim_end() == ADDRESS)
        })
        .await?;
        ana.quit().await
    })
    .await;
}

async fn ask(window: &Window) -> Result<()> {
    window.run(OPEN, vec![ADDRESS.into()]).await?;
    let display = window.desk().display();
    wait::until_true("the question", async || {
        Ok(display.focused().await.is_some_and(|title| title == QUESTION.replace('\\', "")))
    })
    .await
}

async fn answer(window: &Window, key: &str) -> Result<()> {
    let display = window.desk().display();
    display.xdotool(&["key", key]).await?;
    wait::until_true("the question to go", async || Ok(display.windows(QUESTION).await?.is_empty())).await?;
    wait::until_true("the page to be answered", async || {
        Ok(window.run("return window.ended", vec![]).await? == "answered")
    })
    .await
}
