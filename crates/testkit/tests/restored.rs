//! The server's disk is lost and a backup put back: what its apps know is not lost with it (sync rule 10).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use bedside_protocol::RoomId;
use bedside_testkit::{Person, World};

async fn texts(world: &World, desk: usize, room_id: RoomId) -> Vec<String> {
    let held = world.desks[desk].cache().unwrap().messages_held(room_id).await.unwrap();
    held.into_iter().map(|message| message.content).collect()
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_after_the_backup_is_offered_again_once() {
    let mut world = World::new(5, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    world.desks[0].write(room_id, "before").await.unwrap();
    world.settle().await.unwrap();
    let backup = world.back_up().await.unwrap();
    world.settle().await.unwrap();
    world.desks[0].write(room_id, "after, by ana").await.unwrap();
    world.settle().await.unwrap();
    world.desks[1].write(room_id, "after, by drew").await.unwrap();
    world.settle().await.unwrap();
    world.restore(&backup).await.unwrap();
    world.settle().await.unwrap();
    let mut held = texts(&world, 1, room_id).await;
    assert_eq!(held, texts(&world, 0, room_id).await);
    assert_eq!(held.remove(0), "before");
    held.sort();
    assert_eq!(held, ["after, by ana", "after, by drew"]);
}
