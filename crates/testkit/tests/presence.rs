//! Whether the other is there, between two engines and a server.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{
    IpcError, Presence, Query, Reply, Request, RoomFilter, Update, UpdateBody, View,
};
use bedside_protocol::wire::Preferences;
use bedside_testkit::{Person, Weather, World};

/// Ana and Drew, connected, in their room.
async fn scene(seed: u64) -> (World, RoomId) {
    let world = World::new(seed, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room = world.desks[0].rooms().await.unwrap()[0];
    world.wait(Duration::from_secs(1)).await;
    (world, room)
}

/// What Ana's list, opened at this moment, says of Drew.
async fn drew_as_ana_sees(world: &World, room: RoomId) -> Option<Presence> {
    let client = world.desks[0].client().unwrap();
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
    view.rows.into_iter().find(|row| row.room_id == room).unwrap().presence
}

fn set_weather(world: &World, desk: usize, weather: Weather) {
    let line = world.desks[desk].line;
    world.network.set_weather(line, weather);
    world.network.cut(line);
}

#[tokio::test(start_paused = true)]
async fn it_follows_the_others_connection() {
    let (world, room) = scene(1).await;
    assert_eq!(drew_as_ana_sees(&world, room).await, Some(Presence::Online));
    set_weather(&world, 1, Weather { down: true, ..Weather::default() });
    world.wait(Duration::from_secs(8)).await;
    assert_eq!(drew_as_ana_sees(&world, room).await, Some(Presence::Online), "a short break shows nothing");
    world.wait(Duration::from_secs(70)).await;
    assert!(matches!(drew_as_ana_sees(&world, room).await, Some(Presence::LastSeen { .. })));
}

#[tokio::test(start_paused = true)]
async fn who_is_offline_oneself_does_not_go_on_saying_that_others_are_there() {
    let (world, room) = scene(2).await;
    set_weather(&world, 0, Weather { down: true, ..Weather::default() });
    world.wait(Duration::from_secs(20)).await;
    assert_eq!(drew_as_ana_sees(&world, room).await, None);
}

#[tokio::test(start_paused = true)]
async fn who_hides_it_is_not_told_of_and_is_told_of_nobody() {
    let (world, room) = scene(3).await;
    let ask = async |desk: usize, request| world.desks[desk].client().unwrap().request(request).await;
    let wish = |hide_presence| Request::SavePreferences { preferences: Preferences { hide_presence } };
    for hiding in [1, 0] {
        let hidden = ask(hiding, wish(true)).await;
        assert_eq!(hidden, Ok(Reply::Preferences { preferences: Preferences { hide_presence: true } }));
        assert_eq!(ask(hiding, Request::Preferences).await, hidden);
        world.wait(Duration::from_secs(1)).await;
        assert_eq!(drew_as_ana_sees(&world, room).await, None, "desk {hiding} hides");
        ask(hiding, wish(false)).await.unwrap();
        world.wait(Duration::from_secs(1)).await;
        assert_eq!(drew_as_ana_sees(&world, room).await, Some(Presence::Online));
    }
    set_weather(&world, 0, Weather { down: true, ..Weather::default() });
    assert_eq!(ask(0, wish(true)).await, Err(IpcError::Offline), "kept by nobody but the server");
}
