//! `/chat/drafts/` and `PUT /chat/room/<room_id>/draft/`

use bedside_protocol::limits::MESSAGE_BYTES;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn a_draft_is_put_listed_told_to_ones_own_devices_and_taken_out() {
    let app = TestApp::new().await;
    let (drew, home, ana) = (app.native("drew").await, app.native("drew").await, app.native("ana").await);
    let (mut own, _) = app.greeted(&home, None).await;
    let (mut other, _) = app.greeted(&ana, None).await;
    let path = format!("/chat/room/{}/draft/", app.ana_drew);
    let body = json!({ "base": 0, "text": "Dear Ana", "reply_to": 3, "other": { "text": "Hello" } });
    let put = async |session, body: &serde_json::Value| {
        app.request(http::Method::PUT, &path).native(session).json(body).send().await.json()
    };
    let answer = put(&drew, &body).await;
    assert_eq!((&answer["kept"], &answer["draft"]["version"]), (&json!(true), &json!(1)));
    let told = own.events().await;
    assert_eq!((&told[0]["kind"], &told[0]["draft"]), (&json!("draft"), &answer["draft"]));
    assert!(other.is_silent().await);
    let late = put(&home, &json!({ "base": 0, "text": "Good morning" })).await;
    assert_eq!((&late["kept"], &late["draft"]), (&json!(false), &answer["draft"]));
    let list = app.get("/chat/drafts/").native(&home).send().await.json();
    assert_eq!((&list["drafts"][0], &list["has_more"]), (&answer["draft"], &json!(false)));
    assert_eq!(app.get("/chat/drafts/").native(&ana).send().await.json()["drafts"], json!([]));
    let taken = app.request(http::Method::DELETE, "/chat/drafts/").native(&drew).send().await.json();
    assert_eq!((&taken["drafts"][0]["text"], &taken["drafts"][0]["withdrawn"]), (&json!(""), &json!(true)));
}

#[tokio::test(start_paused = true)]
async fn nonsense_a_strangers_room_and_what_is_too_long_are_refused() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let put = async |room, body: serde_json::Value| {
        app.request(http::Method::PUT, &format!("/chat/room/{room}/draft/"))
            .native(&ana)
            .json(&body)
            .send()
            .await
    };
    let text = |text: &str| json!({ "base": 0, "text": text });
    assert_eq!(put(app.ben_eve, text("a")).await.code(), "not_found");
    assert_eq!(put(app.ana_drew, json!({ "text": "a" })).await.code(), "bad_request");
    assert_eq!(put(app.ana_drew, text(&"x".repeat(MESSAGE_BYTES + 1))).await.code(), "too_large");
    assert_eq!(put(app.ana_drew, text("a\0b")).await.code(), "too_large");
    assert_eq!(put(app.ana_drew, text(&"x".repeat(MESSAGE_BYTES))).await.json()["kept"], json!(true));
    let root = app.native("root").await;
    assert_eq!(app.get("/chat/drafts/").native(&root).send().await.code(), "not_found");
}
