//! What is being read stays where it is, whatever arrives above or below it.

use anyhow::{Context, Result, ensure};
use bedside_tests::scene::scenario;
use bedside_tests::{Path, Window, wait};
use serde::Deserialize;

use crate::PASSWORD;

/// More than a first look shows, so that older ones arrive while one scrolls.
const HISTORY: usize = 150;

const LINES: &str = "Keep the brace on for two more days and walk a little every hour. ";

/// The first message that is whole on screen, and how far below the upper edge it stands.
const READ: &str = "
    const view = document.querySelector('.message-list__viewport');
    const top = view.getBoundingClientRect().top;
    const places = [...document.querySelectorAll('.message-bubble')].map(bubble => ({
        text: bubble.querySelector('.message-text')?.textContent.trim() ?? '',
        below: Math.round(bubble.getBoundingClientRect().top - top),
    }));
    return { first: places.find(place => place.below >= 0) ?? null, count: places.length, last: places.at(-1)?.text };";

/// Where one message stands now.
const WHERE: &str = "
    const view = document.querySelector('.message-list__viewport');
    const found = [...document.querySelectorAll('.message-bubble')]
        .find(bubble => bubble.querySelector('.message-text')?.textContent.trim() === arguments[0]);
    return found ? Math.round(found.getBoundingClientRect().top - view.getBoundingClientRect().top) : null;";

#[derive(Debug, Deserialize)]
struct Reading {
    first: Option<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Place {
    text: String,
    below: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_stays_in_place_while_messages_arrive_above_and_below() {
    scenario("scrolling", async |scene| {
        let talk = scene.talk(Path::Open, PASSWORD).await?;
        let (ana, drew, room) = (talk.ana, talk.drew, talk.room);
        for number in 1..=HISTORY {
            drew.send(room, &format!("{number}: {}", LINES.repeat(number % 4 + 1))).await?;
        }
        ana.open_conversation("Drew Hale").await?;
        let newest = format!("{HISTORY}: {}", LINES.repeat(HISTORY % 4 + 1));
        to_the_end(&ana, newest.trim()).await?;

        let mut steps = 0;
        while !begins(&ana).await? {
            ana.run("document.querySelector('.message-list__viewport').scrollTop -= 900", vec![]).await?;
            let held = settled(&ana).await?;
            drew.send(room, &format!("meanwhile {steps}")).await?;
            let preview = format!("meanwhile {steps}");
            wait::until_true("the new message in the list", async || {
                Ok(ana.rows().await?.iter().any(|row| row.preview.contains(&preview)))
            })
            .await?;
            stays(&ana, &held).await.with_context(|| format!("after {steps} steps up"))?;
            steps += 1;
        }
        ensure!(steps > 5, "the whole history fits in {steps} steps");
        ana.quit().await
    })
    .await;
}

/// A conversation opens where one has read up to.
async fn to_the_end(window: &Window, newest: &str) -> Result<()> {
    wait::until_true("the newest message", async || {
        let scroll = "const view = document.querySelector('.message-list__viewport'); view.scrollTop = view.scrollHeight;";
        window.run(scroll, vec![]).await?;
        Ok(window.bubbles().await?.last().is_some_and(|bubble| bubble.text == newest))
    })
    .await
}

/// Whether the conversation's first message is on screen.
async fn begins(window: &Window) -> Result<bool> {
    Ok(window.bubbles().await?.first().is_some_and(|bubble| bubble.text.starts_with("1: ")))
}

/// What is read, once nothing moves any more.
async fn settled(window: &Window) -> Result<Place> {
    let mut last = None;
    wait::until("the list to stand still", async || {
        let now: Reading = serde_json::from_value(window.run(READ, vec![]).await?)?;
        let before = std::mem::replace(&mut last, now.first.clone());
        Ok(now.first.filter(|first| before.as_ref() == Some(first)))
    })
    .await
}

async fn stays(window: &Window, held: &Place) -> Result<()> {
    let now = window.run(WHERE, vec![held.text.clone().into()]).await?;
    let moved = now.as_i64().map(|below| (below - held.below).abs());
    ensure!(moved.is_some_and(|moved| moved <= 1), "{held:?} stands at {now} now");
    Ok(())
}
