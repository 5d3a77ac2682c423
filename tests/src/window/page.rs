//! What the page shows, read as a person would read it, and what a person does on it. The one place that knows the
//! UI's class names.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

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

const ROWS: &str = "
    const text = (node, selector) => node.querySelector(selector)?.textContent.trim() ?? '';
    return [...document.querySelectorAll('.conversation-row')].map(row => ({
        name: text(row, '.conversation-row__name'),
        preview: text(row, '.conversation-row__preview'),
        unread: parseInt(text(row, '.conversation-row__badge')) || null,
    }));";

const BUBBLES: &str = "
    const text = (node, selector) => node.querySelector(selector)?.textContent.trim() ?? '';
    return [...document.querySelectorAll('.message-bubble')].map(bubble => ({
        text: text(bubble, '.message-bubble__text'),
        own: bubble.classList.contains('message-bubble--own'),
        state: text(bubble, '.delivery-state'),
    }));";

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
        self.sees(".conversation-list").await
    }

    /// Fills the sign-in form and sends it.
    pub async fn fill_sign_in(&self, username: &str, password: &str) -> Result<()> {
        self.type_into("input[name=username]", username).await?;
        self.type_into("input[name=password]", password).await?;
        self.click("button[type=submit]").await
    }

    /// Opens the conversation with somebody.
    pub async fn open_conversation(&self, name: &str) -> Result<()> {
        let script = "
            const rows = [...document.querySelectorAll('.conversation-row')];
            const row = rows.find(row => row.querySelector('.conversation-row__name')?.textContent.trim() === arguments[0]);
            row?.click();
            return row !== undefined;";
        wait::until_true(&format!("a conversation with {name}"), async || {
            Ok(self.run(script, vec![name.into()]).await?.as_bool() == Some(true))
        })
        .await?;
        self.sees("textarea").await
    }

    /// Writes a message and presses Enter; it is stored when the text box is empty again.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.type_into("textarea", &format!("{text}\u{e007}")).await?;
        wait::until_true("the text box to be cleared", async || {
            Ok(self.run("return document.querySelector('textarea').value", vec![]).await?.as_str()
                == Some(""))
        })
        .await
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

    async fn read<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        Ok(serde_json::from_value(self.run(script, vec![]).await?)?)
    }
}
