//! Searching: what is found of what a person sees, in which order, and how far it is said to have been looked.

use bedside_core::cache_write::CacheWrite;
use bedside_engine::cache::NewChange;
use bedside_protocol::ipc::{Author, FindView, Looked, Query, SearchFilter, SearchView, View};
use bedside_protocol::wire::{Message, MessageChange};
use bedside_protocol::{RoomSeq, Timestamp};

use crate::fixtures::{ANA, DREW, NOW, Profile, ROOM, applied, cursor, message, retracted};
use crate::screen::{Desk, Screen};

fn said(seq: i64, sender: bedside_protocol::AccountId, text: &str) -> CacheWrite {
    applied(Message { content: text.into(), ..message(seq, seq, sender) })
}

async fn profile() -> Profile {
    let ana = Profile::with_room().await;
    let writes = vec![
        said(1, DREW, "Your blood pressure is fine"),
        said(2, ANA, "我头痛三天了"),
        said(3, DREW, "See https://example.org about Bluthochdruck"),
        said(4, ANA, "Is 50% of the dose enough?"),
        applied(Message { urgent: true, content: "Blood in the urine".into(), ..message(5, 5, ANA) }),
        cursor("a", 1),
    ];
    ana.cache.apply(writes).await.unwrap();
    ana
}

fn look(desk: &Desk, text: &str, filter: SearchFilter) -> Screen {
    desk.look(Query::Search { text: text.into(), filter, limit: 50 })
}

async fn view(screen: &mut Screen) -> SearchView {
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    match screen.settle().await {
        View::Search(view) => view.clone(),
        _ => panic!("not a search"),
    }
}

fn places(view: &SearchView) -> Vec<i64> {
    let hits = view.groups.iter().flat_map(|group| &group.hits);
    hits.map(|hit| hit.seq.map_or(0, RoomSeq::get)).collect()
}

async fn found(ana: &Profile, text: &str, filter: SearchFilter) -> Vec<i64> {
    let desk = Desk::new(ana);
    places(&view(&mut look(&desk, text, filter)).await)
}

async fn finds(ana: &Profile, text: &str) -> Vec<i64> {
    found(ana, text, SearchFilter::default()).await
}

#[tokio::test(start_paused = true)]
async fn parts_of_words_short_ones_and_other_scripts_are_found_newest_first() {
    let ana = profile().await;
    assert_eq!(finds(&ana, "bloo").await, [5, 1]);
    assert_eq!(finds(&ana, "BL").await, [5, 3, 1]);
    assert_eq!(finds(&ana, "头").await, [2]);
    assert_eq!(finds(&ana, "头痛").await, [2]);
    assert_eq!(finds(&ana, "hochdruck").await, [3]);
    assert_eq!(finds(&ana, "example.org").await, [3]);
    assert_eq!(finds(&ana, "pressure blood").await, [1]);
    assert_eq!(finds(&ana, "nothing like it").await, [] as [i64; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_a_query_holds_is_plain_text() {
    let ana = profile().await;
    assert_eq!(finds(&ana, "50%").await, [4]);
    for text in ["\"", "a\" OR \"b", "bloo*", "NEAR(blood)", "-", "blood NOT urine", "grams:blood", "^blood"]
    {
        assert_eq!(finds(&ana, text).await, [] as [i64; 0], "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn filters_narrow_with_and_without_a_text() {
    let ana = profile().await;
    let all = SearchFilter::default;
    let me = SearchFilter { from: Some(Author::Me), ..all() };
    assert_eq!(found(&ana, "blood", me.clone()).await, [5]);
    assert_eq!(found(&ana, "", me).await, [5, 4, 2]);
    assert_eq!(found(&ana, "", SearchFilter { from: Some(Author::Them), ..all() }).await, [3, 1]);
    assert_eq!(found(&ana, "", SearchFilter { urgent: true, ..all() }).await, [5]);
    assert_eq!(found(&ana, "", SearchFilter { link: true, ..all() }).await, [3]);
    let at = |seq| Some(Timestamp(NOW.0 + seq));
    assert_eq!(found(&ana, "bl", SearchFilter { since: at(2), until: at(5), ..all() }).await, [3]);
    assert_eq!(found(&ana, "bl", SearchFilter { until: at(-1), ..all() }).await, [] as [i64; 0]);
    let other = Some(bedside_protocol::RoomId(99));
    assert_eq!(found(&ana, "bl", SearchFilter { room_id: other, ..all() }).await, [] as [i64; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_search_follows_what_is_stored_edited_and_taken_back() {
    let ana = profile().await;
    let desk = Desk::new(&ana);
    let mut screen = look(&desk, "blood", SearchFilter::default());
    assert_eq!(places(&view(&mut screen).await), [5, 1]);
    ana.cache.apply(vec![said(6, DREW, "More blood"), retracted(5, 9)]).await.unwrap();
    assert_eq!(places(&view(&mut screen).await), [6, 1]);
    let edited = Message { content: "Your heart is fine".into(), ..message(1, 10, DREW) };
    ana.cache.apply(vec![applied(edited)]).await.unwrap();
    assert_eq!(places(&view(&mut screen).await), [6]);
    assert_eq!(finds(&ana, "heart").await, [1]);
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_the_server_is_found_as_it_is_shown() {
    let ana = profile().await;
    ana.enqueue("blood results are here").await;
    assert_eq!(finds(&ana, "blood").await, [0, 5, 1]);
    let change = |change| NewChange {
        client_id: ana.runtime.client_id(),
        room_id: ROOM,
        message_id: message(5, 5, ANA).id,
        change,
        made_at: NOW,
    };
    ana.cache.change(change(MessageChange::Edit { message: "Sugar in the urine".into() })).await.unwrap();
    assert_eq!(finds(&ana, "blood").await, [0, 1]);
    assert_eq!(finds(&ana, "sugar").await, [5]);
    ana.cache.change(change(MessageChange::Retract)).await.unwrap();
    assert_eq!(finds(&ana, "urine").await, [] as [i64; 0]);
}

#[tokio::test(start_paused = true)]
async fn matches_are_marked_and_grouped_by_conversation() {
    let ana = profile().await;
    let desk = Desk::new(&ana);
    let view = view(&mut look(&desk, "blood", SearchFilter::default())).await;
    assert_eq!((view.groups.len(), view.more, view.looked), (1, false, Looked::Everything));
    let first = &view.groups[0].hits[0];
    let marked: Vec<&str> =
        first.excerpt.iter().filter(|piece| piece.marked).map(|piece| piece.text.as_str()).collect();
    assert_eq!((first.own, first.urgent, marked), (true, true, vec!["Blood"]));
}

#[tokio::test(start_paused = true)]
async fn it_is_said_how_far_back_was_looked() {
    let ana = profile().await;
    let missing = CacheWrite::Missing { room_id: ROOM, from: RoomSeq(6), to: RoomSeq(8) };
    ana.cache.apply(vec![missing, said(9, DREW, "blood again")]).await.unwrap();
    let desk = Desk::new(&ana);
    let seen = view(&mut look(&desk, "blood", SearchFilter::default())).await;
    assert_eq!(seen.looked, Looked::Since { since: Timestamp(NOW.0 + 9) });
}

#[tokio::test(start_paused = true)]
async fn what_many_at_once_brought_is_found_once_they_stop_coming() {
    let ana = profile().await;
    let desk = Desk::new(&ana);
    let mut screen = look(&desk, "flood", SearchFilter::default());
    assert_eq!(view(&mut screen).await.looked, Looked::Everything);
    let many = |from| (from..from + 100).map(|seq| said(seq, DREW, "a flood")).collect::<Vec<_>>();
    ana.cache.apply(many(6)).await.unwrap();
    let seen = found_at_once(&ana).await;
    assert_eq!((seen.looked, seen.groups.len()), (Looked::Preparing { percent: 5 }, 0));
    ana.cache.apply(many(106)).await.unwrap();
    let seen = view(&mut screen).await;
    assert_eq!((seen.looked, places(&seen).len(), seen.more), (Looked::Everything, 50, true));
}

/// What a search shows before anything is indexed behind.
async fn found_at_once(ana: &Profile) -> SearchView {
    let desk = Desk::new(ana);
    match look(&desk, "flood", SearchFilter::default()).settle().await {
        View::Search(view) => view.clone(),
        _ => panic!("not a search"),
    }
}

#[tokio::test(start_paused = true)]
async fn within_a_conversation_the_places_are_found_and_counted() {
    let ana = profile().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.look(Query::Find { room_id: ROOM, text: "blood".into() });
    let found = match screen.settle().await {
        View::Find(FindView { places, more: false, .. }) => places.iter().map(|place| place.seq.get()),
        _ => panic!("not what was found"),
    };
    assert_eq!(found.collect::<Vec<_>>(), [5, 1]);
}

#[tokio::test(start_paused = true)]
async fn what_was_searched_for_is_kept_and_can_be_forgotten() {
    let ana = profile().await;
    for text in ["blo", "blood", " heart  rate "] {
        ana.cache.keep_search(text.into()).await.unwrap();
    }
    let desk = Desk::new(&ana);
    let mut screen = look(&desk, "", SearchFilter::default());
    let mut recent = view(&mut screen).await.recent;
    recent.sort();
    assert_eq!(recent, ["blood", "heart rate"]);
    ana.cache.forget_searches().await.unwrap();
    assert!(view(&mut screen).await.recent.is_empty());
}
