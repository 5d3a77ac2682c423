//! The plain case, before anything goes wrong.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use bedside_protocol::ipc::ConnectionMode;
use bedside_testkit::{Person, Weather, World};

#[tokio::test(start_paused = true)]
async fn a_message_written_at_one_desk_appears_at_the_other() {
    let mut world = World::new(1, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    world.desks[0].write(room_id, "Good morning").await.unwrap();
    world.settle().await.unwrap();
    let held = world.desks[1].cache().unwrap().messages_held(room_id).await.unwrap();
    assert_eq!(held.iter().map(|message| message.content.as_str()).collect::<Vec<_>>(), ["Good morning"]);
    assert_eq!(world.desks[1].client().unwrap().connection().borrow().mode, ConnectionMode::Live);
}

#[tokio::test(start_paused = true)]
async fn with_sockets_blocked_everything_goes_by_http_and_says_so() {
    let mut world = World::new(2, &[Person::Ana, Person::Drew]).await.unwrap();
    let line = world.desks[0].line;
    world.network.set_weather(line, Weather { sockets_blocked: true, ..Weather::default() });
    world.network.cut(line);
    world.settle().await.unwrap();
    assert_eq!(world.desks[0].client().unwrap().connection().borrow().mode, ConnectionMode::Limited);
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    world.desks[0].write(room_id, "by post").await.unwrap();
    world.desks[1].write(room_id, "and back").await.unwrap();
    world.settle().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_is_written_while_the_server_is_down_is_delivered_once_in_order() {
    let mut world = World::new(3, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    world.crash_server().await;
    for text in ["one", "two", "three"] {
        world.desks[0].write(room_id, text).await.unwrap();
        world.wait(Duration::from_secs(20)).await;
    }
    world.start_server().await.unwrap();
    world.settle().await.unwrap();
    let held = world.desks[1].cache().unwrap().messages_held(room_id).await.unwrap();
    assert_eq!(
        held.iter().map(|message| message.content.as_str()).collect::<Vec<_>>(),
        ["one", "two", "three"]
    );
}

#[tokio::test(start_paused = true)]
async fn what_waits_when_the_app_dies_is_sent_once_when_it_lives_again() {
    let mut world = World::new(4, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    world.network.set_weather(world.desks[0].line, Weather { down: true, ..Weather::default() });
    world.network.cut(world.desks[0].line);
    world.desks[0].write(room_id, "still here").await.unwrap();
    world.desks[0].crash().await;
    world.heal().await.unwrap();
    world.settle().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_was_read_offline_stays_read_although_the_app_died() {
    let mut world = World::new(5, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    world.desks[1].write(room_id, "please read").await.unwrap();
    world.settle().await.unwrap();
    world.network.set_weather(world.desks[0].line, Weather { down: true, ..Weather::default() });
    world.network.cut(world.desks[0].line);
    world.wait(Duration::from_secs(1)).await;
    let read = world.desks[0].read(room_id).await.unwrap().unwrap();
    world.wait(Duration::from_secs(1)).await;
    world.desks[0].crash().await;
    world.heal().await.unwrap();
    world.settle().await.unwrap();
    let rooms = world.desks[1].cache().unwrap().rooms_held().await.unwrap();
    assert_eq!(rooms.iter().find(|room| room.room_id == room_id).unwrap().other_read, read);
}
