//! Quick replies of one person on two devices, and of the clinic.
#![allow(clippy::unwrap_used, reason = "a test")]

use bedside_protocol::ipc::{IpcError, QuickReplyView, Request};
use bedside_testkit::{Desk, Person, Weather, World};

async fn shown(desk: &Desk) -> Vec<QuickReplyView> {
    desk.cache().unwrap().quick_replies().await.unwrap()
}

async fn titles(desk: &Desk) -> Vec<String> {
    shown(desk).await.into_iter().map(|reply| reply.title).collect()
}

async fn ask(desk: &Desk, request: Request) -> Result<(), IpcError> {
    desk.client().unwrap().request(request).await.map(drop)
}

fn new(title: &str) -> Request {
    Request::AddQuickReply { title: title.to_owned(), text: format!("{title}!") }
}

#[tokio::test(start_paused = true)]
async fn what_is_changed_on_one_device_is_on_the_other_and_stays_without_a_connection() {
    let mut world = World::new(31, &[Person::Drew, Person::Drew, Person::Ana]).await.unwrap();
    world.settle().await.unwrap();
    for title in ["One", "Two", "Three"] {
        ask(&world.desks[0], new(title)).await.unwrap();
    }
    world.settle().await.unwrap();
    assert_eq!(titles(&world.desks[1]).await, ["One", "Two", "Three"]);
    let last = shown(&world.desks[1]).await[2].id;
    ask(&world.desks[1], Request::MoveQuickReply { id: last, to: 0 }).await.unwrap();
    let edit = Request::EditQuickReply { id: last, title: "Third".to_owned(), text: "x".to_owned() };
    ask(&world.desks[1], edit).await.unwrap();
    world.settle().await.unwrap();
    assert_eq!(titles(&world.desks[0]).await, ["Third", "One", "Two"]);
    let line = world.desks[0].line;
    world.network.set_weather(line, Weather { down: true, ..Weather::default() });
    world.network.cut(line);
    assert_eq!(ask(&world.desks[0], new("Offline")).await, Err(IpcError::Offline));
    assert_eq!(titles(&world.desks[0]).await, ["Third", "One", "Two"]);
    ask(&world.desks[1], Request::RemoveQuickReply { id: last }).await.unwrap();
    world.heal().await.unwrap();
    world.settle().await.unwrap();
    assert_eq!(titles(&world.desks[0]).await, ["One", "Two"]);
    assert_eq!(titles(&world.desks[2]).await, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn an_addition_whose_answer_was_lost_is_added_once() {
    let mut world = World::new(32, &[Person::Drew]).await.unwrap();
    world.settle().await.unwrap();
    ask(&world.desks[0], new("Once")).await.unwrap();
    world.crash_server().await;
    assert_eq!(ask(&world.desks[0], new("Twice")).await, Err(IpcError::Offline));
    world.start_server().await.unwrap();
    world.settle().await.unwrap();
    ask(&world.desks[0], new("Twice")).await.unwrap();
    ask(&world.desks[0], new("Twice")).await.unwrap();
    assert_eq!(titles(&world.desks[0]).await, ["Once", "Twice", "Twice"], "asked for twice on purpose");
}
