//! What others do at this moment, as the views show it.

use bedside_core::cache_write::CacheWrite;
use bedside_core::sync::Others;
use bedside_protocol::ipc::{Anchor, PeopleView, Presence, Query, RoomFilter, View};
use bedside_protocol::wire::Room;
use bedside_protocol::{AccountId, RoomId};

use crate::fixtures::{DREW, Profile, ROOM, person, room};
use crate::screen::Desk;

/// These rooms' others type, and nobody else.
fn types(desk: &Desk, rooms: &[RoomId]) {
    desk.others.send_modify(|others| others.typing = rooms.iter().copied().collect());
}

/// These people are there, and of nobody else it is known.
fn is_there(desk: &Desk, people: &[AccountId]) {
    let presence = people.iter().map(|account| (*account, Presence::Online)).collect();
    desk.others.send_modify(|others| others.presence = presence);
}

#[tokio::test(start_paused = true)]
async fn a_row_shows_that_the_other_types_and_travels_alone() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.rooms("", RoomFilter::All);
    assert!(!screen.rooms().await.rows[0].typing);
    types(&desk, &[ROOM]);
    assert!(screen.rooms().await.rows[0].typing);
    assert_eq!(*screen.patches.lock().unwrap(), [1]);
    desk.others.send_replace(Others::default());
    assert!(!screen.rooms().await.rows[0].typing);
}

#[tokio::test(start_paused = true)]
async fn a_conversation_shows_its_own_other_and_is_not_woken_for_anybody_else() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.timeline(Anchor::End, 5, 0);
    assert!(!screen.timeline().await.head.typing);
    types(&desk, &[RoomId(99)]);
    assert!(screen.is_still().await);
    types(&desk, &[RoomId(99), ROOM]);
    assert!(screen.timeline().await.head.typing);
    types(&desk, &[]);
    assert!(!screen.timeline().await.head.typing);
}

#[tokio::test(start_paused = true)]
async fn of_somebody_one_is_no_longer_linked_with_nothing_is_shown() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let ended = Room { writable: false, ..room(ROOM, 2, 0) };
    ana.cache.apply(vec![CacheWrite::Room(Box::new(ended))]).await.unwrap();
    types(&desk, &[ROOM]);
    is_there(&desk, &[DREW]);
    let (row, head) = (
        desk.rooms("", RoomFilter::All).rooms().await.rows.remove(0),
        desk.timeline(Anchor::End, 5, 0).timeline().await.head,
    );
    assert_eq!((row.typing, row.presence), (false, None));
    assert_eq!((head.typing, head.presence), (false, None));
}

#[tokio::test(start_paused = true)]
async fn every_view_shows_whether_the_other_is_there() {
    let ana = Profile::with_room().await;
    ana.cache.apply(vec![CacheWrite::Person(person(DREW))]).await.unwrap();
    let desk = Desk::new(&ana);
    let (mut list, mut open) = (desk.rooms("", RoomFilter::All), desk.timeline(Anchor::End, 5, 0));
    let mut people = desk.look(Query::People);
    assert_eq!(list.rooms().await.rows[0].presence, None);
    assert_eq!(open.timeline().await.head.presence, None);
    is_there(&desk, &[DREW]);
    let here = Some(Presence::Online);
    assert_eq!(list.rooms().await.rows[0].presence, here);
    assert_eq!(open.timeline().await.head.presence, here);
    let View::People(PeopleView { people, .. }) = people.settle().await else { panic!("not people") };
    assert_eq!(people[0].presence, here);
    is_there(&desk, &[DREW, AccountId(99)]);
    assert!(open.is_still().await, "of somebody else it says nothing");
}
