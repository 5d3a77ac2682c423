//! What carries a letter out of the house, and what may come of it.

use std::time::Duration;

use async_trait::async_trait;
use bedside_i18n::Language;
use bedside_protocol::Timestamp;
use url::Url;
use uuid::Uuid;

/// Something to be sent, in words.
#[derive(Clone)]
pub struct Letter {
    /// Its name, the same however often it is tried.
    pub key: Uuid,
    /// Where to.
    pub to: String,
    /// What an e-mail is called.
    pub subject: String,
    /// Its words without marks; all that an SMS has.
    pub text: String,
    /// Its words as a page; an SMS has none.
    pub html: String,
    /// Which language they are in.
    pub language: Language,
    /// Where the recipient stops them.
    pub stop_url: Option<Url>,
    /// When it is sent.
    pub at: Timestamp,
}

impl std::fmt::Debug for Letter {
    /// Never an address or words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("key", &self.key).finish_non_exhaustive()
    }
}

/// A gateway has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handed {
    /// What the gateway calls it.
    pub gateway_id: Option<String>,
}

/// A gateway has not taken it. A problem is a word for the log: never an address, never a gateway's own words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCarried {
    /// To be tried again.
    #[error("not now: {problem}")]
    Later {
        /// Why.
        problem: String,
        /// Not before that.
        after: Option<Duration>,
    },
    /// It never will be.
    #[error("refused: {problem}")]
    Never {
        /// Why.
        problem: String,
        /// The address is not to be used any more: its owner has said so to the gateway.
        stop: bool,
    },
}

impl NotCarried {
    pub(crate) fn later(problem: impl Into<String>) -> Self {
        NotCarried::Later { problem: problem.into(), after: None }
    }

    pub(crate) fn never(problem: impl Into<String>) -> Self {
        NotCarried::Never { problem: problem.into(), stop: false }
    }
}

/// A way out of the house.
#[async_trait]
pub trait Carrier: Send + Sync + 'static {
    /// Hands a letter over; answered once the gateway has said that it has it.
    async fn carry(&self, letter: &Letter) -> Result<Handed, NotCarried>;
}
