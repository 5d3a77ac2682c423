use bedside_protocol::wire::Receipt;
use bedside_protocol::{MessageId, RoomSeq, Timestamp};
use bedside_server::store::{Actor, ReadCommand};

use crate::support::{Clinic, START, Staff};

const fn at(second: i64) -> Timestamp {
    Timestamp(START.0 + second * 1_000)
}

#[derive(Clone, Copy)]
enum Mark {
    Delivered,
    Read,
}

async fn mark(staff: &Staff, actor: Actor, mark: Mark, up_to: i64, second: i64) {
    let command = ReadCommand { room_id: staff.ana_drew, up_to: RoomSeq(up_to), now: at(second) };
    match mark {
        Mark::Delivered => staff.store.mark_delivered(actor, command).await.unwrap(),
        Mark::Read => staff.store.mark_read(actor, command).await.unwrap(),
    };
}

async fn receipts(staff: &Staff, actor: Actor, message: MessageId) -> Option<Vec<Receipt>> {
    staff.store.receipts(actor, staff.ana_drew, message).await.unwrap()
}

pub(crate) async fn an_author_learns_when_a_message_was_delivered_and_read(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let message = staff.say(staff.ana, staff.ana_drew, "a").await.0.id;
    let account_id = staff.drew.account_id;
    let nothing = Receipt { account_id, delivered: false, delivered_at: None, read: false, read_at: None };
    assert_eq!(receipts(&staff, staff.ana, message).await, Some(vec![nothing.clone()]));
    mark(&staff, staff.drew, Mark::Delivered, 1, 5).await;
    let there = Receipt { delivered: true, delivered_at: Some(at(5)), ..nothing };
    assert_eq!(receipts(&staff, staff.ana, message).await, Some(vec![there.clone()]));
    mark(&staff, staff.drew, Mark::Read, 1, 9).await;
    let seen = Receipt { read: true, read_at: Some(at(9)), ..there };
    assert_eq!(receipts(&staff, staff.ana, message).await, Some(vec![seen]));
}

pub(crate) async fn only_its_author_learns_what_became_of_a_message(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let message = staff.say(staff.ana, staff.ana_drew, "a").await.0.id;
    mark(&staff, staff.drew, Mark::Read, 1, 5).await;
    assert_eq!(receipts(&staff, staff.drew, message).await, Some(Vec::new()), "oneself knows");
    for stranger in [staff.ben, staff.eve, staff.root] {
        assert_eq!(receipts(&staff, stranger, message).await, None);
    }
    assert_eq!(receipts(&staff, staff.ana, MessageId(999)).await, None);
    let elsewhere = staff.store.receipts(staff.drew, staff.ben_drew, message).await.unwrap();
    assert_eq!(elsewhere, None, "a message is asked about in its own room only");
}

pub(crate) async fn a_moment_is_the_first_that_covered_the_message(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let mut messages = Vec::new();
    for text in ["a", "b", "c"] {
        messages.push(staff.say(staff.ana, staff.ana_drew, text).await.0.id);
    }
    mark(&staff, staff.drew, Mark::Delivered, 1, 1).await;
    mark(&staff, staff.drew, Mark::Read, 2, 2).await; // Never said to be delivered: read is more.
    mark(&staff, staff.drew, Mark::Delivered, 2, 3).await;
    mark(&staff, staff.drew, Mark::Read, 2, 4).await;
    mark(&staff, staff.drew, Mark::Delivered, 3, 5).await;
    let mut moments = Vec::new();
    for message in messages {
        let receipt = receipts(&staff, staff.ana, message).await.unwrap().remove(0);
        moments.push((receipt.delivered_at, receipt.read_at));
    }
    let (one, two, five) = (Some(at(1)), Some(at(2)), Some(at(5)));
    assert_eq!(moments, [(one, two), (two, two), (five, None)]);
}

pub(crate) async fn a_moment_stays_right_among_messages_of_ones_own(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let first = staff.say(staff.ana, staff.ana_drew, "a").await.0.id;
    mark(&staff, staff.drew, Mark::Read, 1, 1).await;
    staff.say(staff.drew, staff.ana_drew, "b").await;
    mark(&staff, staff.drew, Mark::Read, 2, 2).await;
    let second = staff.say(staff.ana, staff.ana_drew, "c").await.0.id;
    mark(&staff, staff.drew, Mark::Delivered, 3, 3).await;
    mark(&staff, staff.drew, Mark::Read, 3, 4).await;
    let mut moments = Vec::new();
    for message in [first, second] {
        let receipt = receipts(&staff, staff.ana, message).await.unwrap().remove(0);
        moments.push((receipt.delivered_at, receipt.read_at));
    }
    assert_eq!(moments, [(Some(at(1)), Some(at(1))), (Some(at(3)), Some(at(4)))]);
}
