//! How far a message has come, as its author is told: sent, delivered, read; and what reading on one device does on the others.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::time::Duration;

use bedside_engine::NotificationWish;
use bedside_engine::cache::RoomHeld;
use bedside_protocol::ipc::{
    ConnectionMode, DeliveryState, EditDraft, IpcError, MessageDetails, Reply, Request,
};
use bedside_protocol::{MessageId, RoomId, RoomSeq};
use bedside_testkit::{Person, Weather, World};

/// People at their desks; the first is Ana.
struct Scene {
    world: World,
    room_id: RoomId,
}

impl Scene {
    async fn new(seed: u64, people: &[Person]) -> Self {
        let world = World::new(seed, people).await.unwrap();
        world.settle().await.unwrap();
        let room_id = world.desks[0].rooms().await.unwrap()[0];
        Scene { world, room_id }
    }

    async fn room(&self, desk: usize) -> RoomHeld {
        let rooms = self.world.desks[desk].cache().unwrap().rooms_held().await.unwrap();
        rooms.into_iter().find(|room| room.room_id == self.room_id).unwrap()
    }

    async fn last(&self, desk: usize) -> MessageId {
        let held = self.world.desks[desk].cache().unwrap().messages_held(self.room_id).await.unwrap();
        held.last().unwrap().message_id
    }

    async fn ask(&self, desk: usize, request: Request) -> Result<Reply, IpcError> {
        self.world.desks[desk].client().unwrap().request(request).await
    }

    /// What Ana's device knows of her last message, and what the server does.
    async fn details(&self, ask: bool) -> Result<MessageDetails, IpcError> {
        let message_id = self.last(0).await;
        let request = Request::MessageDetails { room_id: self.room_id, message_id, ask };
        let Reply::Details { details } = self.ask(0, request).await? else { panic!("no details") };
        Ok(details)
    }

    async fn state(&self) -> Option<DeliveryState> {
        self.details(false).await.unwrap().state
    }

    /// From now on, and it has been noticed.
    async fn set_weather(&self, desk: usize, weather: Weather) {
        self.world.network.set_weather(self.world.desks[desk].line, weather);
        self.world.network.cut(self.world.desks[desk].line);
        let mut connection = self.world.desks[desk].client().unwrap().connection();
        connection.wait_for(|view| view.mode != ConnectionMode::Live).await.unwrap();
    }

    async fn heal(&mut self) {
        self.world.heal().await.unwrap();
        self.world.settle().await.unwrap();
    }

    /// Waits until a device has so many messages, and not a moment longer.
    async fn until_it_has(&self, desk: usize, messages: usize) {
        let cache = self.world.desks[desk].cache().unwrap();
        while cache.messages_held(self.room_id).await.unwrap().len() < messages {
            self.world.wait(Duration::from_millis(1)).await;
        }
    }
}

fn down() -> Weather {
    Weather { down: true, ..Weather::default() }
}

#[tokio::test(start_paused = true)]
async fn a_message_is_sent_then_delivered_then_read() {
    let mut scene = Scene::new(21, &[Person::Ana, Person::Drew]).await;
    scene.set_weather(1, down()).await;
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.world.wait(Duration::from_secs(10)).await;
    assert_eq!(scene.state().await, Some(DeliveryState::Sent));
    scene.heal().await;
    assert_eq!(scene.state().await, Some(DeliveryState::Delivered));
    assert_eq!(scene.room(1).await.unread, 1, "nothing is read by that");
    scene.world.desks[1].read(scene.room_id).await.unwrap();
    scene.world.settle().await.unwrap();
    assert_eq!(scene.state().await, Some(DeliveryState::Read));
}

#[tokio::test(start_paused = true)]
async fn with_sockets_blocked_it_is_told_all_the_same() {
    let mut scene = Scene::new(22, &[Person::Ana, Person::Drew]).await;
    let blocked = Weather { sockets_blocked: true, ..Weather::default() };
    scene.set_weather(1, blocked).await;
    scene.world.settle().await.unwrap();
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.world.settle().await.unwrap();
    assert_eq!(scene.state().await, Some(DeliveryState::Delivered));
}

#[tokio::test(start_paused = true)]
async fn what_was_stored_and_not_yet_said_when_the_app_died_is_said_when_it_lives_again() {
    let mut scene = Scene::new(23, &[Person::Ana, Person::Drew]).await;
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.until_it_has(1, 1).await;
    scene.world.desks[1].crash().await;
    scene.world.wait(Duration::from_secs(10)).await;
    assert_eq!(scene.state().await, Some(DeliveryState::Sent), "it died first");
    scene.heal().await;
    assert_eq!(scene.state().await, Some(DeliveryState::Delivered));
}

#[tokio::test(start_paused = true)]
async fn when_it_was_delivered_and_read_is_known_to_its_author_and_offline_afterwards() {
    let mut scene = Scene::new(24, &[Person::Ana, Person::Drew]).await;
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.world.settle().await.unwrap();
    assert_eq!(scene.details(false).await.unwrap().delivered_at, None, "nobody has asked");
    let delivered = scene.details(true).await.unwrap();
    assert!(delivered.delivered_at.unwrap() >= delivered.sent_at && delivered.read_at.is_none());
    scene.world.wait(Duration::from_secs(3_600)).await;
    scene.world.desks[1].read(scene.room_id).await.unwrap();
    scene.world.settle().await.unwrap();
    let read = scene.details(true).await.unwrap();
    assert_eq!(read.delivered_at, delivered.delivered_at, "the first moment counts");
    assert!(read.read_at.unwrap().0 >= delivered.delivered_at.unwrap().0 + 3_600_000);
    scene.set_weather(0, down()).await;
    assert_eq!(scene.details(true).await, Err(IpcError::Offline));
    assert_eq!(scene.details(false).await.unwrap(), read);
}

#[tokio::test(start_paused = true)]
async fn reading_on_one_device_clears_the_other_within_a_second() {
    let mut scene = Scene::new(25, &[Person::Ana, Person::Drew, Person::Drew]).await;
    let mut wishes = scene.world.desks[2].client().unwrap().notifications();
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.world.settle().await.unwrap();
    assert_eq!(scene.room(2).await.unread, 1);
    assert!(
        matches!(wishes.try_recv(), Ok(NotificationWish::Show(told)) if told.place.room_id == scene.room_id)
    );
    scene.world.desks[1].read(scene.room_id).await.unwrap();
    scene.world.wait(Duration::from_secs(1)).await;
    let held = scene.room(2).await;
    assert_eq!((held.unread, held.my_read), (0, RoomSeq(1)));
    assert_eq!(wishes.try_recv(), Ok(NotificationWish::Clear(scene.room_id)));
}

#[tokio::test(start_paused = true)]
async fn what_one_device_has_stored_the_others_do_not_say_again() {
    let mut scene = Scene::new(26, &[Person::Ana, Person::Drew, Person::Drew]).await;
    scene.set_weather(2, down()).await;
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.world.wait(Duration::from_secs(10)).await;
    assert_eq!(scene.state().await, Some(DeliveryState::Delivered), "one device is enough");
    let head = async |scene: &Scene| {
        let server = scene.world.server().unwrap();
        let actor = server.actor(Person::Ana).await.unwrap();
        server.store().feed_head(actor.account_id).await.unwrap()
    };
    let before = head(&scene).await;
    scene.heal().await;
    assert_eq!(head(&scene).await, before);
}

#[tokio::test(start_paused = true)]
async fn changes_that_wait_count_as_unsent_when_somebody_signs_out() {
    let mut scene = Scene::new(27, &[Person::Ana, Person::Drew]).await;
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.world.settle().await.unwrap();
    let (room_id, message_id) = (scene.room_id, scene.last(0).await);
    scene.set_weather(0, down()).await;
    scene.ask(0, Request::EditMessage { room_id, message_id, text: "at 16.00".into() }).await.unwrap();
    let sign_out = |discard_unsent| Request::SignOut { discard_unsent, erase: false };
    assert_eq!(scene.ask(0, sign_out(false)).await, Err(IpcError::UnsentMessages { count: 1 }));
    assert_eq!(scene.ask(0, sign_out(true)).await, Ok(Reply::Done));
}

#[tokio::test(start_paused = true)]
async fn the_text_of_an_edit_under_way_survives_a_kill() {
    let mut scene = Scene::new(28, &[Person::Ana, Person::Drew]).await;
    scene.world.desks[0].write(scene.room_id, "at 15.00").await.unwrap();
    scene.world.settle().await.unwrap();
    let draft = EditDraft { message_id: scene.last(0).await, text: "at 16".into() };
    let request = Request::SaveEdit { room_id: scene.room_id, editing: Some(draft.clone()) };
    scene.ask(0, request).await.unwrap();
    scene.world.desks[0].crash().await;
    scene.world.start_desk(0).await;
    let cache = scene.world.desks[0].cache().unwrap();
    assert_eq!(cache.edit_draft(scene.room_id).await.unwrap(), Some(draft));
}
