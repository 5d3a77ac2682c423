use bedside_protocol::{Cursor, Epoch, Timestamp, limits};
use bedside_server::store::{AccountChange, FeedSlice, Greeting, TokenHash};

use crate::support::{Clinic, DAY_MS, START, Staff};

async fn greeted(staff: &Staff, token: &TokenHash, after: Option<Cursor>) -> Greeting {
    staff.store.greet(token, after, staff.runtime.now()).await.unwrap().expect("a live session")
}

pub(crate) async fn a_greeting_says_who_and_where(clinic: Clinic) {
    let staff = clinic.staffed().await;
    for actor in [staff.ana, staff.drew, staff.eve, staff.root] {
        let (token, session) = staff.sign_in(actor.account_id).await;
        let account = staff.store.account(session.actor).await.unwrap().unwrap();
        let head = staff.head(actor).await;
        assert_eq!(greeted(&staff, &token, None).await, Greeting { session, account, head, missed: None });
    }
}

pub(crate) async fn a_greeting_tells_what_was_missed(clinic: Clinic) {
    let staff = clinic.staffed().await;
    staff.say(staff.ana, staff.ana_drew, "a").await;
    staff.say(staff.ben, staff.ben_drew, "b").await;
    staff.read(staff.drew, staff.ana_drew, 1).await;
    staff.store.end_link(None, "ben", "drew").await.unwrap();
    let (token, session) = staff.sign_in(staff.drew.account_id).await;
    let head = staff.head(staff.drew).await;
    let places = [0, 1, 3, 6, head.feed_seq.get(), head.feed_seq.get() + 1, -1, i64::MAX, i64::MIN];
    let other = Cursor { epoch: Epoch("another".to_owned()), ..head.clone() };
    for after in places.map(|place| staff.cursor(place)).into_iter().chain([other]) {
        let slice = staff.store.feed(session.actor, after.clone(), limits::FEED_PAGE_MAX).await.unwrap();
        let greeting = greeted(&staff, &token, Some(after.clone())).await;
        assert_eq!((&greeting.head, greeting.missed), (&head, Some(slice)), "{after:?}");
    }
    let Some(FeedSlice::Events { events, .. }) = greeted(&staff, &token, Some(staff.cursor(0))).await.missed
    else {
        panic!("asked to resync")
    };
    assert_eq!(events.len(), usize::try_from(head.feed_seq.get()).unwrap());
}

pub(crate) async fn a_long_absence_is_greeted_with_a_page(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let (token, _) = staff.sign_in(staff.ana.account_id).await;
    let before = staff.head(staff.ana).await;
    let page = i64::from(limits::FEED_PAGE_MAX);
    for _ in 0..=page {
        staff.say(staff.ana, staff.ana_drew, "a").await;
    }
    let greeting = greeted(&staff, &token, Some(before.clone())).await;
    let Some(FeedSlice::Events { events, head }) = greeting.missed else { panic!("asked to resync") };
    assert_eq!(head.get(), before.feed_seq.get() + page + 1);
    let places: Vec<_> = events.iter().map(|event| event.feed_seq.get()).collect();
    let first = before.feed_seq.get() + 1;
    assert_eq!(places, (first..first + page).collect::<Vec<_>>());
}

pub(crate) async fn only_a_live_session_is_greeted_and_it_is_left_as_it_is(clinic: Clinic) {
    let staff = clinic.staffed().await;
    let greet = async |token: &TokenHash, days: i64| {
        let at = Timestamp(START.millis() + days * DAY_MS);
        staff.store.greet(token, Some(staff.cursor(0)), at).await.unwrap().is_some()
    };
    assert!(!greet(&TokenHash([0xEE; 32]), 0).await);
    let (token, session) = staff.sign_in(staff.ana.account_id).await;
    assert!(greet(&token, 29).await);
    assert!(!greet(&token, 30).await, "being greeted does not move its end");
    assert!(greet(&token, 0).await, "nor does being late end it");
    staff.store.end_session(session.actor, START).await.unwrap();
    assert!(!greet(&token, 0).await);
    let (token, _) = staff.sign_in(staff.ben.account_id).await;
    assert!(greet(&token, 0).await);
    staff.store.change_account(None, "ben", AccountChange::Disable).await.unwrap();
    assert!(!greet(&token, 0).await);
}
