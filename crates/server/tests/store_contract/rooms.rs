use bedside_protocol::feed::Change;
use bedside_protocol::wire::Role;
use bedside_protocol::{AccountId, RoomId, RoomSeq};
use bedside_server::store::model::PageRange;
use bedside_server::store::{
    EndLinkOutcome, OpenRoomOutcome, PageRequest, ReadCommand, ReadOutcome, SendOutcome,
};

use crate::support::{Clinic, START};

const LATEST: PageRequest = PageRequest { range: PageRange::Latest, limit: 50 };

pub(crate) async fn a_pair_has_one_room_whoever_opens_it(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let before = staff.head(staff.drew).await;
    assert_eq!(staff.opened(staff.drew, staff.ana).await, staff.ana_drew);
    assert_eq!(staff.opened(staff.ana, staff.drew).await, staff.ana_drew);
    assert_eq!(staff.head(staff.drew).await, before, "opening what is there is no event");
}

pub(crate) async fn nobody_opens_a_room_with_a_stranger(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let attempts = [
        (staff.ana, staff.eve.account_id),
        (staff.eve, staff.ana.account_id),
        (staff.ana, staff.ben.account_id),
        (staff.ana, staff.ana.account_id),
        (staff.ana, AccountId(999)),
        (staff.root, staff.drew.account_id),
    ];
    for (actor, other) in attempts {
        let outcome = staff.store.open_room(actor, other, START).await.unwrap();
        assert_eq!(outcome, OpenRoomOutcome::NotFound, "{actor:?}");
    }
}

pub(crate) async fn an_administrator_sees_no_conversation(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "private").await;
    assert_eq!(staff.store.chat_list(staff.root, None, 50).await.unwrap().rooms, []);
    assert_eq!(staff.store.room(staff.root, staff.ana_drew).await.unwrap(), None);
    assert_eq!(staff.store.messages(staff.root, staff.ana_drew, LATEST).await.unwrap(), None);
    assert_eq!(staff.store.unread(staff.root).await.unwrap(), 0);
}

pub(crate) async fn a_foreign_room_is_as_missing_as_one_that_never_was(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for room in [staff.ana_drew, RoomId(999)] {
        for actor in [staff.ben, staff.eve] {
            assert_eq!(staff.store.room(actor, room).await.unwrap(), None);
            assert_eq!(staff.store.messages(actor, room, LATEST).await.unwrap(), None);
            let sent = staff.store.send_message(actor, staff.command(room, "x")).await.unwrap();
            assert_eq!(sent, SendOutcome::NotFound);
            let command = ReadCommand { room_id: room, up_to: RoomSeq(1), now: START };
            assert_eq!(staff.store.mark_read(actor, command).await.unwrap(), ReadOutcome::NotFound);
        }
    }
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await.last_seq, RoomSeq(0));
}

pub(crate) async fn the_chat_list_pages_by_room(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let first = staff.store.chat_list(staff.drew, None, 1).await.unwrap();
    assert_eq!((first.rooms[0].room_id, first.has_more), (staff.ana_drew, true));
    let second = staff.store.chat_list(staff.drew, Some(staff.ana_drew), 1).await.unwrap();
    assert_eq!((second.rooms[0].room_id, second.has_more), (staff.ben_drew, false));
    assert_eq!(second.cursor, staff.head(staff.drew).await);
    assert_eq!(staff.store.chat_list(staff.ana, None, 50).await.unwrap().rooms.len(), 1);
}

pub(crate) async fn a_room_shows_each_member_the_other(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (message, _) = staff.say(staff.ana, staff.ana_drew, "hello").await;
    let seen = staff.room_of(staff.drew, staff.ana_drew).await;
    assert_eq!((seen.other.account_id, seen.other.role), (staff.ana.account_id, Role::Patient));
    assert_eq!((seen.unread_count, seen.writable, seen.last_seq), (1, true, RoomSeq(1)));
    assert_eq!(seen.last_message.unwrap().id, message.id);
    assert_eq!(seen.url, format!("/chat/room/{}/", staff.ana_drew));
    let own = staff.room_of(staff.ana, staff.ana_drew).await;
    assert_eq!((own.other.account_id, own.unread_count), (staff.drew.account_id, 0));
    assert_eq!(own.room_rev, message.rev);
}

pub(crate) async fn a_former_member_reads_on_and_writes_no_more(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.drew, staff.ana_drew, "one").await;
    let before = staff.head(staff.ana).await;
    let ended = staff.store.end_link(None, "ana", "drew").await.unwrap();
    assert_eq!(ended, EndLinkOutcome::Ended);
    assert_eq!(staff.store.end_link(None, "ana", "drew").await.unwrap(), EndLinkOutcome::NotLinked);

    assert_eq!(staff.texts(staff.ana, staff.ana_drew).await, ["one"]);
    assert!(!staff.room_of(staff.ana, staff.ana_drew).await.writable);
    let sent = staff.store.send_message(staff.ana, staff.command(staff.ana_drew, "two")).await.unwrap();
    assert_eq!(sent, SendOutcome::Forbidden);
    assert_eq!(staff.texts(staff.drew, staff.ana_drew).await, ["one"]);
    assert_eq!(staff.read(staff.ana, staff.ana_drew, 1).await.1, 1);
    assert_eq!(staff.events(staff.ana, &before).await.len(), 2, "the room changed, then the mark");
    assert_eq!(staff.store.people(staff.ana).await.unwrap(), []);
}

pub(crate) async fn ending_a_link_without_a_room_is_told_to_both(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.store.link(None, "ana", "eve").await.unwrap();
    let (ana, eve) = (staff.head(staff.ana).await, staff.head(staff.eve).await);
    staff.store.end_link(None, "ana", "eve").await.unwrap();
    for (actor, before) in [(staff.ana, ana), (staff.eve, eve)] {
        let events = staff.events(actor, &before).await;
        assert_eq!(events.iter().map(|event| &event.change).collect::<Vec<_>>(), [&Change::Gone]);
    }
}

pub(crate) async fn a_renewed_link_opens_the_room_again(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.drew, staff.ana_drew, "one").await;
    staff.store.end_link(Some(staff.root), "ana", "drew").await.unwrap();
    staff.store.link(Some(staff.root), "ana", "drew").await.unwrap();
    assert_eq!(staff.opened(staff.ana, staff.drew).await, staff.ana_drew);
    staff.say(staff.ana, staff.ana_drew, "two").await;
    assert_eq!(staff.texts(staff.drew, staff.ana_drew).await, ["one", "two"]);
}
