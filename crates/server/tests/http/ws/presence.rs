//! Presence: told to those who share a room one writes in, and of nobody who hides it.

use std::time::Duration;

use bedside_server::store::Store as _;
use serde_json::{Value, json};

use crate::support::{Native, TestApp};

/// Longer than a moment's absence, shorter than any look at the store.
const A_WHILE: Duration = Duration::from_secs(12);
/// Longer than a dead server's word holds.
const LONG: Duration = Duration::from_secs(60);

async fn hide(app: &TestApp, who: &Native, hide_presence: bool) {
    let wish = json!({ "hide_presence": hide_presence });
    let answer = app.post("/accounts/preferences/").native(who).json(&wish).send().await;
    assert_eq!((answer.status, answer.json()), (http::StatusCode::OK, wish));
}

fn here() -> Value {
    json!({ "online": true })
}

fn unknown() -> Value {
    json!({ "online": false })
}

#[tokio::test(start_paused = true)]
async fn the_other_is_told_that_one_has_come_and_gone() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut there, _) = app.greeted(&drew, None).await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    assert_eq!(socket.presence().await, (drew.account_id, here()), "who was there already");
    assert_eq!(there.presence().await, (ana.account_id, here()));
    let left_at = app.runtime.now();
    drop(socket);
    let told = there.presence().await;
    assert_eq!(told, (ana.account_id, json!({ "online": false, "last_seen": left_at })));
    let waited = app.runtime.now().0 - left_at.0;
    assert!((10_000..12_000).contains(&waited), "{waited} ms later");
}

#[tokio::test(start_paused = true)]
async fn who_reconnects_was_never_away() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut there, _) = app.greeted(&drew, None).await;
    let (socket, _) = app.greeted(&ana, None).await;
    there.presence().await;
    drop(socket);
    app.wait(Duration::from_secs(8)).await;
    let _back = app.greeted(&ana, None).await;
    assert!(there.tells_no_presence_for(LONG).await);
}

#[tokio::test(start_paused = true)]
async fn a_stranger_and_somebody_without_a_room_are_not_told() {
    let app = TestApp::new().await;
    let (ben, eve) = (app.native("ben").await, app.native("eve").await);
    let (mut stranger, _) = app.greeted(&ben, None).await; // Ben knows Eve, not Ana nor Drew.
    let (mut without_room, _) = app.greeted(&eve, None).await; // Linked with Ana, with no room yet.
    assert_eq!(stranger.presence().await.0, eve.account_id);
    assert_eq!(without_room.presence().await.0, ben.account_id);
    let ana = app.native("ana").await;
    let _socket = app.greeted(&ana, None).await;
    assert!(stranger.tells_no_presence_for(A_WHILE).await);
    assert!(without_room.tells_no_presence_for(A_WHILE).await);
    app.open_room(&ana, &eve).await;
    let mut told = without_room.presence().await;
    while told.0 != ana.account_id {
        told = without_room.presence().await; // Ben is said to be there once more.
    }
    assert_eq!(told.1, here(), "now they share one");
}

#[tokio::test(start_paused = true)]
async fn once_the_link_has_ended_nothing_is_told() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    app.store.end_link(None, "ana", "drew").await.unwrap();
    let (mut there, _) = app.greeted(&drew, None).await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    assert!(there.tells_no_presence_for(A_WHILE).await);
    assert!(socket.tells_no_presence_for(A_WHILE).await);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_ends_while_both_are_connected_ends_it() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let (mut there, _) = one.greeted(&drew, None).await;
    let (socket, _) = two.greeted(&ana, None).await;
    assert_eq!(there.presence().await, (ana.account_id, here()));
    one.store.end_link(None, "ana", "drew").await.unwrap();
    one.wait(Duration::from_secs(30)).await; // Both have looked at the store by then.
    drop(socket);
    assert!(there.tells_no_presence_for(LONG).await);
}

#[tokio::test(start_paused = true)]
async fn who_hides_is_not_told_of_and_is_told_of_nobody() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    hide(&app, &ana, true).await;
    let (mut there, _) = app.greeted(&drew, None).await;
    let (mut socket, _) = app.greeted(&ana, None).await;
    assert!(there.tells_no_presence_for(A_WHILE).await);
    assert!(socket.tells_no_presence_for(A_WHILE).await);
    drop(socket);
    assert!(there.tells_no_presence_for(LONG).await);
    let (mut again, _) = app.greeted(&drew, None).await;
    assert!(again.tells_no_presence_for(A_WHILE).await, "nor when they were seen");
}

#[tokio::test(start_paused = true)]
async fn hiding_oneself_takes_effect_at_once_on_every_server() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let (mut there, _) = one.greeted(&drew, None).await;
    let (mut socket, _) = two.greeted(&ana, None).await;
    assert_eq!(there.presence().await, (ana.account_id, here()));
    let began = one.runtime.monotonic();
    hide(&one, &ana, true).await;
    assert_eq!(there.presence().await, (ana.account_id, unknown()));
    hide(&one, &ana, false).await;
    assert_eq!(there.presence().await, (ana.account_id, here()));
    assert!(one.runtime.monotonic() - began < Duration::from_secs(2));
    let mut told = Vec::new();
    while told.last() != Some(&(drew.account_id, here())) || !told.contains(&(drew.account_id, unknown())) {
        told.push(socket.presence().await); // They forget each other, and meet again.
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_is_told_of_its_rooms_other_if_it_asks() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.native("drew").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let mut plain = app.page_socket(&ana, &path).await.unwrap();
    let mut all = app.page_socket(&ana, &format!("{path}?events=all")).await.unwrap();
    let (mut there, _) = app.greeted(&drew, None).await;
    assert_eq!(all.presence().await, (drew.account_id, here()));
    assert_eq!(there.presence().await.1, here(), "and whoever has a page open is there");
    assert!(plain.tells_no_presence_for(A_WHILE).await, "the described page knows messages only");
}

#[tokio::test(start_paused = true)]
async fn a_page_is_told_of_nobody_else() {
    let app = TestApp::new().await;
    let (ana, eve) = (app.native("ana").await, app.native("eve").await);
    app.open_room(&ana, &eve).await;
    let page = app.browser("ana").await;
    let path = format!("/ws/chat/{}/?events=all", app.ana_drew);
    let mut all = app.page_socket(&page, &path).await.unwrap();
    let _socket = app.greeted(&eve, None).await;
    assert!(all.tells_no_presence_for(A_WHILE).await);
}

#[tokio::test(start_paused = true)]
async fn it_is_told_across_servers_and_a_server_that_dies_takes_its_people_with_it() {
    let (one, _two, line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let (mut there, _) = one.greeted(&drew, None).await;
    let (dying, away) = one.and_dies(&line);
    one.wait(Duration::from_secs(10)).await; // It has found its place on the line.
    let (_socket, _) = dying.greeted(&ana, None).await;
    assert_eq!(there.presence().await, (ana.account_id, here()));
    assert!(there.tells_no_presence_for(Duration::from_secs(50)).await, "as long as it lives");
    let died = one.runtime.monotonic();
    away.kill();
    let (who, told) = there.presence().await;
    assert_eq!((who, &told["online"]), (ana.account_id, &json!(false)));
    let waited = one.runtime.monotonic() - died;
    assert!(waited > Duration::from_secs(25) && waited <= Duration::from_secs(46), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn when_somebody_was_seen_is_known_to_the_next_server() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut there, _) = app.greeted(&drew, None).await;
    let (socket, _) = app.greeted(&ana, None).await;
    assert_eq!(there.presence().await, (ana.account_id, json!({ "online": true })), "she has come");
    let left_at = app.runtime.now();
    drop(socket);
    app.wait(Duration::from_secs(90)).await; // It is kept once a minute.
    let next = app.restarted();
    let (mut there, _) = next.greeted(&drew, None).await;
    let told = there.presence().await;
    assert_eq!(told, (ana.account_id, json!({ "online": false, "last_seen": left_at })));
}

#[tokio::test(start_paused = true)]
async fn a_message_never_waits_for_it() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut there, _) = app.greeted(&drew, None).await;
    let (socket, _) = app.greeted(&ana, None).await;
    drop(socket);
    app.say(&ana, app.ana_drew, "still here").await;
    assert_eq!(there.events().await[0]["message"]["content"], "still here");
}
