//! Conversations are pinned, muted, archived and marked unread, at two desks of one person, through whatever comes between.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::time::Duration;

use bedside_engine::cache::RoomHeld;
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{ConnectionMode, Request, RoomDeed};
use bedside_testkit::{Person, Weather, World};

/// Drew at two desks, Ana at the third.
struct Scene {
    world: World,
    room_id: RoomId,
}

impl Scene {
    async fn new(seed: u64) -> Self {
        let mut world = World::new(seed, &[Person::Drew, Person::Drew, Person::Ana]).await.unwrap();
        world.settle().await.unwrap();
        let room_id = world.desks[2].rooms().await.unwrap()[0];
        world.desks[2].write(room_id, "hello").await.unwrap();
        world.settle().await.unwrap();
        Scene { world, room_id }
    }

    async fn set_up(&self, desk: usize, deed: RoomDeed) {
        let request = Request::SetUp { room_id: self.room_id, deed };
        self.world.desks[desk].client().unwrap().request(request).await.unwrap();
    }

    async fn held(&self, desk: usize) -> RoomHeld {
        let rooms = self.world.desks[desk].cache().unwrap().rooms_held().await.unwrap();
        rooms.into_iter().find(|room| room.room_id == self.room_id).unwrap()
    }

    async fn goes_offline(&self, desk: usize) {
        self.world.network.set_weather(self.world.desks[desk].line, DOWN);
        self.world.network.cut(self.world.desks[desk].line);
        let mut connection = self.world.desks[desk].client().unwrap().connection();
        connection.wait_for(|view| view.mode != ConnectionMode::Live).await.unwrap();
    }

    async fn all_is_well(&mut self) {
        self.world.heal().await.unwrap();
        self.world.settle().await.unwrap();
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
async fn what_is_set_up_at_one_desk_is_so_at_the_other_and_nobody_elses_affair() {
    let scene = Scene::new(31).await;
    for deed in [RoomDeed::Pin, RoomDeed::Archive, RoomDeed::MarkUnread] {
        scene.set_up(0, deed).await;
    }
    scene.world.settle().await.unwrap();
    let flags = scene.held(1).await.flags;
    assert!(flags.pinned && flags.marked_unread && flags.archived.holds(scene.held(1).await.last_seq));
    assert!(scene.held(2).await.flags.are_untouched());
}

#[tokio::test(start_paused = true)]
async fn two_desks_offline_agree_afterwards_on_what_came_last() {
    let mut scene = Scene::new(32).await;
    scene.goes_offline(0).await;
    scene.goes_offline(1).await;
    scene.set_up(0, RoomDeed::Pin).await;
    scene.set_up(0, RoomDeed::MarkUnread).await;
    scene.set_up(1, RoomDeed::Archive).await;
    scene.set_up(1, RoomDeed::Unpin).await;
    scene.world.desks[0].crash().await;
    scene.all_is_well().await;
    let (one, other) = (scene.held(0).await.flags, scene.held(1).await.flags);
    assert_eq!(one, other);
    assert!(
        one.marked_unread && one.archived.holds(scene.held(0).await.last_seq),
        "what only one of them set"
    );
}

#[tokio::test(start_paused = true)]
async fn a_message_brings_an_archived_conversation_back_at_both_desks() {
    let mut scene = Scene::new(33).await;
    scene.goes_offline(0).await;
    scene.set_up(0, RoomDeed::Archive).await;
    scene.world.desks[2].write(scene.room_id, "still there?").await.unwrap();
    scene.all_is_well().await;
    for desk in [0, 1] {
        let held = scene.held(desk).await;
        assert!(!held.flags.archived.holds(held.last_seq), "what nobody has seen is not put away");
    }
}

#[tokio::test(start_paused = true)]
async fn a_conversation_marked_unread_after_it_was_read_stays_so_until_somebody_looks_again() {
    let mut scene = Scene::new(34).await;
    scene.goes_offline(0).await;
    scene.world.desks[0].read(scene.room_id).await.unwrap();
    scene.world.desks[0].look_away().await.unwrap();
    scene.set_up(0, RoomDeed::MarkUnread).await;
    scene.all_is_well().await;
    for desk in [0, 1] {
        let held = scene.held(desk).await;
        assert!(held.flags.marked_unread && held.unread == 0);
    }
    scene.world.desks[1].read(scene.room_id).await.unwrap();
    scene.world.settle().await.unwrap();
    assert!(!scene.held(0).await.flags.marked_unread);
}

#[tokio::test(start_paused = true)]
async fn what_was_given_up_and_arrives_after_a_later_wish_changes_nothing() {
    let mut scene = Scene::new(36).await;
    let line = scene.world.desks[0].line;
    scene.world.network.set_weather(line, Weather { down: false, late: 100, ..DOWN });
    scene.set_up(0, RoomDeed::Pin).await;
    scene.world.wait(Duration::from_millis(1)).await;
    assert!(scene.world.network.is_anything_late(), "the wish to pin is on its way");
    scene.set_up(0, RoomDeed::Unpin).await;
    scene.all_is_well().await;
    assert!(!scene.held(0).await.flags.pinned && !scene.held(1).await.flags.pinned);
}

#[tokio::test(start_paused = true)]
async fn what_a_restored_server_has_lost_is_set_up_again_by_whoever_set_it_up() {
    let mut scene = Scene::new(37).await;
    let backup = scene.world.back_up().await.unwrap();
    scene.set_up(0, RoomDeed::Pin).await;
    scene.set_up(1, RoomDeed::Archive).await;
    scene.world.settle().await.unwrap();
    scene.set_up(1, RoomDeed::Mute { span: bedside_protocol::ipc::MuteSpan::Forever }).await;
    scene.world.settle().await.unwrap();
    scene.set_up(0, RoomDeed::Unmute).await;
    scene.set_up(0, RoomDeed::MarkUnread).await;
    scene.world.settle().await.unwrap();
    scene.world.restore(&backup).await.unwrap();
    scene.all_is_well().await;
    for desk in [0, 1] {
        let held = scene.held(desk).await;
        assert!(held.flags.pinned && held.flags.marked_unread, "desk {desk}: {:?}", held.flags);
        assert!(held.flags.archived.holds(held.last_seq), "nothing has come since");
        assert_eq!(held.flags.muted, bedside_protocol::wire::Mute::Off, "the last one to set it");
    }
}
