//! Searching while history is still coming: what is found, and whether it is said truly how far that is.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bedside_protocol::ipc::{
    Looked, Query, SearchFilter, SearchHit, SearchView, ServerSearched, UpdateBody, View,
};
use bedside_protocol::{RoomId, Timestamp};
use bedside_server::store::{SendCommand, SendOutcome};
use bedside_testkit::{Desk, LineId, Person, Weather, World};

const MESSAGES: i64 = 2_400;
/// Every so manieth message holds what is looked for.
const EACH: i64 = 200;
const NEEDLES: usize = (MESSAGES / EACH) as usize;

/// Drew writes for long, a message a minute; the room.
async fn years_of_messages(world: &World) -> RoomId {
    let server = world.server().unwrap();
    let drew = server.actor(Person::Drew).await.unwrap();
    let room_id = world.desks[0].rooms().await.unwrap()[0];
    let start = world.runtime.now().millis() - MESSAGES * 60_000;
    for number in 0..MESSAGES {
        let what = if number % EACH == 0 { "needle" } else { "hay" };
        let command = SendCommand {
            room_id,
            client_id: world.runtime.client_id(),
            content: format!("{what} {number}"),
            urgent: false,
            composed_at: None,
            reply_to: None,
            now: Timestamp(start + number * 60_000),
        };
        let outcome = server.store().send_message(drew, command).await.unwrap();
        assert!(matches!(outcome, SendOutcome::Stored { .. }), "{outcome:?}");
    }
    room_id
}

/// Every view of a search, one after the other.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<SearchView>>>);

impl Seen {
    fn by(desk: &Desk) -> Self {
        let seen = Seen::default();
        let kept = seen.clone();
        let query = Query::Search { text: "needle".to_owned(), filter: SearchFilter::default(), limit: 50 };
        let sink = Arc::new(move |update: bedside_protocol::ipc::Update| {
            let UpdateBody::Snapshot { view: View::Search(view) } = update.body else {
                panic!("no snapshot")
            };
            kept.0.lock().unwrap().push(view);
        });
        desk.client().unwrap().subscribe(query, sink);
        seen
    }

    fn all(&self) -> Vec<SearchView> {
        self.0.lock().unwrap().clone()
    }

    fn last(&self) -> SearchView {
        self.all().last().cloned().unwrap()
    }

    /// No view says more of itself than is true, as far as these many messages hold what is looked for.
    fn assert_true(&self, needles: usize) {
        for view in self.all() {
            let hits = hits(&view);
            let mut places: Vec<_> = hits.iter().map(|hit| hit.seq).collect();
            places.dedup();
            assert_eq!(places.len(), hits.len(), "each once, newest first: {places:?}");
            if view.looked == Looked::Everything || view.server == ServerSearched::Fully {
                assert_eq!(hits.len(), needles, "{:?}, {:?}", view.looked, view.server);
            }
        }
    }
}

fn hits(view: &SearchView) -> Vec<SearchHit> {
    view.groups.iter().flat_map(|group| group.hits.clone()).collect()
}

/// Ana's second device, on a slow line.
async fn slow_desk(world: &mut World) -> usize {
    let line = LineId(u32::try_from(world.desks.len()).unwrap());
    world.network.set_weather(line, Weather { delay: Duration::from_secs(3), ..Weather::default() });
    world.seat(Person::Ana).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_has_not_come_yet_is_found_at_the_server_and_shown_once() {
    let mut world = World::new(61, &[Person::Ana]).await.unwrap();
    world.settle().await.unwrap();
    years_of_messages(&world).await;
    while world.server().unwrap().app().index_messages().await.unwrap() {}
    let desk = slow_desk(&mut world).await;
    let seen = Seen::by(&world.desks[desk]);
    world.settle().await.unwrap();
    world.wait(Duration::from_secs(2)).await;
    let by_server =
        |view: &SearchView| view.looked != Looked::Everything && view.server == ServerSearched::Fully;
    assert!(seen.all().iter().any(by_server), "the server was asked while history was coming");
    seen.assert_true(NEEDLES);
    let last = seen.last();
    assert_eq!(
        (last.looked, last.server, hits(&last).len()),
        (Looked::Everything, ServerSearched::NotAsked, NEEDLES)
    );
}

#[tokio::test(start_paused = true)]
async fn a_search_is_said_to_be_complete_only_when_it_is_whatever_comes_between() {
    let mut world = World::new(62, &[Person::Ana]).await.unwrap();
    world.settle().await.unwrap();
    let room = years_of_messages(&world).await;
    let desk = slow_desk(&mut world).await;
    let backup = if world.is_embedded() { Some(world.back_up().await.unwrap()) } else { None };
    let mut views = vec![Seen::by(&world.desks[desk])];
    world.wait(Duration::from_secs(12)).await;
    world.desks[desk].crash().await;
    world.start_desk(desk).await;
    views.push(Seen::by(&world.desks[desk]));
    world.wait(Duration::from_secs(12)).await;
    let line = world.desks[desk].line;
    world.network.set_weather(line, Weather { down: true, ..Weather::default() });
    world.network.cut(line);
    world.wait(Duration::from_secs(60)).await;
    let held = world.desks[desk].cache().unwrap().messages_held(room).await.unwrap().len();
    assert!(held > 0 && held < usize::try_from(MESSAGES).unwrap(), "in the middle: {held}");
    let offline = views[1].last();
    assert!(matches!(offline.looked, Looked::Since { .. }), "{:?}", offline.looked);
    if let Some(backup) = &backup {
        world.restore(backup).await.unwrap(); // A new epoch.
    }
    world.network.set_weather(line, Weather { delay: Duration::from_secs(3), ..Weather::default() });
    world.wait(Duration::from_secs(12)).await;
    world.desks[desk].crash().await;
    world.start_desk(desk).await;
    views.push(Seen::by(&world.desks[desk]));
    world.heal().await.unwrap();
    world.settle().await.unwrap();
    world.wait(Duration::from_secs(2)).await;
    views.iter().for_each(|seen| seen.assert_true(NEEDLES));
    assert_eq!(views[2].last().looked, Looked::Everything);
}
