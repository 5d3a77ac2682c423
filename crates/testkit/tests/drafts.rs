//! What somebody writes at two desks of theirs, shared through whatever comes between: no word is lost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::time::Duration;

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{DraftDecision, Reply, Request, Settings};
use bedside_testkit::{Person, Weather, World};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Drew at two desks, Ana at the third.
struct Scene {
    world: World,
    room_id: RoomId,
}

const DOWN: Weather = Weather { down: true, ..STILL };
const STILL: Weather = Weather {
    down: false,
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

impl Scene {
    async fn new(seed: u64) -> Self {
        let world = World::new(seed, &[Person::Drew, Person::Drew, Person::Ana]).await.unwrap();
        world.settle().await.unwrap();
        let room_id = world.desks[2].rooms().await.unwrap()[0];
        Scene { world, room_id }
    }

    /// Both desks of Drew share.
    async fn sharing(seed: u64) -> Self {
        let scene = Self::new(seed).await;
        scene.share(0, true).await;
        scene.share(1, true).await;
        scene
    }

    async fn ask(&self, desk: usize, request: Request) -> Reply {
        self.world.desks[desk].client().unwrap().request(request).await.unwrap()
    }

    async fn share(&self, desk: usize, share_drafts: bool) {
        let settings = Settings { share_drafts, ..Settings::default() };
        self.ask(desk, Request::SaveSettings { settings }).await;
    }

    /// Types at a desk whose composer has seen everything.
    async fn types(&self, desk: usize, text: &str) {
        self.keep(desk, text, u64::MAX, None).await;
    }

    async fn keep(&self, desk: usize, text: &str, seen: u64, decides: Option<DraftDecision>) -> u64 {
        let (room_id, text) = (self.room_id, text.to_owned());
        let request = Request::SaveDraft { room_id, text, reply_to: None, seen, decides };
        let Reply::DraftKept { seen } = self.ask(desk, request).await else { panic!("not kept") };
        seen
    }

    async fn goes_offline(&self, desk: usize) {
        let line = self.world.desks[desk].line;
        self.world.network.set_weather(line, DOWN);
        self.world.network.cut(line);
    }

    async fn written(&self, desk: usize) -> String {
        self.world.desks[desk].cache().unwrap().draft(self.room_id).await.unwrap().text
    }

    /// What stands in the box, and what is offered beside it.
    async fn held(&self, desk: usize) -> (String, String) {
        let cache = self.world.desks[desk].cache().unwrap();
        let offered = cache.draft_offered(self.room_id).await.unwrap();
        (self.written(desk).await, offered.map(|text| text.text).unwrap_or_default())
    }

    async fn pause(&self) {
        for _ in 0..4 {
            self.world.wait(Duration::from_secs(5)).await;
        }
        self.world.settle().await.unwrap();
    }

    /// Everything works again, and both desks come to the same.
    async fn all_is_well(&mut self) {
        self.world.heal().await.unwrap();
        for _ in 0..40 {
            self.pause().await;
            if self.held(0).await == self.held(1).await {
                return;
            }
        }
        panic!("{:?} is not {:?}", self.held(0).await, self.held(1).await);
    }
}

fn both(text: &str, offered: &str) -> (String, String) {
    (text.to_owned(), offered.to_owned())
}

#[tokio::test(start_paused = true)]
async fn what_is_begun_at_one_desk_goes_on_at_the_other_and_is_gone_at_both_when_it_is_sent() {
    let mut scene = Scene::sharing(71).await;
    scene.types(0, "Dear Ana").await;
    scene.all_is_well().await;
    assert_eq!(scene.held(1).await, both("Dear Ana", ""));
    scene.types(1, "Dear Ana, hello").await;
    scene.pause().await;
    assert_eq!(scene.held(0).await, both("Dear Ana, hello", ""));
    let room_id = scene.room_id;
    scene.world.desks[0].write(room_id, "Dear Ana, hello").await.unwrap();
    scene.pause().await;
    assert_eq!((scene.held(0).await, scene.held(1).await), (both("", ""), both("", "")));
    assert_eq!(scene.written(2).await, "", "it is nobody else's affair");
}

#[tokio::test(start_paused = true)]
async fn who_does_not_share_gives_nothing_and_gets_nothing() {
    let scene = Scene::new(72).await;
    scene.share(0, true).await;
    scene.types(0, "shared").await;
    scene.types(1, "kept").await;
    scene.pause().await;
    assert_eq!((scene.written(0).await, scene.written(1).await), ("shared".into(), "kept".into()));
    scene.share(1, true).await;
    scene.pause().await;
    assert_eq!(scene.held(1).await, both("kept", "shared"), "from then on both are there");
    assert_eq!(scene.held(0).await, both("kept", "shared"));
}

#[tokio::test(start_paused = true)]
async fn of_two_texts_written_offline_both_are_at_both_desks_until_somebody_decides() {
    let mut scene = Scene::sharing(73).await;
    scene.types(0, "Dear").await;
    scene.all_is_well().await;
    scene.goes_offline(0).await;
    scene.goes_offline(1).await;
    scene.types(0, "Dear Ana").await;
    scene.types(1, "Good morning").await;
    scene.world.desks[0].crash().await;
    scene.all_is_well().await;
    let (text, offered) = scene.held(0).await;
    let texts: BTreeSet<_> = [text.as_str(), offered.as_str()].into();
    assert_eq!(texts, ["Dear Ana", "Good morning"].into());
    let decides = DraftDecision { offered: offered.clone(), instead: text.clone(), instead_reply_to: None };
    scene.keep(0, &offered, u64::MAX, Some(decides)).await;
    scene.pause().await;
    assert_eq!(scene.held(1).await, (offered.clone(), text.clone()), "taken over, and the other one kept");
    let decides = DraftDecision { offered: text, instead: String::new(), instead_reply_to: None };
    scene.keep(1, &offered, u64::MAX, Some(decides)).await;
    scene.pause().await;
    assert_eq!(scene.held(0).await, (offered, String::new()), "dropped");
}

#[tokio::test(start_paused = true)]
async fn a_composer_that_has_not_seen_what_came_loses_nothing_of_it() {
    let mut scene = Scene::sharing(74).await;
    scene.types(0, "one").await;
    scene.all_is_well().await;
    let seen = scene.keep(1, "one", 0, None).await;
    assert_eq!(seen, 1, "the text that came first");
    scene.types(0, "another").await;
    scene.pause().await;
    assert_eq!(scene.written(1).await, "another");
    assert_eq!(scene.keep(1, "one two", seen, None).await, 2);
    assert_eq!(scene.held(1).await, both("one two", "another"));
    scene.types(0, "another one").await;
    scene.pause().await;
    let (room_id, text) = (scene.room_id, "one two".to_owned());
    let send = Request::Send { room_id, text, urgent: false, reply_to: None, seen: 2 };
    let Reply::Queued { client_id } = scene.ask(1, send).await else { panic!("not queued") };
    scene.world.desks[1].written.push((room_id, client_id));
    scene.pause().await;
    assert!(scene.held(1).await.1.contains("another one"), "{:?}", scene.held(1).await);
}

#[tokio::test(start_paused = true)]
async fn who_stops_sharing_keeps_their_text_and_the_server_does_not() {
    let mut scene = Scene::sharing(75).await;
    scene.types(0, "Dear Ana").await;
    scene.all_is_well().await;
    scene.goes_offline(0).await;
    scene.share(0, false).await;
    scene.world.desks[0].crash().await;
    scene.share(1, false).await;
    scene.all_is_well().await;
    let third = scene.world.seat(Person::Drew).await.unwrap();
    scene.share(third, true).await;
    scene.pause().await;
    assert_eq!(scene.written(third).await, "", "nothing is left there");
    assert_eq!((scene.written(0).await, scene.written(1).await), ("Dear Ana".into(), "Dear Ana".into()));
    scene.types(0, "Dear Ana, not shared").await;
    scene.pause().await;
    assert_eq!(scene.written(1).await, "Dear Ana");
}

#[tokio::test(start_paused = true)]
async fn a_restored_server_brings_no_text_back_into_a_box_and_loses_none() {
    let mut scene = Scene::sharing(76).await;
    scene.types(0, "Dear Ana").await;
    scene.all_is_well().await;
    let backup = scene.world.back_up().await.unwrap();
    scene.all_is_well().await;
    let room_id = scene.room_id;
    scene.world.desks[0].write(room_id, "Dear Ana").await.unwrap();
    scene.pause().await;
    scene.types(0, "Something else").await;
    scene.pause().await;
    scene.world.restore(&backup).await.unwrap();
    scene.all_is_well().await;
    assert_eq!(scene.held(0).await, both("Something else", "Dear Ana"), "it was sent, but who knows");
}

/// Two desks type words of their own, are cut off, killed and come back; at the end both have every word.
async fn in_bad_weather(seed: u64) {
    let mut scene = Scene::sharing(seed).await;
    scene.pause().await;
    let mut random = StdRng::seed_from_u64(seed);
    let bad = Weather { cuts: 20, mutes: 5, duplicates: 20, lost_answers: 20, bad_gateways: 10, ..STILL };
    let mut words = BTreeSet::new();
    for turn in 0..24 {
        let desk = random.random_range(0..2);
        match random.random_range(0..8) {
            0..=4 => {
                let word = format!("<{turn}>");
                let before = scene.written(desk).await;
                let text =
                    if random.random() { format!("{before} {word}") } else { format!("{word} {before}") };
                scene.types(desk, text.trim()).await;
                words.insert(word);
            }
            5 => scene.world.network.set_weather(scene.world.desks[desk].line, bad),
            6 => scene.goes_offline(desk).await,
            _ => {
                scene.world.desks[desk].crash().await;
                scene.world.start_desk(desk).await;
            }
        }
        scene.world.wait(Duration::from_secs(random.random_range(0..9))).await;
        if scene.world.desks[desk].cache().is_err() {
            scene.world.wait(Duration::from_secs(5)).await;
        }
    }
    scene.all_is_well().await;
    let (text, offered) = scene.held(0).await;
    let lost: Vec<_> =
        words.iter().filter(|word| !text.contains(*word) && !offered.contains(*word)).collect();
    assert!(lost.is_empty(), "seed {seed}: {lost:?} of {text:?} and {offered:?}");
}

#[tokio::test(start_paused = true)]
async fn no_word_is_lost_whatever_the_network_does() {
    for seed in 700..712 {
        in_bad_weather(seed).await;
    }
}
