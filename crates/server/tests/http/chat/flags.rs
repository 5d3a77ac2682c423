//! `POST /chat/room/<room_id>/flags/`

use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn a_room_is_set_up_once_and_only_oneself_is_told() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    app.say(&ana, app.ana_drew, "one").await;
    let (mut own, _) = app.greeted(&drew, None).await;
    let (mut other, _) = app.greeted(&ana, None).await;
    let path = format!("/chat/room/{}/flags/", app.ana_drew);
    let body = json!({ "pinned": true, "muted": "forever", "archived": { "up_to": 99 } });
    let set = async || app.post(&path).native(&drew).json(&body).send().await.json();
    let flags = set().await["room"]["flags"].clone();
    assert_eq!((&flags["pinned"], &flags["muted"]), (&json!(true), &json!("forever")));
    assert_eq!(flags["archived"]["up_to"], 1);
    let told = own.events().await;
    assert_eq!((&told[0]["kind"], &told[0]["room"]["flags"]), (&json!("room"), &flags));
    assert_eq!(set().await["room"]["flags"], flags, "the same again is the same");
    assert!(own.is_silent().await && other.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_strangers_room_cannot_be_set_up_and_nonsense_is_refused() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let path = |room| format!("/chat/room/{room}/flags/");
    let answer = app.post(&path(app.ben_eve)).native(&ana).json(&json!({ "pinned": true })).send().await;
    assert_eq!(answer.code(), "not_found");
    let answer = app.post(&path(app.ana_drew)).native(&ana).json(&json!({ "muted": "loud" })).send().await;
    assert_eq!(answer.code(), "bad_request");
}
