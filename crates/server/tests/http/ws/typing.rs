//! Typing: told to the other in the room who is connected, and to nobody else.

use std::time::Duration;

use bedside_server::store::Store as _;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn the_other_sees_that_one_types_and_stops() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut here, _) = app.greeted(&ana, None).await;
    let (mut there, _) = app.greeted(&drew, None).await;
    let types = |typing: bool| json!({ "type": "typing", "room_id": app.ana_drew, "typing": typing });
    here.send(&types(true)).await;
    let seen = there.next().await;
    let expected = json!({
        "type": "typing", "room_id": app.ana_drew, "account_id": ana.account_id, "typing": true,
    });
    assert_eq!(seen, expected);
    app.wait(Duration::from_secs(1)).await;
    here.send(&types(false)).await;
    assert_eq!(there.next().await["typing"], false);
    assert!(here.is_silent().await, "oneself is not told");
}

#[tokio::test(start_paused = true)]
async fn what_comes_too_fast_is_dropped_and_delays_nothing() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut here, _) = app.greeted(&ana, None).await;
    let (mut there, _) = app.greeted(&drew, None).await;
    let types = json!({ "type": "typing", "room_id": app.ana_drew, "typing": true });
    here.send(&types).await;
    assert_eq!(there.next().await["typing"], true);
    for _ in 0..10 {
        here.send(&types).await;
    }
    app.say(&ana, app.ana_drew, "done").await;
    assert_eq!(there.next().await["type"], "events", "no second one before the message");
    app.wait(Duration::from_secs(1)).await;
    here.send(&types).await;
    assert_eq!(there.next().await["type"], "typing", "said again, it is told again");
}

#[tokio::test(start_paused = true)]
async fn who_stops_at_once_does_not_seem_to_go_on() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut here, _) = app.greeted(&ana, None).await;
    let (mut there, _) = app.greeted(&drew, None).await;
    let says = |typing: bool| json!({ "type": "typing", "room_id": app.ana_drew, "typing": typing });
    for typing in [false, true] {
        here.send(&says(typing)).await;
    }
    // From here on the server knows whom to tell: what it asked the store for may take its time.
    assert_eq!(there.next().await["typing"], true);
    for typing in [false, true, false, false, true] {
        here.send(&says(typing)).await;
    }
    assert_eq!(there.next().await["typing"], false);
    assert!(there.is_silent().await, "and what comes too fast after that is dropped");
}

#[tokio::test(start_paused = true)]
async fn nobody_types_in_a_strangers_room_or_where_the_link_has_ended() {
    let app = TestApp::new().await;
    let (ana, ben, drew) = (app.native("ana").await, app.native("ben").await, app.native("drew").await);
    let (mut stranger, _) = app.greeted(&ben, None).await;
    let (mut there, _) = app.greeted(&drew, None).await;
    let types = json!({ "type": "typing", "room_id": app.ana_drew, "typing": true });
    stranger.send(&types).await;
    assert!(stranger.is_silent().await, "nor is it said that there is such a room");
    assert!(there.is_silent().await);
    app.store.end_link(None, "ana", "drew").await.unwrap();
    let (mut here, _) = app.greeted(&ana, None).await;
    here.send(&types).await;
    assert!(there.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_page_sees_and_says_it_by_simple_frames() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.browser("drew").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let mut here = app.page_socket(&ana, &path).await.unwrap();
    let mut plain = app.page_socket(&drew, &path).await.unwrap();
    let mut all = app.page_socket(&drew, &format!("{path}?events=all")).await.unwrap();
    here.send(&json!({ "type": "typing" })).await;
    let seen = all.next().await;
    assert_eq!((&seen["type"], &seen["typing"]), (&json!("typing"), &json!(true)));
    assert!(plain.is_silent().await, "the described page knows messages only");
}

#[tokio::test(start_paused = true)]
async fn it_is_told_across_servers() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, two.native("drew").await);
    let (mut here, _) = one.greeted(&ana, None).await;
    let (mut there, _) = two.greeted(&drew, None).await;
    here.send(&json!({ "type": "typing", "room_id": one.ana_drew, "typing": true })).await;
    assert_eq!(there.next().await["type"], "typing");
}
