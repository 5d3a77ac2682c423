//! The server's disk is lost and a backup put back: what its apps know is not lost with it (sync rule 10).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::time::Duration;

use bedside_engine::NotificationWish;
use bedside_protocol::ipc::Request;
use bedside_protocol::{RoomId, RoomSeq};
use bedside_testkit::{Backup, Person, World};

async fn texts(world: &World, desk: usize, room_id: RoomId) -> Vec<String> {
    let held = world.desks[desk].cache().unwrap().messages_held(room_id).await.unwrap();
    held.into_iter().map(|message| message.content).collect()
}

/// How many messages by Ana the desk of Drew holds unread, and how far Drew has read.
async fn unread(world: &World, room_id: RoomId) -> (i64, RoomSeq) {
    let rooms = world.desks[1].cache().unwrap().rooms_held().await.unwrap();
    let room = rooms.into_iter().find(|room| room.room_id == room_id).unwrap();
    (room.unread, room.my_read)
}

/// Drew has read everything; then the server is put back to where it had less.
async fn read_and_lost(world: &mut World, room_id: RoomId) -> Backup {
    world.desks[0].write(room_id, "before").await.unwrap();
    world.settle().await.unwrap();
    world.desks[1].read(room_id).await.unwrap();
    world.settle().await.unwrap();
    let backup = world.back_up().await.unwrap();
    world.settle().await.unwrap();
    for text in ["lost", "lost as well"] {
        world.desks[1].write(room_id, text).await.unwrap();
    }
    world.settle().await.unwrap();
    world.desks[1].read(room_id).await.unwrap();
    world.settle().await.unwrap();
    world.desks[1].look_away().await.unwrap();
    backup
}

#[tokio::test(start_paused = true)]
async fn what_is_written_after_the_restore_rings_and_is_unread() {
    let mut world = World::new(6, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    let backup = read_and_lost(&mut world, room_id).await;
    let mut wishes = world.desks[1].client().unwrap().notifications();
    world.restore(&backup).await.unwrap();
    world.settle().await.unwrap();
    assert_eq!(unread(&world, room_id).await.0, 0);
    world.desks[0].write(room_id, "after").await.unwrap();
    world.settle().await.unwrap();
    assert_eq!(unread(&world, room_id).await.0, 1);
    assert!(matches!(wishes.try_recv(), Ok(NotificationWish::Show(told)) if told.place.room_id == room_id));
    world.desks[1].read(room_id).await.unwrap();
    world.settle().await.unwrap();
    assert_eq!(unread(&world, room_id).await.0, 0);
}

#[tokio::test(start_paused = true)]
async fn what_was_written_before_a_device_returns_to_the_restored_server_is_unread_there() {
    let mut world = World::new(7, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    let backup = read_and_lost(&mut world, room_id).await;
    world.desks[1].crash().await;
    world.restore(&backup).await.unwrap();
    world.desks[0].write(room_id, "after").await.unwrap();
    world.wait(Duration::from_secs(60)).await;
    world.heal().await.unwrap();
    world.settle().await.unwrap();
    assert_eq!(unread(&world, room_id).await, (1, RoomSeq(1)));
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

#[tokio::test(start_paused = true)]
async fn what_was_changed_in_a_message_that_was_lost_is_changed_in_it_again_when_it_is_back() {
    let mut world = World::new(8, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    let backup = world.back_up().await.unwrap();
    world.settle().await.unwrap();
    for text in ["at 15.00", "to be taken back", "to be liked"] {
        world.desks[0].write(room_id, text).await.unwrap();
    }
    world.settle().await.unwrap();
    let held = world.desks[0].cache().unwrap().messages_held(room_id).await.unwrap();
    let ids: Vec<_> = held.iter().map(|message| message.message_id).collect();
    let client = world.desks[0].client().unwrap();
    let edit = Request::EditMessage { room_id, message_id: ids[0], text: "at 16.00".into() };
    let like = Request::React { room_id, message_id: ids[2], emoji: "👍".into(), on: true };
    client.request(edit).await.unwrap();
    client.request(like).await.unwrap();
    world.settle().await.unwrap();
    world.crash_server().await;
    let retract = Request::RetractMessage { room_id, message_id: ids[1] };
    world.desks[0].client().unwrap().request(retract).await.unwrap();
    world.desks[0].crash().await;
    world.restore(&backup).await.unwrap();
    world.start_desk(0).await;
    world.settle().await.unwrap();
    for desk in [0, 1] {
        let held = world.desks[desk].cache().unwrap().messages_held(room_id).await.unwrap();
        assert!(held.iter().all(|message| !ids.contains(&message.message_id)), "they are other messages");
        let texts: Vec<_> = held.iter().map(|message| message.content.as_str()).collect();
        assert_eq!(texts, ["at 16.00", "", "to be liked"]);
        assert!(held[1].retracted_at.is_some() && held[2].reactions.len() == 1);
    }
    assert_eq!(world.desks[0].cache().unwrap().message_changes().await.unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn what_another_device_changed_in_a_message_that_was_lost_follows_it_too() {
    let mut world = World::new(9, &[Person::Ana, Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    let backup = world.back_up().await.unwrap();
    world.settle().await.unwrap();
    world.desks[0].write(room_id, "at 15.00").await.unwrap();
    world.settle().await.unwrap();
    let held = world.desks[1].cache().unwrap().messages_held(room_id).await.unwrap();
    let edit = Request::EditMessage { room_id, message_id: held[0].message_id, text: "at 16.00".into() };
    world.desks[1].client().unwrap().request(edit).await.unwrap();
    world.settle().await.unwrap();
    world.restore(&backup).await.unwrap();
    world.settle().await.unwrap();
    assert_eq!(texts(&world, 2, room_id).await, ["at 16.00"]);
}
