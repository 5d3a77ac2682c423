use bedside_protocol::feed::Change;
use bedside_server::store::ReadOutcome;

use crate::support::Clinic;

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
