use bedside_protocol::feed::Change;
use bedside_protocol::wire::{Archive, FlagsWish, Mute, Room, SetFlags};
use bedside_protocol::{RoomId, RoomSeq, Timestamp, WishNumber};
use bedside_server::store::{Actor, Delivery, FlagsCommand, FlagsOutcome};

use crate::support::{Clinic, Staff};

pub(crate) const PIN: SetFlags =
    SetFlags { pinned: Some(true), muted: None, archived: None, marked_unread: None };
pub(crate) const UNREAD: SetFlags = SetFlags { pinned: None, marked_unread: Some(true), ..PIN };

fn archive(place: i64) -> SetFlags {
    SetFlags { archived: Some(Archive::UpTo(RoomSeq(place))), ..SetFlags::default() }
}

impl Staff {
    pub(crate) async fn try_set(&self, actor: Actor, room_id: RoomId, set: SetFlags) -> FlagsOutcome {
        let command = FlagsCommand { room_id, wish: set.into(), now: self.runtime.now() };
        self.store.set_flags(actor, command).await.unwrap()
    }

    async fn set(&self, actor: Actor, set: SetFlags) -> (Room, Vec<Delivery>) {
        self.wish(actor, set.into()).await
    }

    async fn wish(&self, actor: Actor, wish: FlagsWish) -> (Room, Vec<Delivery>) {
        let command = FlagsCommand { room_id: self.ana_drew, wish, now: self.runtime.now() };
        match self.store.set_flags(actor, command).await.unwrap() {
            FlagsOutcome::Set { room, deliveries } => (*room, deliveries),
            FlagsOutcome::NotFound => panic!("not found"),
        }
    }
}

pub(crate) async fn a_room_is_set_up_for_oneself_alone(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    let (head, others) = (staff.head(staff.ana).await, staff.room_of(staff.ana, staff.ana_drew).await);
    let cursor = staff.head(staff.drew).await;
    let until = Mute::Until(Timestamp(1_795_363_200_000));
    let all = SetFlags {
        pinned: Some(true),
        muted: Some(until),
        archived: Some(Archive::UpTo(RoomSeq(1))),
        marked_unread: Some(true),
    };
    let (room, deliveries) = staff.set(staff.drew, all).await;
    let flags = room.flags;
    assert_eq!((flags.pinned, flags.muted, flags.marked_unread), (true, until, true));
    assert_eq!(flags.archived, Archive::UpTo(RoomSeq(1)));
    assert_eq!(staff.room_of(staff.drew, staff.ana_drew).await, room);
    let [delivery] = &deliveries[..] else { panic!("{deliveries:?}") };
    assert_eq!(delivery.account_id, staff.drew.account_id);
    assert_eq!(delivery.event.change, Change::Room { room: Box::new(room) });
    assert_eq!(staff.events(staff.drew, &cursor).await, std::slice::from_ref(&delivery.event));
    assert_eq!(staff.head(staff.ana).await, head, "the other's feed stays silent");
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await, others, "and nothing shows");
}

pub(crate) async fn what_is_not_named_stays_and_what_is_so_already_tells_nobody(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (first, _) = staff.set(staff.drew, PIN).await;
    let (second, _) = staff.set(staff.drew, UNREAD).await;
    assert!(second.flags.pinned && second.flags.marked_unread && second.flags.rev > first.flags.rev);
    let head = staff.head(staff.drew).await;
    let (again, deliveries) = staff.set(staff.drew, PIN.then(UNREAD)).await;
    assert_eq!((again, deliveries.len()), (second, 0));
    assert_eq!(staff.head(staff.drew).await, head);
}

pub(crate) async fn nothing_is_archived_beyond_the_end_and_the_next_message_brings_it_back(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    let (room, _) = staff.set(staff.drew, archive(i64::MAX)).await;
    assert!(room.flags.archived.holds(room.last_seq));
    staff.say(staff.ana, staff.ana_drew, "b").await;
    let room = staff.room_of(staff.drew, staff.ana_drew).await;
    assert!(!room.flags.archived.holds(room.last_seq));
    let (room, _) = staff.set(staff.drew, archive(-5)).await;
    assert_eq!(room.flags.archived, Archive::UpTo(RoomSeq(0)));
}

pub(crate) async fn reading_on_takes_marked_unread_away_and_a_late_mark_does_not(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    staff.read(staff.drew, staff.ana_drew, 1).await;
    staff.set(staff.drew, UNREAD).await;
    let head = staff.head(staff.ana).await;
    staff.read(staff.drew, staff.ana_drew, 1).await;
    assert!(staff.room_of(staff.drew, staff.ana_drew).await.flags.marked_unread, "nothing new was read");
    assert_eq!(staff.head(staff.ana).await, head);
    staff.say(staff.ana, staff.ana_drew, "b").await;
    let cursor = staff.head(staff.drew).await;
    let (outcome, _) = staff.read(staff.drew, staff.ana_drew, 2).await;
    let room = staff.room_of(staff.drew, staff.ana_drew).await;
    assert!(!room.flags.marked_unread && !room.my_read.marked_unread);
    let bedside_server::store::ReadOutcome::Marked { mut deliveries, .. } = outcome else { panic!() };
    deliveries.retain(|delivery| delivery.account_id == staff.drew.account_id);
    let told: Vec<_> = deliveries.into_iter().map(|delivery| delivery.event).collect();
    assert_eq!(staff.events(staff.drew, &cursor).await, told, "a delivery is what the feed says");
    assert_eq!(told.len(), 2);
}

fn numbered(set: SetFlags, number: i64) -> FlagsWish {
    FlagsWish { set, number: Some(WishNumber(number)) }
}

pub(crate) async fn a_wish_that_comes_late_or_again_changes_nothing(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let unpin = SetFlags { pinned: Some(false), ..SetFlags::default() };
    let (pinned, _) = staff.wish(staff.drew, numbered(PIN, 1)).await;
    staff.set(staff.drew, unpin).await;
    let (again, deliveries) = staff.wish(staff.drew, numbered(PIN, 1)).await;
    assert!(pinned.flags.pinned && !again.flags.pinned && deliveries.is_empty(), "it was done before");
    staff.wish(staff.drew, numbered(unpin, 3)).await;
    let head = staff.head(staff.drew).await;
    let (late, deliveries) = staff.wish(staff.drew, numbered(PIN.then(UNREAD), 2)).await;
    assert!(late == again && deliveries.is_empty(), "what holds now is the answer");
    assert_eq!(staff.head(staff.drew).await, head);
    let (next, _) = staff.wish(staff.drew, numbered(PIN, 4)).await;
    assert!(next.flags.pinned && !next.flags.marked_unread);
}

pub(crate) async fn wishes_are_counted_by_device_and_room(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.wish(staff.drew, numbered(PIN, 9)).await;
    let desk = staff.drew;
    let other = staff.sign_in(desk.account_id).await.1.actor;
    assert_ne!(other.device_id, desk.device_id);
    let (room, _) = staff.wish(other, numbered(UNREAD, 1)).await;
    assert!(room.flags.pinned && room.flags.marked_unread);
    let wish = numbered(PIN, 1);
    let command = FlagsCommand { room_id: staff.ben_drew, wish, now: staff.runtime.now() };
    let FlagsOutcome::Set { room, .. } = staff.store.set_flags(desk, command).await.unwrap() else {
        panic!()
    };
    assert!(room.flags.pinned);
}

pub(crate) async fn a_strangers_room_is_not_set_up_and_a_former_members_is(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for stranger in [staff.ben, staff.eve, staff.root] {
        assert_eq!(staff.try_set(stranger, staff.ana_drew, PIN).await, FlagsOutcome::NotFound);
    }
    assert_eq!(staff.try_set(staff.drew, RoomId(999), PIN).await, FlagsOutcome::NotFound);
    staff.say(staff.ana, staff.ana_drew, "a").await;
    staff.store.end_link(None, "ana", "drew").await.unwrap();
    let (room, _) = staff.set(staff.drew, archive(1)).await;
    assert!(room.flags.archived.holds(room.last_seq) && !room.writable);
}
