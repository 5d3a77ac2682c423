//! Messages are edited, taken back and reacted to, through whatever stands between two devices and the server.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::time::Duration;

use bedside_engine::cache::{ChangeStep, MessageHeld};
use bedside_protocol::ipc::{ConnectionMode, IpcError, Reply, Request};
use bedside_protocol::{ErrorCode, MessageId, RoomId};
use bedside_testkit::{Person, Weather, World};

/// People at their desks, with a message of Ana's that everybody has.
struct Scene {
    world: World,
    room_id: RoomId,
    message_id: MessageId,
}

impl Scene {
    async fn new(seed: u64, people: &[Person]) -> Self {
        let mut world = World::new(seed, people).await.unwrap();
        world.settle().await.unwrap();
        let room_id = world.desks[0].rooms().await.unwrap()[0];
        world.desks[0].write(room_id, "at 15.00").await.unwrap();
        world.settle().await.unwrap();
        let held = world.desks[0].cache().unwrap().messages_held(room_id).await.unwrap();
        Scene { world, room_id, message_id: held[0].message_id }
    }

    async fn ask(&self, desk: usize, request: Request) -> Result<Reply, IpcError> {
        self.world.desks[desk].client().unwrap().request(request).await
    }

    async fn edit(&self, desk: usize, text: &str) -> Result<Reply, IpcError> {
        let (room_id, message_id) = (self.room_id, self.message_id);
        self.ask(desk, Request::EditMessage { room_id, message_id, text: text.into() }).await
    }

    async fn react(&self, desk: usize, emoji: &str, on: bool) -> Result<Reply, IpcError> {
        let (room_id, message_id) = (self.room_id, self.message_id);
        self.ask(desk, Request::React { room_id, message_id, emoji: emoji.into(), on }).await
    }

    async fn retract(&self, desk: usize) -> Result<Reply, IpcError> {
        let (room_id, message_id) = (self.room_id, self.message_id);
        self.ask(desk, Request::RetractMessage { room_id, message_id }).await
    }

    async fn versions(&self, desk: usize) -> Result<Vec<String>, IpcError> {
        let (room_id, message_id) = (self.room_id, self.message_id);
        let reply = self.ask(desk, Request::Versions { room_id, message_id }).await?;
        let Reply::Versions { versions } = reply else { return Err(IpcError::Internal) };
        Ok(versions.into_iter().map(|version| version.text).collect())
    }

    /// From now on, and it has been noticed.
    async fn set_weather(&self, desk: usize, weather: Weather) {
        self.world.network.set_weather(self.world.desks[desk].line, weather);
        self.world.network.cut(self.world.desks[desk].line);
        let mut connection = self.world.desks[desk].client().unwrap().connection();
        connection.wait_for(|view| view.mode != ConnectionMode::Live).await.unwrap();
    }

    async fn held(&self, desk: usize) -> MessageHeld {
        let cache = self.world.desks[desk].cache().unwrap();
        cache.messages_held(self.room_id).await.unwrap().swap_remove(0)
    }

    /// Every text the message has had, once all is well again.
    async fn history(&mut self) -> Vec<String> {
        self.world.heal().await.unwrap();
        self.world.settle().await.unwrap();
        self.versions(0).await.unwrap()
    }
}

const DOWN: Weather = Weather {
    down: true,
    sockets_blocked: false,
    portal: false,
    cuts: 0,
    mutes: 0,
    duplicates: 0,
    lost_answers: 0,
    bad_gateways: 0,
    late: 0,
    delay: Duration::ZERO,
};

#[tokio::test(start_paused = true)]
async fn what_is_edited_offline_reaches_the_other_once_and_its_versions_are_there() {
    let mut scene = Scene::new(11, &[Person::Ana, Person::Drew]).await;
    scene.set_weather(0, DOWN).await;
    scene.edit(0, "  at 16.00 ").await.unwrap();
    scene.edit(0, "at 17.00").await.unwrap();
    assert_eq!(scene.versions(0).await, Err(IpcError::Offline));
    assert_eq!(scene.held(1).await.content, "at 15.00");
    assert_eq!(scene.history().await, ["at 15.00", "at 17.00"]);
    assert_eq!(scene.held(1).await.content, "at 17.00");
    assert_eq!(scene.versions(1).await.unwrap(), ["at 15.00", "at 17.00"]);
}

#[tokio::test(start_paused = true)]
async fn both_react_and_a_retraction_takes_everything() {
    let mut scene = Scene::new(12, &[Person::Ana, Person::Drew]).await;
    assert_eq!(scene.react(0, "yes", true).await, Err(IpcError::NotAnEmoji));
    assert_eq!(scene.edit(1, "not mine").await, Err(IpcError::NotChangeable));
    scene.react(0, "\u{2764}", true).await.unwrap();
    scene.react(1, "❤\u{fe0f}", true).await.unwrap();
    scene.world.settle().await.unwrap();
    for desk in [0, 1] {
        let held = scene.held(desk).await;
        let emoji: Vec<_> = held.reactions.iter().map(|set| set.emoji.as_str()).collect();
        assert_eq!(emoji, ["\u{2764}\u{fe0f}"; 2]);
    }
    scene.react(1, "\u{2764}", false).await.unwrap();
    scene.world.settle().await.unwrap();
    assert_eq!(scene.held(0).await.reactions.len(), 1);
    scene.retract(0).await.unwrap();
    assert_eq!(scene.history().await, [""; 0]);
    let held = scene.held(1).await;
    assert!(held.retracted_at.is_some() && held.content.is_empty() && held.reactions.is_empty());
    assert_eq!(scene.react(1, "👍", true).await, Err(IpcError::NotChangeable));
}

#[tokio::test(start_paused = true)]
async fn what_waits_when_the_app_dies_is_carried_out_once_when_it_lives_again() {
    let mut scene = Scene::new(13, &[Person::Ana, Person::Drew]).await;
    scene.set_weather(0, DOWN).await;
    scene.edit(0, "at 16.00").await.unwrap();
    scene.world.desks[0].crash().await;
    assert_eq!(scene.history().await, ["at 15.00", "at 16.00"]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_doubles_nothing_and_another_devices_later_edit_stays() {
    let mut scene = Scene::new(14, &[Person::Ana, Person::Ana, Person::Drew]).await;
    let lossy = Weather { sockets_blocked: true, lost_answers: 100, ..Weather::default() };
    scene.set_weather(0, Weather { sockets_blocked: true, ..Weather::default() }).await;
    scene.world.settle().await.unwrap();
    let line = scene.world.desks[0].line;
    scene.world.network.set_weather(line, lossy);
    scene.edit(0, "at 16.00").await.unwrap();
    while scene.held(2).await.content != "at 16.00" {
        scene.world.wait(Duration::from_millis(100)).await;
    }
    scene.edit(1, "at 17.00").await.unwrap();
    while scene.held(2).await.content != "at 17.00" {
        scene.world.wait(Duration::from_millis(100)).await;
    }
    let waiting = scene.world.desks[0].cache().unwrap().message_changes().await.unwrap();
    assert_eq!(waiting.len(), 1, "no answer has come");
    assert_eq!(scene.history().await, ["at 15.00", "at 16.00", "at 17.00"]);
    assert_eq!(scene.held(0).await.content, "at 17.00");
}

#[tokio::test(start_paused = true)]
async fn what_the_server_refuses_waits_for_its_author() {
    let mut scene = Scene::new(15, &[Person::Ana, Person::Drew]).await;
    scene.set_weather(0, DOWN).await;
    scene.edit(0, "at 16.00").await.unwrap();
    scene.react(0, "👍", true).await.unwrap();
    let store = scene.world.server().unwrap().store().clone();
    store.end_link(None, "ana", "drew").await.unwrap();
    scene.world.heal().await.unwrap();
    let cache = scene.world.desks[0].cache().unwrap();
    let refused = ChangeStep::Refused(ErrorCode::Forbidden);
    loop {
        let rows = cache.message_changes().await.unwrap();
        if rows.len() == 1 && rows[0].state == refused {
            break;
        }
        scene.world.wait(Duration::from_secs(1)).await;
    }
    let (room_id, message_id) = (scene.room_id, scene.message_id);
    scene.ask(0, Request::DiscardChange { room_id, message_id }).await.unwrap();
    assert_eq!(cache.message_changes().await.unwrap(), []);
    assert_eq!(scene.history().await, ["at 15.00"]);
    let again = scene.ask(0, Request::RetryChange { room_id, message_id }).await;
    assert_eq!(again, Err(IpcError::NotFound));
}
