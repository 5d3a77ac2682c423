//! Native notifications: at most one per conversation, replaced not stacked, closed when it is read anywhere.
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

/// What a clicked notification stood for.
#[derive(Clone, Debug)]
pub(crate) enum Clicked {
    /// A conversation.
    Place(Place),
    /// The app as a whole.
    App,
}

/// Called once, when a notification has reached the screen.
type Shown = Box<dyn FnOnce() + Send>;

enum Event {
    Show { place: Place, words: BannerWords },
    Tell { words: BannerWords, shown: Shown },
    Clear { room_id: RoomId },
    Answered { room_id: RoomId, shown: u64, answer: Answer },
}

impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Event")
    }
}

impl Notifier {
    /// Starts the task; `clicked` is told what a clicked notification stood for.
    pub(crate) fn start(runtime: &Runtime, clicked: impl Fn(Clicked) + Send + Sync + 'static) -> Self {
        let (events, queue) = mpsc::channel(WAITING);
        let driver = Driver {
            runtime: runtime.clone(),
            events: events.downgrade(),
            clicked: Arc::new(clicked),
            on_screen: HashMap::new(),
            shown: 0,
        };
        runtime.spawn("shell.notifications", driver.run(queue));
        Notifier { events }
    }

    /// Shows (or replaces) a conversation's notification.
    pub(crate) fn show(&self, place: Place, words: BannerWords) {
        self.submit(Event::Show { place, words });
    }

    /// Shows a notification that belongs to no conversation; `shown` is called once it is on screen.
    pub(crate) fn tell(&self, words: BannerWords, shown: impl FnOnce() + Send + 'static) {
        self.submit(Event::Tell { words, shown: Box::new(shown) });
    }

    /// Takes a conversation's notification off the screen.
    pub(crate) fn clear(&self, room_id: RoomId) {
        self.submit(Event::Clear { room_id });
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
    clicked: Arc<dyn Fn(Clicked) + Send + Sync>,
    on_screen: HashMap<RoomId, OnScreen>,
    /// Counts what was shown, so that the answer to a replaced one is known as such.
    shown: u64,
}

struct OnScreen {
    shown: u64,
    place: Place,
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
            Event::Show { place, words } => self.show(place, words).await,
            Event::Tell { words, shown } => self.tell(words, shown).await,
            Event::Clear { room_id } => self.clear(room_id).await,
            Event::Answered { room_id, shown, answer } => self.answered(room_id, shown, answer),
        }
    }

    async fn show(&mut self, place: Place, words: BannerWords) {
        self.shown += 1;
        let (shown, room_id, events) = (self.shown, place.room_id, self.events.clone());
        let answered = move |answer| {
            let event = Event::Answered { room_id, shown, answer };
            if events.upgrade().is_some_and(|events| events.try_send(event).is_err()) {
                tracing::warn!("the answer to a notification was dropped");
            }
        };
        let replaces = self.on_screen.remove(&room_id).map(|old| old.banner);
        match Banner::show(&self.runtime, words, replaces, answered).await {
            Ok(banner) => {
                self.on_screen.insert(room_id, OnScreen { shown, place, banner });
            }
            Err(error) => tracing::warn!(error = ?error, "no native notification"),
        }
    }

    async fn tell(&mut self, words: BannerWords, shown: Shown) {
        let clicked = Arc::clone(&self.clicked);
        let answered = move |answer| {
            if answer == Answer::Clicked {
                clicked(Clicked::App);
            }
        };
        match Banner::show(&self.runtime, words, None, answered).await {
            Ok(_) => shown(),
            Err(error) => tracing::warn!(error = ?error, "no native notification"),
        }
    }

    async fn clear(&mut self, room_id: RoomId) {
        if let Some(old) = self.on_screen.remove(&room_id) {
            old.banner.close().await;
        }
    }

    fn answered(&mut self, room_id: RoomId, shown: u64, answer: Answer) {
        if self.on_screen.get(&room_id).is_none_or(|held| held.shown != shown) {
            return;
        }
        if let Some(held) = self.on_screen.remove(&room_id)
            && answer == Answer::Clicked
        {
            (self.clicked)(Clicked::Place(held.place));
        }
    }
}
