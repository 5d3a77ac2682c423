//! `POST /chat/room/<room_id>/delivered/`, its doors on the sockets, and when a message was delivered and read.

use std::time::Duration;

use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn what_a_device_has_stored_is_told_to_both_and_nothing_is_read_by_it() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    for text in ["one", "two", "three"] {
        app.say(&drew, app.ana_drew, text).await;
    }
    let (mut theirs, _) = app.greeted(&drew, None).await;
    let (mut own, _) = app.greeted(&ana, None).await;
    let path = format!("/chat/room/{}/delivered/", app.ana_drew);
    let answer = app.post(&path).native(&ana).json(&json!({ "up_to": 2 })).send().await.json();
    assert_eq!((&answer["read_mark"]["delivered_to"], &answer["unread_count"]), (&json!(2), &json!(3)));
    for socket in [&mut theirs, &mut own] {
        let told = &socket.events().await[0];
        assert_eq!(told["kind"], "read_mark");
        assert_eq!((&told["read_mark"]["up_to"], &told["read_mark"]["delivered_to"]), (&json!(0), &json!(2)));
    }
    own.send(&json!({ "type": "delivered", "room_id": app.ana_drew, "up_to": 3 })).await;
    assert_eq!(theirs.events().await[0]["read_mark"]["delivered_to"], 3);
    own.events().await;
    own.send(&json!({ "type": "delivered", "room_id": app.ana_drew, "up_to": 1 })).await;
    assert!(theirs.is_silent().await && own.is_silent().await, "never back, and not answered");
}

#[tokio::test(start_paused = true)]
async fn an_author_asks_when_a_message_was_delivered_and_read() {
    let app = TestApp::new().await;
    let (ana, drew, ben) = (app.native("ana").await, app.native("drew").await, app.native("ben").await);
    let id = app.say(&ana, app.ana_drew, "hello").await["message_id"].as_i64().unwrap();
    let path = format!("/chat/messages/{}/{id}/receipts/", app.ana_drew);
    let asked = async || app.get(&path).native(&ana).send().await.json()["receipts"][0].clone();
    assert_eq!(asked().await, json!({ "account_id": drew.account_id, "delivered": false, "read": false }));
    let mark = async |what: &str| {
        let room = format!("/chat/room/{}/{what}/", app.ana_drew);
        app.post(&room).native(&drew).json(&json!({ "up_to": 1 })).send().await
    };
    mark("delivered").await;
    tokio::time::advance(Duration::from_secs(60)).await;
    mark("read").await;
    let receipt = asked().await;
    assert_eq!((&receipt["delivered"], &receipt["read"]), (&json!(true), &json!(true)));
    let (delivered, read) = (receipt["delivered_at"].as_str(), receipt["read_at"].as_str());
    assert!(delivered.is_some() && delivered < read, "{receipt}");
    let theirs = app.get(&path).native(&drew).send().await.json();
    assert_eq!(theirs["receipts"], json!([]), "for its author alone");
    assert_eq!(app.get(&path).native(&ben).send().await.code(), "not_found");
}
