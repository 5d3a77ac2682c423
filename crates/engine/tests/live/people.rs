//! Linked people.

use bedside_core::cache_write::CacheWrite;
use bedside_protocol::ipc::{PeopleView, Query, View};
use bedside_protocol::wire::{LinkedPerson, Person};
use bedside_protocol::{AccountId, RoomId};

use crate::fixtures::{DREW, Profile, ROOM, person, room};
use crate::screen::{Desk, Screen};

fn linked(id: i64, name: &str, room_id: Option<RoomId>) -> LinkedPerson {
    LinkedPerson { person: Person { name: name.into(), ..person(AccountId(id)) }, room_id }
}

async fn people(screen: &mut Screen) -> PeopleView {
    match screen.settle().await {
        View::People(view) => view.clone(),
        _ => panic!("not people"),
    }
}

#[tokio::test(start_paused = true)]
async fn people_are_listed_by_name_with_their_conversation() {
    let ana = Profile::ana().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.look(Query::People);
    desk.people_loading.send_replace(true);
    assert!(people(&mut screen).await.loading);
    let list = vec![linked(3, "drew", None), linked(4, "Äbel", Some(RoomId(70)))];
    ana.cache.apply(vec![CacheWrite::People(list)]).await.unwrap();
    desk.people_loading.send_replace(false);
    let view = people(&mut screen).await;
    let shown: Vec<_> = view.people.iter().map(|row| (row.person.name.as_str(), row.room_id)).collect();
    assert_eq!(shown, [("Äbel", Some(RoomId(70))), ("drew", None)]);
    ana.cache.apply(vec![CacheWrite::Room(Box::new(room(ROOM, 1, 0)))]).await.unwrap();
    let view = people(&mut screen).await;
    assert_eq!(view.people.iter().find(|row| row.person.account_id == DREW).unwrap().room_id, Some(ROOM));
}

#[tokio::test(start_paused = true)]
async fn somebody_who_is_no_longer_linked_leaves_the_list_but_not_their_conversation() {
    let ana = Profile::with_room().await;
    let desk = Desk::new(&ana);
    let mut screen = desk.look(Query::People);
    ana.cache.apply(vec![CacheWrite::Person(person(DREW))]).await.unwrap();
    assert_eq!(people(&mut screen).await.people.len(), 1);
    ana.cache.apply(vec![CacheWrite::People(Vec::new())]).await.unwrap();
    assert_eq!(people(&mut screen).await.people.len(), 0);
    let rooms = desk.rooms("", bedside_protocol::ipc::RoomFilter::All).rooms().await;
    assert_eq!(rooms.rows[0].person.account_id, DREW);
}
