//! What the page shows, read as a person would read it, and what a person does on it. The one place that knows the
//! UI's class names.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Window;
use crate::wait;

/// A row of the conversation list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// The person's name.
    pub name: String,
    /// The line below it.
    pub preview: String,
    /// The number in the badge, if there is one.
    pub unread: Option<u32>,
}

/// A message on screen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Bubble {
    /// Its text.
    pub text: String,
    /// Whether it is one's own.
    pub own: bool,
    /// How far it is, in the words a screen reader says; empty for theirs.
    pub state: String,
}

const COMPOSER: &str = ".composer__input";

const ROWS: &str = "
    const text = (node, selector) => node.querySelector(selector)?.textContent.trim() ?? '';
    return [...document.querySelectorAll('.room-row')].map(row => ({
        name: text(row, '.room-row__name'),
        preview: text(row, '.room-row__preview'),
        unread: parseInt(text(row, '.badge')) || null,
    }));";

const BUBBLES: &str = "
    const text = (node, selector) => node.querySelector(selector)?.textContent.trim() ?? '';
    return [...document.querySelectorAll('.message-bubble')].map(bubble => ({
        text: text(bubble, '.message-text'),
        own: bubble.classList.contains('message-bubble--own'),
        state: text(bubble, '.message-meta__state .visually-hidden'),
    }));";

/// What stands in the text box, what has the focus instead, and what may have come between.
const WRITING: &str = "
    const words = selector => [...document.querySelectorAll(selector)].map(node => node.textContent.trim());
    const active = document.activeElement;
    return {
        text: document.querySelector('textarea')?.value,
        focus: active?.className || active?.tagName,
        focused: document.hasFocus(),
        dialogs: words('[role=dialog], [role=alertdialog], [role=listbox]'),
        alerts: words('[role=alert]'),
        sendable: document.querySelector('.send-button')?.getAttribute('aria-disabled') !== 'true',
        messages: words('.message-bubble'),
    };";

/// Clicks the element of a class whose part has these words; says whether there was one.
const CLICK_NAMED: &str = "
    const [selector, part, words] = arguments;
    const named = node => node.querySelector(part)?.textContent.trim() === words;
    const found = [...document.querySelectorAll(selector)].find(named);
    found?.click();
    return found !== undefined;";

impl Window {
    /// The conversation list.
    pub async fn rows(&self) -> Result<Vec<Row>> {
        self.read(ROWS).await
    }

    /// The messages on screen, in their order.
    pub async fn bubbles(&self) -> Result<Vec<Bubble>> {
        self.read(BUBBLES).await
    }

    /// Signs in and waits for the conversation list.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<()> {
        self.fill_sign_in(username, password).await?;
        self.sees(".conversations").await
    }

    /// Fills the sign-in form and sends it.
    pub async fn fill_sign_in(&self, username: &str, password: &str) -> Result<()> {
        self.type_into("#username", username).await?;
        self.type_into("#password", password).await?;
        self.click(".sign-in-form button[type=submit]").await
    }

    /// Gives the passphrase on the unlock page.
    pub async fn unlock(&self, passphrase: &str) -> Result<()> {
        self.run("document.querySelector('#passphrase')?.select()", vec![]).await?;
        self.type_into("#passphrase", passphrase).await?;
        self.click(".gate button[type=submit]").await
    }

    /// Opens the conversation with somebody.
    pub async fn open_conversation(&self, name: &str) -> Result<()> {
        self.click_named(".room-row", ".room-row__name", name).await?;
        self.sees(COMPOSER).await
    }

    /// Begins a conversation with somebody one is linked with.
    pub async fn start_conversation(&self, name: &str) -> Result<()> {
        self.click(".conversations__title-line button").await?;
        self.click_named(".person-row", ".person-row__name", name).await?;
        self.sees(COMPOSER).await
    }

    /// Waits until the list shows somebody with this line and this many unread messages.
    pub async fn shows_row(&self, name: &str, preview: &str, unread: Option<u32>) -> Result<()> {
        let mut last = Vec::new();
        wait::until_true(&format!("{name} with {preview:?} and {unread:?} unread"), async || {
            last = self.rows().await?;
            let fits = |row: &Row| row.name == name && row.preview.contains(preview) && row.unread == unread;
            Ok(last.iter().any(fits))
        })
        .await
        .with_context(|| format!("shown: {last:?}"))
    }

    /// Writes a message and presses Enter; it is stored when the text box is empty again.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.insert(text).await?;
        self.type_into(COMPOSER, "\u{e007}").await?;
        let mut last = Value::Null;
        wait::until_true("the text box to be cleared", async || {
            last = self.run(WRITING, vec![]).await?;
            Ok(last.get("text").and_then(Value::as_str) == Some(""))
        })
        .await
        .with_context(|| format!("shown: {last}"))
    }

    /// Waits until exactly these texts are on screen, in this order.
    pub async fn shows_messages(&self, texts: &[&str]) -> Result<()> {
        let mut last = Vec::new();
        wait::until_true(&format!("the messages {texts:?}"), async || {
            last = self.bubbles().await?;
            Ok(last.iter().map(|bubble| bubble.text.as_str()).eq(texts.iter().copied()))
        })
        .await
        .with_context(|| format!("shown: {last:?}"))
    }

    /// Opens the conversation at the top of the list.
    pub async fn open_newest(&self) -> Result<()> {
        self.click(".room-row").await?;
        self.sees(COMPOSER).await
    }

    /// Waits until the last message on screen has this text.
    pub async fn shows_last_message(&self, text: &str) -> Result<()> {
        wait::until_true(&format!("{text:?} to be the last message"), async || {
            Ok(self.bubbles().await?.last().is_some_and(|bubble| bubble.text == text))
        })
        .await
    }

    /// Waits until a message is in this state.
    pub async fn shows_state(&self, text: &str, state: &str) -> Result<()> {
        let mut last = Vec::new();
        wait::until_true(&format!("{text:?} to be {state:?}"), async || {
            last = self.bubbles().await?;
            Ok(last.iter().any(|bubble| bubble.text == text && bubble.state == state))
        })
        .await
        .with_context(|| format!("shown: {last:?}"))
    }

    /// WebKit's driver has no keys for characters beyond the first plane: those arrive as an input method's would.
    async fn insert(&self, text: &str) -> Result<()> {
        if text.chars().all(|c| c <= '\u{ffff}') {
            return self.type_into(COMPOSER, text).await;
        }
        self.click(COMPOSER).await?;
        self.run("document.execCommand('insertText', false, arguments[0])", vec![text.into()])
            .await
            .map(|_| ())
    }

    async fn click_named(&self, selector: &str, part: &str, words: &str) -> Result<()> {
        let arguments = || [selector, part, words].map(Into::into).to_vec();
        wait::until_true(&format!("{words:?} to click at {selector}"), async || {
            Ok(self.run(CLICK_NAMED, arguments()).await?.as_bool() == Some(true))
        })
        .await
    }

    async fn read<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        Ok(serde_json::from_value(self.run(script, vec![]).await?)?)
    }
}
