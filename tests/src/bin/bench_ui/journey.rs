//! Going through a conversation as a person does: keys on the list, the thumb with the pointer. Each step takes as long
//! as it takes until the messages it leads to are on screen.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bedside_tests::{Window, wait};

/// Longer than this nobody waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// Places on screen: the first and the last whose message is there, or nothing while the list is empty.
const SEEN: &str = "
    const view = document.querySelector('.message-list__viewport').getBoundingClientRect();
    const seen = [...document.querySelectorAll('.message-list__viewport [data-seq]:not([data-gap])')].filter(item => {
        const place = item.getBoundingClientRect();
        return place.bottom > view.top && place.top < view.bottom;
    }).map(item => Number(item.dataset.seq));
    const jump = document.querySelector('.jump-button') !== null;
    return seen.length ? [Math.min(...seen), Math.max(...seen), jump] : null;";

/// Drags the thumb to a share of its track, as a pointer would.
const PULL: &str = "
    const thumb = document.querySelector('.message-list__thumb');
    const track = thumb.parentElement.getBoundingClientRect();
    const at = thumb.getBoundingClientRect();
    const event = (name, y) => thumb.dispatchEvent(new PointerEvent(name, {
        bubbles: true, pointerId: 1, clientX: at.left + 2, clientY: y }));
    event('pointerdown', at.top + 1);
    event('pointermove', track.top + 1 + arguments[0] * (track.height - at.height));
    event('pointerup', 0);";

/// A window with the focus on its list of messages.
pub(crate) struct Journey<'w> {
    window: &'w Window,
}

struct Seen {
    first: i64,
    at_end: bool,
}

impl<'w> Journey<'w> {
    /// Puts the focus onto the list.
    pub(crate) async fn begin(window: &'w Window) -> Result<Self> {
        let journey = Journey { window };
        wait::until_true("messages", async || Ok(journey.seen().await?.is_some())).await?;
        window.run("document.querySelector('.message-list__viewport').focus()", vec![]).await?;
        Ok(journey)
    }

    /// To the first message.
    pub(crate) async fn home(&self) -> Result<Duration> {
        self.step("Home", |seen, _| seen.first == 1).await
    }

    /// To the newest message.
    pub(crate) async fn end(&self) -> Result<Duration> {
        self.step("End", |seen, _| seen.at_end).await
    }

    /// A page towards the beginning.
    pub(crate) async fn page_up(&self) -> Result<Duration> {
        self.step("Page_Up", |seen, before| seen.first < before || seen.first == 1).await
    }

    /// To a share of the conversation.
    pub(crate) async fn pull_to(&self, share: f64) -> Result<Duration> {
        let before = self.first_on_screen().await?;
        let begun = Instant::now();
        self.window.run(PULL, vec![share.into()]).await?;
        self.until("another place", |seen| seen.first != before).await?;
        let took = begun.elapsed();
        self.window.run("document.querySelector('.message-list__viewport').focus()", vec![]).await?;
        Ok(took)
    }

    /// The first place on screen.
    pub(crate) async fn first_on_screen(&self) -> Result<i64> {
        Ok(self.seen().await?.context("no message on screen")?.first)
    }

    async fn step(&self, key: &str, there: impl Fn(&Seen, i64) -> bool) -> Result<Duration> {
        let before = self.first_on_screen().await?;
        let begun = Instant::now();
        self.window.press(key).await?;
        self.until(key, |seen| there(seen, before)).await?;
        Ok(begun.elapsed())
    }

    async fn until(&self, what: &str, there: impl Fn(&Seen) -> bool) -> Result<()> {
        wait::until_within(PATIENCE, what, async || Ok(self.seen().await?.filter(|seen| there(seen))))
            .await?;
        Ok(())
    }

    async fn seen(&self) -> Result<Option<Seen>> {
        let seen: Option<(i64, i64, bool)> = serde_json::from_value(self.window.run(SEEN, vec![]).await?)?;
        Ok(seen.map(|(first, _, jump)| Seen { first, at_end: !jump }))
    }
}
