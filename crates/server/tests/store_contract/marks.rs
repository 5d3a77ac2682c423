use bedside_protocol::feed::Change;
use bedside_protocol::{RoomId, RoomSeq};
use bedside_server::store::{Actor, ReadCommand, ReadOutcome};

use crate::support::{Clinic, Staff};

fn deliveries(outcome: &ReadOutcome) -> usize {
    match outcome {
        ReadOutcome::Marked { deliveries, .. } => deliveries.len(),
        ReadOutcome::NotFound => panic!("not found"),
    }
}

pub(crate) async fn a_read_mark_never_moves_back(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for text in ["a", "b", "c"] {
        staff.say(staff.ana, staff.ana_drew, text).await;
    }
    assert_eq!(staff.read(staff.drew, staff.ana_drew, 2).await.1, 2);
    assert_eq!(staff.read(staff.drew, staff.ana_drew, 1).await.1, 2);
    assert_eq!(staff.read(staff.drew, staff.ana_drew, -4).await.1, 2);
    assert_eq!(staff.room_of(staff.drew, staff.ana_drew).await.unread_count, 1);
}

pub(crate) async fn a_mark_beyond_the_end_counts_as_the_end(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    assert_eq!(staff.read(staff.drew, staff.ana_drew, i64::MAX).await.1, 1);
    staff.say(staff.ana, staff.ana_drew, "b").await;
    assert_eq!(staff.room_of(staff.drew, staff.ana_drew).await.unread_count, 1);
}

pub(crate) async fn marking_what_is_marked_tells_nobody(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    assert_eq!(deliveries(&staff.read(staff.drew, staff.ana_drew, 1).await.0), 2);
    let (head, room) = (staff.head(staff.ana).await, staff.room_of(staff.ana, staff.ana_drew).await);
    assert_eq!(deliveries(&staff.read(staff.drew, staff.ana_drew, 1).await.0), 0);
    assert_eq!(staff.head(staff.ana).await, head);
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await, room);
}

pub(crate) async fn ones_own_messages_are_never_unread(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    staff.say(staff.drew, staff.ana_drew, "b").await;
    staff.say(staff.ana, staff.ana_drew, "c").await;
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await.unread_count, 1);
    assert_eq!(staff.room_of(staff.drew, staff.ana_drew).await.unread_count, 2);
}

pub(crate) async fn both_members_learn_of_a_mark(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    let cursors = [(staff.ana, staff.head(staff.ana).await), (staff.drew, staff.head(staff.drew).await)];
    let (outcome, _) = staff.read(staff.drew, staff.ana_drew, 1).await;
    let ReadOutcome::Marked { read_mark, deliveries, .. } = outcome else { panic!("not found") };
    for ((actor, cursor), delivery) in cursors.iter().zip(&deliveries) {
        let events = staff.events(*actor, cursor).await;
        assert_eq!(events, std::slice::from_ref(&delivery.event));
        assert_eq!(events[0].change, Change::ReadMark { read_mark: read_mark.clone() });
    }
    assert_eq!(read_mark.rev, staff.room_of(staff.ana, staff.ana_drew).await.room_rev);
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await.other_read, read_mark);
}

pub(crate) async fn unread_counts_add_up_over_all_rooms(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for _ in 0..3 {
        staff.say(staff.ana, staff.ana_drew, "a").await;
    }
    staff.say(staff.ben, staff.ben_drew, "b").await;
    staff.read(staff.drew, staff.ana_drew, 1).await;
    assert_eq!(staff.store.unread(staff.drew).await.unwrap(), 3);
    assert_eq!(staff.store.chat_list(staff.drew, None, 1).await.unwrap().unread, 3);
    assert_eq!(staff.store.unread(staff.ana).await.unwrap(), 0);
}

async fn delivered(staff: &Staff, actor: Actor, room_id: RoomId, up_to: i64) -> ReadOutcome {
    let command = ReadCommand { room_id, up_to: RoomSeq(up_to), now: staff.runtime.now() };
    staff.store.mark_delivered(actor, command).await.unwrap()
}

pub(crate) async fn a_delivered_mark_moves_forward_reads_nothing_and_is_told_to_both(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for text in ["a", "b", "c"] {
        staff.say(staff.ana, staff.ana_drew, text).await;
    }
    let list = staff.room_of(staff.ana, staff.ana_drew).await.updated_at;
    let cursors = [(staff.ana, staff.head(staff.ana).await), (staff.drew, staff.head(staff.drew).await)];
    let outcome = delivered(&staff, staff.drew, staff.ana_drew, 2).await;
    let ReadOutcome::Marked { read_mark, unread_count, deliveries } = outcome else { panic!("not found") };
    assert_eq!((read_mark.up_to, read_mark.delivered_to, unread_count), (RoomSeq(0), RoomSeq(2), 3));
    for ((actor, cursor), delivery) in cursors.iter().zip(&deliveries) {
        assert_eq!(staff.events(*actor, cursor).await, std::slice::from_ref(&delivery.event));
        assert_eq!(delivery.event.change, Change::ReadMark { read_mark: read_mark.clone() });
    }
    let room = staff.room_of(staff.ana, staff.ana_drew).await;
    assert_eq!((&room.other_read, room.room_rev), (&read_mark, read_mark.rev));
    assert_eq!(room.updated_at, list, "a mark moves nothing in anybody's list");
    for repeated in [2, 1, -3] {
        let outcome = delivered(&staff, staff.drew, staff.ana_drew, repeated).await;
        assert_eq!(deliveries_and_place(&outcome), (0, RoomSeq(2)), "{repeated}");
    }
    let beyond = delivered(&staff, staff.drew, staff.ana_drew, i64::MAX).await;
    assert_eq!(deliveries_and_place(&beyond), (2, RoomSeq(3)), "beyond the end counts as the end");
}

fn deliveries_and_place(outcome: &ReadOutcome) -> (usize, RoomSeq) {
    let ReadOutcome::Marked { read_mark, .. } = outcome else { panic!("not found") };
    (deliveries(outcome), read_mark.delivered_to)
}

pub(crate) async fn what_is_read_has_been_delivered(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for text in ["a", "b"] {
        staff.say(staff.ana, staff.ana_drew, text).await;
    }
    staff.read(staff.drew, staff.ana_drew, 2).await;
    assert_eq!(staff.room_of(staff.ana, staff.ana_drew).await.other_read.delivered_to, RoomSeq(2));
    let late = delivered(&staff, staff.drew, staff.ana_drew, 2).await;
    assert_eq!(deliveries(&late), 0, "nobody is told what follows from the read mark");
}

pub(crate) async fn nobody_marks_a_strangers_room_as_delivered(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    for stranger in [staff.ben, staff.eve, staff.root] {
        assert_eq!(delivered(&staff, stranger, staff.ana_drew, 1).await, ReadOutcome::NotFound);
    }
    assert_eq!(delivered(&staff, staff.ana, RoomId(999), 1).await, ReadOutcome::NotFound);
}
