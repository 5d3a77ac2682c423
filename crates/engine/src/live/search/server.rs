//! Asks the server for what this device does not hold yet, a page at a time, for as long as somebody looks at a search.
//!
//! What it answers is kept for that search alone and written nowhere: the messages come by themselves later.

use std::sync::Arc;
use std::time::Duration;

use bedside_protocol::MessageId;
use bedside_protocol::ipc::{SearchFilter, ServerSearched};
use bedside_protocol::wire::{Message, SearchAnswer};
use bedside_runtime::{Runtime, Task};
use futures_util::future::BoxFuture;
use tokio::sync::watch;

/// After the last key, so that a word being typed is asked for once.
const TYPED: Duration = Duration::from_millis(300);
/// After a failure, doubled each time up to the second.
const AGAIN: Duration = Duration::from_secs(2);
const AGAIN_AT_MOST: Duration = Duration::from_secs(60);
/// Messages asked for at once.
const PAGE: u32 = 100;

/// A question to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerSearch {
    /// The text, as it was typed.
    pub text: String,
    /// What messages must be besides.
    pub filter: SearchFilter,
    /// Older than this one.
    pub before: Option<MessageId>,
    /// Most messages wanted.
    pub limit: u32,
}

/// Why a question was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSearched {
    /// It may be answered later.
    Now,
    /// This server never will.
    Ever,
}

/// How the server is asked.
pub type AskServer =
    Arc<dyn Fn(ServerSearch) -> BoxFuture<'static, Result<SearchAnswer, NotSearched>> + Send + Sync>;

/// What the server has said so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub(crate) messages: Vec<Message>,
    pub(crate) state: ServerSearched,
    /// It has more than was asked for.
    pub(crate) more: bool,
}

/// The server's part of one search.
pub(crate) struct AtServer {
    runtime: Runtime,
    ask: Option<AskServer>,
    told: watch::Sender<Told>,
    seen: watch::Receiver<Told>,
    /// What asks, or has asked.
    task: Option<Task>,
}

impl Drop for AtServer {
    fn drop(&mut self) {
        self.forget();
    }
}

impl AtServer {
    pub(crate) fn new(runtime: Runtime, ask: Option<AskServer>) -> Self {
        let (told, seen) = watch::channel(Told::default());
        AtServer { runtime, ask, told, seen, task: None }
    }

    /// What it has said until now.
    pub(crate) fn told(&mut self) -> Told {
        self.seen.borrow_and_update().clone()
    }

    /// Waits until it has said more.
    pub(crate) async fn changed(&mut self) {
        if self.seen.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Nothing is to be asked any more; what was said counts no more.
    pub(crate) fn forget(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            self.told.send_replace(Told::default());
            self.seen.mark_unchanged();
        }
    }

    /// Asks, once: with the history that is held only the question's end would change. Whether it is being asked.
    pub(crate) fn want(&mut self, search: ServerSearch) -> bool {
        let Some(ask) = self.ask.clone().filter(|_| self.task.is_none()) else { return false };
        self.told.send_replace(Told { state: ServerSearched::Asking, ..Told::default() });
        self.seen.mark_unchanged();
        let asking = asked(self.runtime.clone(), ask, search, self.told.clone());
        let stopping = self.runtime.stopping();
        let task = self.runtime.spawn("live.search", async move {
            let _cancelled = stopping.run_until_cancelled(asking).await;
        });
        self.task = Some(task);
        true
    }

    /// There is no connection: what is under way is asked anew once there is one again.
    pub(crate) fn offline(&mut self) {
        let state = self.seen.borrow().state;
        if !matches!(state, ServerSearched::Partly | ServerSearched::Fully) {
            self.forget();
        }
    }
}

/// Page after page until there is enough or no more.
async fn asked(runtime: Runtime, ask: AskServer, search: ServerSearch, told: watch::Sender<Told>) {
    runtime.sleep(TYPED).await;
    let (mut before, mut pause) = (search.before, AGAIN);
    loop {
        let page = ServerSearch { before, limit: search.limit.clamp(1, PAGE), ..search.clone() };
        match ask(page).await {
            Ok(answer) => {
                (before, pause) = (answer.next, AGAIN);
                if take(&told, answer, search.limit) {
                    return;
                }
            }
            Err(NotSearched::Now) => {
                told.send_modify(|told| told.state = ServerSearched::Failed);
                runtime.sleep(pause).await;
                pause = (pause * 2).min(AGAIN_AT_MOST);
            }
            Err(NotSearched::Ever) => return told.send_modify(|told| told.state = ServerSearched::Failed),
        }
    }
}

/// Keeps a page; true after the last.
fn take(told: &watch::Sender<Told>, answer: SearchAnswer, most: u32) -> bool {
    let mut last = false;
    told.send_modify(|told| {
        told.messages.extend(answer.messages);
        let enough = told.messages.len() >= usize::try_from(most).unwrap_or(usize::MAX);
        told.more = enough && answer.next.is_some();
        last = enough || answer.next.is_none();
        told.state = match (last, answer.complete) {
            (false, _) => ServerSearched::Asking,
            (true, true) => ServerSearched::Fully,
            (true, false) => ServerSearched::Partly,
        };
    });
    last
}
