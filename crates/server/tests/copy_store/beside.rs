//! The last pass beside a server: it is read from meanwhile, and writes nothing that the copy does not have.

use std::sync::Arc;

use bedside_protocol::RoomId;
use bedside_server::store::copy::{CopyError, CopyProgress, Pass, Stage, copy_store};
use bedside_server::store::sqlite::SqliteStore;
use bedside_server::store::{Actor, SendOutcome, Store as _, StoreError};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::support::Move;

/// A last pass that stands at one of its stretches until it is let go.
struct Held {
    pass: JoinSet<Result<(), CopyError>>,
    go: std::sync::mpsc::Sender<()>,
}

impl Held {
    async fn begin(clinic: &Move, at: fn(&CopyProgress) -> bool) -> Held {
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let wait = std::sync::Mutex::new(wait);
        let stands = Arc::new(Semaphore::new(0));
        let (told, options, runtime) =
            (Arc::clone(&stands), clinic.options(Pass::Last), clinic.runtime.clone());
        let progress = Box::new(move |now: CopyProgress| {
            if at(&now) {
                told.add_permits(1);
                let _let_go = wait.lock().unwrap().recv(); // Once let go it stands no more.
            }
        });
        let mut pass = JoinSet::new();
        pass.spawn(async move { copy_store(&runtime, &options, progress).await });
        stands.acquire().await.unwrap().forget();
        Held { pass, go }
    }

    async fn end(mut self) -> Result<(), CopyError> {
        drop(self.go);
        self.pass.join_next().await.unwrap().unwrap()
    }
}

async fn first_room(store: &SqliteStore, actor: Actor) -> RoomId {
    store.chat_list(actor, None, 1).await.unwrap().rooms[0].room_id
}

async fn send(clinic: &Move, store: &SqliteStore, actor: Actor) -> Result<SendOutcome, StoreError> {
    store.send_message(actor, clinic.command(first_room(store, actor).await, "Good morning")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn during_the_last_pass_people_read_and_what_they_write_is_refused() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let ana = clinic.patient(&store).await;
    let before = clinic.seen(&store, ana).await;
    let held = Held::begin(&clinic, |_| true).await;
    assert_eq!(clinic.seen(&store, ana).await, before);
    let refused = send(&clinic, &store, ana).await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly), "{refused}");
    held.end().await.unwrap();
    let moved = send(&clinic, &store, ana).await.unwrap_err();
    assert!(matches!(moved, StoreError::Moved), "{moved}");
    store.close().await;
    assert_eq!(clinic.seen(&clinic.open_target().await.unwrap(), ana).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_the_end_of_the_last_pass_is_not_written_to_the_folder() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let ana = clinic.patient(&store).await;
    let before = clinic.seen(&store, ana).await;
    // So that the writer need not wait for long.
    let held = Held::begin(&clinic, |now| now.stage == Stage::Verifying && now.done == now.total).await;
    let (waiting, of) = (store.clone(), clinic.command(first_room(&store, ana).await, "Good morning"));
    let (mut sent, mut others) = (JoinSet::new(), JoinSet::new());
    sent.spawn(async move { waiting.send_message(ana, of).await });
    while store.gauges().waiting == 0 {
        let behind = store.clone();
        others.spawn(async move { behind.ping_writes().await });
        tokio::task::yield_now().await;
    }
    held.end().await.unwrap();
    let sent = sent.join_next().await.unwrap().unwrap();
    assert!(matches!(sent, Err(StoreError::Moved | StoreError::ReadOnly)), "{sent:?}");
    assert_eq!(clinic.seen(&store, ana).await, before);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_pass_that_stops_in_the_middle_leaves_the_clinic_as_it_was() {
    let clinic = Move::new().await;
    let store = clinic.demo_clinic().await;
    let ana = clinic.patient(&store).await;
    clinic.copy_until(Pass::Last, 2).await;
    assert!(matches!(send(&clinic, &store, ana).await, Ok(SendOutcome::Stored { .. })));
    let before = clinic.seen(&store, ana).await;
    clinic.copy(Pass::Last).await.unwrap();
    store.close().await;
    assert_eq!(clinic.seen(&clinic.open_target().await.unwrap(), ana).await, before);
}
