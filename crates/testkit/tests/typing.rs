//! One types, the other sees it, until it is over: two engines and a server.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Query, Request, RoomFilter, RoomRow, Update, UpdateBody, View};
use bedside_protocol::limits;
use bedside_testkit::{Person, World};

/// Ana and Drew, connected, in their room.
async fn scene(seed: u64) -> (World, RoomId) {
    let world = World::new(seed, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room = world.desks[0].rooms().await.unwrap()[0];
    (world, room)
}

async fn ana_types(world: &World, room_id: RoomId, typing: bool) {
    world.desks[0].client().unwrap().request(Request::Typing { room_id, typing }).await.unwrap();
    world.wait(Duration::from_millis(100)).await;
}

/// The row of the room in a list opened at this moment.
async fn row(world: &World, desk: usize, room: RoomId) -> RoomRow {
    let client = world.desks[desk].client().unwrap();
    let seen = Arc::new(Mutex::new(None));
    let sink = {
        let seen = Arc::clone(&seen);
        Arc::new(move |update: Update| *seen.lock().unwrap() = Some(update.body))
    };
    let list =
        client.subscribe(Query::Rooms { search: String::new(), filter: RoomFilter::All, keep: None }, sink);
    world.wait(Duration::from_millis(100)).await;
    client.unsubscribe(list);
    let Some(UpdateBody::Snapshot { view: View::Rooms(view) }) = seen.lock().unwrap().take() else {
        panic!("no list")
    };
    view.rows.into_iter().find(|row| row.room_id == room).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_other_sees_it_and_the_message_ends_it() {
    let (mut world, room) = scene(1).await;
    ana_types(&world, room, true).await;
    assert!(row(&world, 1, room).await.typing);
    assert!(!row(&world, 0, room).await.typing, "oneself is not shown");
    world.desks[0].write(room, "done").await.unwrap();
    world.settle().await.unwrap();
    assert!(!row(&world, 1, room).await.typing);
}

#[tokio::test(start_paused = true)]
async fn it_is_over_when_nothing_more_is_said() {
    let (world, room) = scene(2).await;
    ana_types(&world, room, true).await;
    world.wait(limits::TYPING_LASTS - Duration::from_secs(1)).await;
    assert!(row(&world, 1, room).await.typing);
    world.wait(Duration::from_secs(1)).await;
    assert!(!row(&world, 1, room).await.typing);
}

#[tokio::test(start_paused = true)]
async fn it_is_over_when_the_text_is_cleared() {
    let (world, room) = scene(3).await;
    ana_types(&world, room, true).await;
    world.wait(Duration::from_secs(1)).await;
    ana_types(&world, room, false).await;
    assert!(!row(&world, 1, room).await.typing);
}
