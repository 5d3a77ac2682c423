//! What others do at this moment, as the views show it.

use bedside_core::cache_write::CacheWrite;
use bedside_core::sync::Others;
use bedside_protocol::RoomId;
use bedside_protocol::ipc::{Anchor, RoomFilter};
use bedside_protocol::wire::Room;

use crate::fixtures::{Profile, ROOM, room};
use crate::screen::Desk;

/// These rooms' others type, and nobody else.
fn types(desk: &Desk, rooms: &[RoomId]) {
    desk.others.send_modify(|others| others.typing = rooms.iter().copied().collect());
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
    assert!(!desk.rooms("", RoomFilter::All).rooms().await.rows[0].typing);
    assert!(!desk.timeline(Anchor::End, 5, 0).timeline().await.head.typing);
}
