//! Native notifications: at most one per conversation and one for several at once, replaced not stacked, closed when it
//! is read anywhere.
//!
//! Whether a message deserves one is decided by the engine; this task only keeps what is on screen.

use std::collections::HashMap;
use std::sync::Arc;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::Place;
use bedside_runtime::Runtime;
use tokio::sync::mpsc;

use crate::platform::{Answer, Banner, BannerWords};

/// Far more than conversations that can change between two turns of the task; a wish that finds it full is dropped
/// with a log line, for the next message of that conversation makes another.
const WAITING: usize = 256;

/// Asks for notifications. Clones reach the same task.
#[derive(Clone, Debug)]
pub(crate) struct Notifier {
    events: mpsc::Sender<Event>,
}

/// What a notification on screen stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    /// A conversation.
    Room(RoomId),
    /// Several at once.
    Sum,
    /// A conversation without a reply.
    NoReply(RoomId),
}

/// What the person did with a notification.
#[derive(Clone)]
pub(crate) enum Answered {
    /// Open what it stood for: a place, or the app as a whole.
    Open(Option<Place>),
    /// Go there to write.
    Reply(Place),
    /// Mark it as read.
    MarkRead(Place),
    /// They have replied.
    Replied(Place, String),
}

/// Called once, with whether a notification has reached the screen.
type Shown = Box<dyn FnOnce(bool) + Send>;

enum Event {
    Show { slot: Slot, place: Option<Place>, words: BannerWords },
    Tell { words: BannerWords, shown: Shown },
    Clear { slot: Slot },
    Answered { slot: Slot, shown: u64, answer: Answer },
}

impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Event")
    }
}

impl Notifier {
    /// Starts the task; `answered` is told what the person did with a notification.
    pub(crate) fn start(runtime: &Runtime, answered: impl Fn(Answered) + Send + Sync + 'static) -> Self {
        let (events, queue) = mpsc::channel(WAITING);
        let driver = Driver {
            runtime: runtime.clone(),
            events: events.downgrade(),
            answered: Arc::new(answered),
            on_screen: HashMap::new(),
            shown: 0,
        };
        runtime.spawn("shell.notifications", driver.run(queue));
        Notifier { events }
    }

    /// Shows (or replaces) a notification; `place` is where a click leads.
    pub(crate) fn show(&self, slot: Slot, place: Option<Place>, words: BannerWords) {
        self.submit(Event::Show { slot, place, words });
    }

    /// Shows a notification that belongs to no conversation; `shown` is told whether it has reached the screen.
    pub(crate) fn tell(&self, words: BannerWords, shown: impl FnOnce(bool) + Send + 'static) {
        self.submit(Event::Tell { words, shown: Box::new(shown) });
    }

    /// Takes a notification off the screen.
    pub(crate) fn clear(&self, slot: Slot) {
        self.submit(Event::Clear { slot });
    }

    fn submit(&self, event: Event) {
        if self.events.try_send(event).is_err() {
            tracing::warn!("a notification was dropped");
        }
    }
}

struct Driver {
    runtime: Runtime,
    events: mpsc::WeakSender<Event>,
    answered: Arc<dyn Fn(Answered) + Send + Sync>,
    on_screen: HashMap<Slot, OnScreen>,
    /// Counts what was shown, so that the answer to a replaced one is known as such.
    shown: u64,
}

struct OnScreen {
    shown: u64,
    place: Option<Place>,
    banner: Banner,
}

impl Driver {
    async fn run(mut self, mut queue: mpsc::Receiver<Event>) {
        let stopping = self.runtime.stopping();
        while let Some(Some(event)) = stopping.run_until_cancelled(queue.recv()).await {
            self.handle(event).await;
        }
    }

    async fn handle(&mut self, event: Event) {
        match event {
            Event::Show { slot, place, words } => self.show(slot, place, words).await,
            Event::Tell { words, shown } => self.tell(words, shown).await,
            Event::Clear { slot } => self.clear(slot).await,
            Event::Answered { slot, shown, answer } => self.answered(slot, shown, answer),
        }
    }

    async fn show(&mut self, slot: Slot, place: Option<Place>, words: BannerWords) {
        self.shown += 1;
        let (shown, events) = (self.shown, self.events.clone());
        let answered = move |answer| {
            let event = Event::Answered { slot, shown, answer };
            if events.upgrade().is_some_and(|events| events.try_send(event).is_err()) {
                tracing::warn!("the answer to a notification was dropped");
            }
        };
        let replaces = self.on_screen.remove(&slot).map(|old| old.banner);
        match Banner::show(&self.runtime, words, replaces, answered).await {
            Ok(banner) => {
                self.on_screen.insert(slot, OnScreen { shown, place, banner });
            }
            Err(error) => tracing::warn!(error = ?error, "no native notification"),
        }
    }

    async fn tell(&mut self, words: BannerWords, shown: Shown) {
        let told = Arc::clone(&self.answered);
        let answered = move |answer| {
            if answer == Answer::Clicked {
                told(Answered::Open(None));
            }
        };
        match Banner::show(&self.runtime, words, None, answered).await {
            Ok(_) => shown(true),
            Err(error) => {
                tracing::warn!(error = ?error, "no native notification");
                shown(false);
            }
        }
    }

    async fn clear(&mut self, slot: Slot) {
        if let Some(old) = self.on_screen.remove(&slot) {
            old.banner.close().await;
        }
    }

    /// Whatever was pressed, the notification has done its work: some servers leave it on screen.
    fn answered(&mut self, slot: Slot, shown: u64, answer: Answer) {
        if self.on_screen.get(&slot).is_none_or(|held| held.shown != shown) {
            return;
        }
        let Some(held) = self.on_screen.remove(&slot) else { return };
        if let Some(said) = said(held.place, answer) {
            (self.answered)(said);
            self.runtime.spawn("shell.banner", held.banner.close());
        }
    }
}

fn said(place: Option<Place>, answer: Answer) -> Option<Answered> {
    Some(match (answer, place) {
        (Answer::Closed, _) => return None,
        (Answer::MarkRead, Some(place)) => Answered::MarkRead(place),
        (Answer::Reply, Some(place)) => Answered::Reply(place),
        (Answer::Replied(text), Some(place)) => Answered::Replied(place, text),
        (_, place) => Answered::Open(place),
    })
}
