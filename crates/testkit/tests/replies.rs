//! Replies through the whole: written without a connection, and to a message that a restored server has lost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use bedside_engine::cache::MessageHeld;
use bedside_protocol::RoomId;
use bedside_testkit::{Person, Weather, World};

async fn two() -> (World, RoomId) {
    let world = World::new(8, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    (world, room_id)
}

async fn held(world: &World, desk: usize, room_id: RoomId) -> Vec<MessageHeld> {
    world.desks[desk].cache().unwrap().messages_held(room_id).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_reply_written_offline_arrives_as_a_reply() {
    let (mut world, room_id) = two().await;
    world.desks[1].write(room_id, "Thursday?").await.unwrap();
    world.settle().await.unwrap();
    world.network.set_weather(world.desks[0].line, Weather { down: true, ..Weather::default() });
    world.network.cut(world.desks[0].line);
    world.desks[0].reply(room_id, "Yes").await.unwrap();
    world.desks[0].crash().await;
    world.heal().await.unwrap();
    world.settle().await.unwrap();
    let told = held(&world, 1, room_id).await;
    assert_eq!(told[1].reply.as_ref().map(|reply| reply.message_id), Some(told[0].message_id));
}

#[tokio::test(start_paused = true)]
async fn a_reply_to_what_a_restored_server_has_lost_is_delivered_without_it() {
    let (mut world, room_id) = two().await;
    world.desks[0].write(room_id, "before").await.unwrap();
    world.settle().await.unwrap();
    let backup = world.back_up().await.unwrap();
    world.settle().await.unwrap();
    world.desks[1].write(room_id, "lost with its number").await.unwrap();
    world.settle().await.unwrap();
    world.desks[0].reply(room_id, "an answer to it").await.unwrap();
    world.settle().await.unwrap();
    world.restore(&backup).await.unwrap();
    world.settle().await.unwrap();
    let told = held(&world, 1, room_id).await;
    let mut texts: Vec<&str> = told.iter().map(|message| message.content.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["an answer to it", "before", "lost with its number"]);
    assert!(told.iter().all(|message| message.reply.is_none()));
}
