use bedside_protocol::{Rev, RoomSeq};
use bedside_server::store::PageRequest;
use bedside_server::store::model::PageRange;

use crate::support::{Clinic, Staff};

async fn with_messages(clinic: Clinic, count: i64) -> Staff {
    let staff = clinic.staffed().await;
    for n in 1..=count {
        let actor = if n % 2 == 0 { staff.ana } else { staff.drew };
        staff.say(actor, staff.ana_drew, &n.to_string()).await;
    }
    staff
}

async fn places(staff: &Staff, range: PageRange, limit: u32) -> (Vec<i64>, bool) {
    let request = PageRequest { range, limit };
    let page = staff.store.messages(staff.ana, staff.ana_drew, request).await.unwrap().unwrap();
    (page.messages.iter().map(|row| row.message.room_seq.get()).collect(), page.has_more)
}

pub(crate) async fn the_latest_page_ends_with_the_newest_message(clinic: Clinic) {
    let staff = with_messages(clinic, 7).await;
    assert_eq!(places(&staff, PageRange::Latest, 3).await, (vec![5, 6, 7], true));
    assert_eq!(places(&staff, PageRange::Latest, 7).await, ((1..=7).collect(), false));
}

pub(crate) async fn pages_backwards_and_forwards_meet(clinic: Clinic) {
    let staff = with_messages(clinic, 7).await;
    assert_eq!(places(&staff, PageRange::Before(RoomSeq(5)), 3).await, (vec![2, 3, 4], true));
    assert_eq!(places(&staff, PageRange::Before(RoomSeq(2)), 3).await, (vec![1], false));
    assert_eq!(places(&staff, PageRange::Before(RoomSeq(i64::MIN)), 3).await, (vec![], false));
    assert_eq!(places(&staff, PageRange::After(RoomSeq(2)), 3).await, (vec![3, 4, 5], true));
    assert_eq!(places(&staff, PageRange::After(RoomSeq(5)), 3).await, (vec![6, 7], false));
    assert_eq!(places(&staff, PageRange::After(RoomSeq(7)), 3).await, (vec![], false));
}

pub(crate) async fn a_page_says_what_changed_after_a_revision(clinic: Clinic) {
    let staff = with_messages(clinic, 4).await;
    let request = PageRequest { range: PageRange::Latest, limit: 50 };
    let page = staff.store.messages(staff.ana, staff.ana_drew, request).await.unwrap().unwrap();
    assert_eq!((page.last_seq, page.room_rev), (RoomSeq(4), page.messages[3].message.rev));
    let second = page.messages[1].message.rev;
    assert_eq!(places(&staff, PageRange::ChangedAfter(second), 1).await, (vec![3], true));
    assert_eq!(places(&staff, PageRange::ChangedAfter(second), 5).await, (vec![3, 4], false));
    assert_eq!(places(&staff, PageRange::ChangedAfter(Rev(page.room_rev.get())), 5).await, (vec![], false));
}

pub(crate) async fn a_message_is_read_when_the_others_mark_covers_it(clinic: Clinic) {
    let staff = with_messages(clinic, 4).await; // Drew wrote 1 and 3, Ana 2 and 4.
    staff.read(staff.ana, staff.ana_drew, 1).await;
    staff.read(staff.drew, staff.ana_drew, 2).await;
    let read = |page: Vec<bedside_protocol::wire::PageMessage>| {
        page.into_iter().map(|row| row.is_read).collect::<Vec<_>>()
    };
    let ana = staff.page(staff.ana, staff.ana_drew, PageRange::Latest).await;
    let drew = staff.page(staff.drew, staff.ana_drew, PageRange::Latest).await;
    assert_eq!(read(ana), [true, true, false, false]);
    assert_eq!(read(drew), [true, true, false, false]);
}
