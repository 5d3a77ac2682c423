//! "Tell me if there is no reply by …": said in time by this device alone, once, and withdrawn by a reply.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::time::Duration;

use bedside_engine::NotificationWish;
use bedside_protocol::ipc::{ConnectionMode, IpcError, PauseSpan, Request};
use bedside_protocol::{RoomId, Timestamp};
use bedside_testkit::{Person, Weather, World};
use tokio::sync::broadcast::Receiver;

const HOUR: Duration = Duration::from_secs(3_600);

/// Ana, who has asked drew something, and wants to be told in an hour.
async fn asked(seed: u64) -> (World, RoomId) {
    let mut world = World::new(seed, &[Person::Ana, Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    world.desks[0].write(room_id, "is it benign?").await.unwrap();
    world.settle().await.unwrap();
    await_reply(&world, room_id, Some(HOUR)).await.unwrap();
    (world, room_id)
}

async fn await_reply(world: &World, room_id: RoomId, wait: Option<Duration>) -> Result<(), IpcError> {
    let millis = |wait: Duration| i64::try_from(wait.as_millis()).unwrap();
    let by = wait.map(|wait| Timestamp(world.runtime.now().0 + millis(wait)));
    world.desks[0].client().unwrap().request(Request::AwaitReply { room_id, by }).await.map(drop)
}

async fn go_offline(world: &World) {
    world.network.set_weather(world.desks[0].line, Weather { down: true, ..Weather::default() });
    world.network.cut(world.desks[0].line);
    let mut connection = world.desks[0].client().unwrap().connection();
    connection.wait_for(|view| view.mode != ConnectionMode::Live).await.unwrap();
}

fn wishes(world: &World) -> Receiver<NotificationWish> {
    world.desks[0].client().unwrap().notifications()
}

fn told(wishes: &mut Receiver<NotificationWish>) -> usize {
    std::iter::from_fn(|| wishes.try_recv().ok())
        .filter(|wish| matches!(wish, NotificationWish::NoReply(_)))
        .count()
}

#[tokio::test(start_paused = true)]
async fn it_is_said_once_also_without_a_connection_and_after_a_restart_and_taken_back_by_a_reply() {
    let (mut world, room_id) = asked(41).await;
    go_offline(&world).await;
    world.desks[0].crash().await;
    world.start_desk(0).await;
    let mut heard = wishes(&world);
    world.wait(HOUR - Duration::from_secs(60)).await;
    assert_eq!(told(&mut heard), 0, "not before its time");
    world.wait(Duration::from_secs(120)).await;
    assert_eq!(told(&mut heard), 1);
    world.wait(24 * HOUR).await;
    assert_eq!(told(&mut heard), 0, "once");
    world.desks[1].write(room_id, "it is").await.unwrap();
    world.heal().await.unwrap();
    world.settle().await.unwrap();
    let all: Vec<_> = std::iter::from_fn(|| heard.try_recv().ok()).collect();
    assert!(all.contains(&NotificationWish::ClearNoReply(room_id)), "{all:?}");
}

#[tokio::test(start_paused = true)]
async fn a_reply_in_time_withdraws_it_and_so_does_the_person() {
    let (mut world, room_id) = asked(42).await;
    world.desks[1].write(room_id, "it is").await.unwrap();
    world.settle().await.unwrap();
    let mut heard = wishes(&world);
    world.wait(2 * HOUR).await;
    assert_eq!(told(&mut heard), 0);
    await_reply(&world, room_id, Some(HOUR)).await.unwrap();
    await_reply(&world, room_id, None).await.unwrap();
    world.wait(2 * HOUR).await;
    assert_eq!(told(&mut heard), 0);
    assert_eq!(await_reply(&world, room_id, Some(Duration::ZERO)).await, Err(IpcError::Malformed));
    assert_eq!(await_reply(&world, RoomId(999), Some(HOUR)).await, Err(IpcError::NotFound));
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_want_to_be_disturbed_is_told_afterwards() {
    let (world, room_id) = asked(43).await;
    await_reply(&world, room_id, Some(HOUR / 2)).await.unwrap();
    let client = world.desks[0].client().unwrap();
    client.request(Request::Pause { span: PauseSpan::Hour }).await.unwrap();
    let mut heard = wishes(&world);
    world.wait(HOUR - Duration::from_secs(60)).await;
    assert_eq!(told(&mut heard), 0);
    world.wait(Duration::from_secs(180)).await;
    assert_eq!(told(&mut heard), 1);
}
