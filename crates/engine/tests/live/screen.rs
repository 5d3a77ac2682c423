//! What a UI holds of one subscription: it applies what arrives, strictly, as the contract says.

use std::sync::{Arc, Mutex};

use bedside_core::sync::Others;
use bedside_engine::cache::Cache;
use bedside_engine::live::{About, AskServer, Live, Sources};
use bedside_protocol::Timestamp;
use bedside_protocol::ipc::{
    Anchor, ConnectionMode, ConnectionView, HomeView, Patch, Query, RoomFilter, RoomsView, SessionState,
    SessionView, ShellView, TimelineItem, TimelineMessage, TimelineView, Update, UpdateBody, View, Window,
};
use tokio::sync::{mpsc, watch};

use crate::fixtures::{Profile, ROOM};

/// The senders behind the sources, and the live queries.
pub(crate) struct Desk {
    pub(crate) live: Live,
    pub(crate) session: watch::Sender<SessionView>,
    pub(crate) connection: watch::Sender<ConnectionView>,
    pub(crate) shell: watch::Sender<ShellView>,
    pub(crate) people_loading: watch::Sender<bool>,
    pub(crate) others: watch::Sender<Others>,
    pub(crate) cache: watch::Sender<Option<Cache>>,
}

pub(crate) fn connection(mode: ConnectionMode) -> ConnectionView {
    ConnectionView { mode, waiting: 0, parked: 0, retry_at: None, last_heard_at: None, backfilling: false }
}

pub(crate) fn signed_out() -> SessionView {
    let state = SessionState::SignedOut { ended_by_server: false };
    SessionView {
        state,
        server: String::new(),
        username: String::new(),
        passphrase_needed: false,
        lock: None,
    }
}

impl Desk {
    pub(crate) fn new(profile: &Profile) -> Self {
        Desk::asking(profile, None)
    }

    /// With somebody to ask for what is not held.
    pub(crate) fn asking(profile: &Profile, ask_server: Option<AskServer>) -> Self {
        let (session, session_seen) = watch::channel(signed_out());
        let (connection, connection_seen) = watch::channel(connection(ConnectionMode::Offline));
        let (shell, shell_seen) = watch::channel(ShellView { wish: 0, open: None });
        let (people_loading, loading_seen) = watch::channel(false);
        let (others, others_seen) = watch::channel(Others::default());
        let (cache, cache_seen) = watch::channel(Some(profile.cache.clone()));
        let sources = Sources {
            session: session_seen,
            connection: connection_seen,
            shell: shell_seen,
            people_loading: loading_seen,
            others: others_seen,
            cache: cache_seen,
            ask_server,
            about: About { version: "1.2.3".into(), profile: "ana".into() },
        };
        let live = Live::new(profile.runtime.clone(), sources);
        Desk { live, session, connection, shell, people_loading, others, cache }
    }

    pub(crate) fn look(&self, query: Query) -> Screen {
        let (sender, updates) = mpsc::unbounded_channel();
        let sink = Arc::new(move |update| drop(sender.send(update)));
        let id = self.live.subscribe(query, sink);
        Screen { id, revision: 0, view: None, updates, received: 0, patches: Mutex::default() }
    }

    pub(crate) fn rooms(&self, search: &str, filter: RoomFilter) -> Screen {
        self.look(Query::Rooms { search: search.into(), filter, keep: None })
    }

    pub(crate) fn timeline(&self, anchor: Anchor, before: u32, after: u32) -> Screen {
        self.look(Query::Timeline { room_id: ROOM, window: Window { anchor, before, after } })
    }
}

pub(crate) struct Screen {
    pub(crate) id: u32,
    pub(crate) revision: u64,
    pub(crate) view: Option<View>,
    updates: mpsc::UnboundedReceiver<Update>,
    pub(crate) received: usize,
    pub(crate) patches: Mutex<Vec<usize>>,
}

impl Screen {
    /// Takes what has arrived once everything is quiet; the paused clock moves only when nothing else can run.
    pub(crate) async fn settle(&mut self) -> &View {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        while let Ok(update) = self.updates.try_recv() {
            self.take(update);
        }
        self.view.as_ref().expect("a snapshot")
    }

    /// Nothing has arrived once everything is quiet.
    pub(crate) async fn is_still(&mut self) -> bool {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        self.updates.try_recv().is_err()
    }

    fn take(&mut self, update: Update) {
        assert_eq!((update.subscription, update.revision), (self.id, self.revision + 1));
        self.received += 1;
        self.revision = update.revision;
        self.view = Some(match update.body {
            UpdateBody::Snapshot { view } => view,
            UpdateBody::Patch { base, patch } => {
                assert_eq!(base + 1, self.revision);
                self.patched(patch)
            }
        });
    }

    fn patched(&self, patch: Patch) -> View {
        match (self.view.clone().unwrap(), patch) {
            (View::Rooms(held), Patch::Rooms { unread, unread_rooms, urgent_rooms, filters, rows }) => {
                self.patches.lock().unwrap().push(rows.upserted.len());
                let rows = rows.apply(&held.rows).expect("a patch that fits");
                View::Rooms(RoomsView { unread, unread_rooms, urgent_rooms, filters, rows, ..held })
            }
            (View::Timeline(held), Patch::Timeline { head, items }) => {
                self.patches.lock().unwrap().push(items.upserted.len());
                let items = items.apply(&held.items).expect("a patch that fits");
                View::Timeline(TimelineView { head: *head, items })
            }
            _ => panic!("a patch for another view"),
        }
    }

    pub(crate) async fn rooms(&mut self) -> RoomsView {
        match self.settle().await {
            View::Rooms(view) => view.clone(),
            _ => panic!("not rooms"),
        }
    }

    pub(crate) async fn home(&mut self) -> HomeView {
        match self.settle().await {
            View::Home(view) => view.clone(),
            _ => panic!("not the home page"),
        }
    }

    pub(crate) async fn timeline(&mut self) -> TimelineView {
        match self.settle().await {
            View::Timeline(view) => view.clone(),
            _ => panic!("not a timeline"),
        }
    }

    /// The timeline as words: `3` a message, `4-9` a gap, `c` one that waits.
    pub(crate) async fn places(&mut self) -> Vec<String> {
        self.timeline().await.items.iter().map(place).collect()
    }

    pub(crate) async fn last_message(&mut self) -> TimelineMessage {
        match self.timeline().await.items.pop() {
            Some(TimelineItem::Message(message)) => message,
            _ => panic!("no message"),
        }
    }
}

fn place(item: &TimelineItem) -> String {
    match item {
        TimelineItem::Message(message) => message.seq.map_or("c".into(), |seq| seq.to_string()),
        TimelineItem::Gap { from, to, .. } => format!("{from}-{to}"),
    }
}

pub(crate) fn later(at: Timestamp, millis: i64) -> Timestamp {
    Timestamp(at.0 + millis)
}
