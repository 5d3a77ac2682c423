//! What makes a conversation immediate and safe, by the keyboard alone: presence, typing, a reply with its quote, an
//! emergency that is asked about, an urgent message.

use anyhow::{Result, ensure};
use bedside_tests::scene::{clinic, scenario};
use bedside_tests::{Window, wait};

use crate::PASSWORD;

const LIST: &str = "document.querySelector('.message-list__viewport').focus()";
const SEEN: &str = "return document.querySelector(arguments[0])?.textContent ?? ''";

#[tokio::test(flavor = "multi_thread")]
async fn two_people_see_each_other_type_and_reply_and_are_asked_before_harm() {
    scenario("alive", async |scene| {
        let server = clinic(PASSWORD).await?;
        let ana = scene.window("ana", &server.url()).await?;
        ana.sign_in("ana", PASSWORD).await?;
        let drew = scene.window("drew", &server.url()).await?;
        drew.sign_in("drew", PASSWORD).await?;
        ana.start_conversation("Drew Hale").await?;
        ana.write("Do I take it with food?").await?;
        drew.open_conversation("Ana Ribeiro").await?;
        drew.shows_messages(&["Do I take it with food?"]).await?;
        shows(&drew, ".conversation-header__presence", "Online").await?;

        // What says so is the first thing to be dropped by a busy machine, and is said again while one goes on.
        for sign in [".typing-bubble", ".room-row__typing"] {
            wait::until_true(&format!("{sign} while she types"), async || {
                ana.type_into(".composer__input", "a").await?;
                drew.has(sign).await
            })
            .await?;
        }
        ana.press("ctrl+a").await?;
        ana.press("BackSpace").await?;
        drew.sees_no(".typing-bubble").await?;

        reply(&drew, "Yes, with breakfast.").await?;
        shows(&ana, ".message-quote", "Do I take it with food?").await?;
        ana.shows_state("Do I take it with food?", "Read").await?;

        held_back(&ana, "I have crushing chest pain").await?;
        let seen = drew.bubbles().await?.len();
        ensure!(seen == 2, "{seen} messages are there, though one was held back");
        ana.press("Escape").await?;
        ana.sees_no(".dialog").await?;
        ana.press("ctrl+a").await?;
        ana.press("BackSpace").await?;

        urgent(&drew, "Please call the ward now.").await?;
        ana.sees(".message-bubble--urgent").await?;
        drew.shows_state("Please call the ward now.", "Read").await?;
        ana.quit().await?;
        shows(&drew, ".conversation-header__presence", "Last seen").await?;
        drew.quit().await
    })
    .await;
}

/// R on the last message, the words, Enter.
async fn reply(window: &Window, text: &str) -> Result<()> {
    window.run(LIST, vec![]).await?;
    window.press("Up").await?;
    window.press("r").await?;
    window.sees(".reply-bar").await?;
    window.write(text).await
}

/// Writes what is asked about before it goes, and waits for the question.
async fn held_back(window: &Window, text: &str) -> Result<()> {
    window.type_into(".composer__input", text).await?;
    window.press("Return").await?;
    window.sees(".dialog .button--danger").await
}

/// Writes a message, marks it, and says yes to what that does.
async fn urgent(window: &Window, text: &str) -> Result<()> {
    window.type_into(".composer__input", text).await?;
    while window.run(SEEN_FOCUS, vec![]).await?.as_bool() != Some(true) {
        window.press("Tab").await?;
    }
    window.press("space").await?;
    window.sees(".composer__urgent[aria-pressed=true]").await?;
    window.type_into(".composer__input", "\u{e007}").await?;
    window.sees(".dialog .button--danger").await?;
    while window.run(DANGER_FOCUS, vec![]).await?.as_bool() != Some(true) {
        window.press("Tab").await?;
    }
    window.press("Return").await?;
    window.shows_last_message(text).await
}

const SEEN_FOCUS: &str = "return document.activeElement.matches('.composer__urgent')";
const DANGER_FOCUS: &str = "return document.activeElement.matches('.dialog .button--danger')";

async fn shows(window: &Window, selector: &str, words: &str) -> Result<()> {
    wait::until_true(&format!("{words:?} at {selector}"), async || {
        let seen = window.run(SEEN, vec![selector.into()]).await?;
        Ok(seen.as_str().is_some_and(|seen| seen.contains(words)))
    })
    .await
}
