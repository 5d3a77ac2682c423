//! `POST /chat/room/<room_id>/read/`

use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn a_mark_moves_forward_never_back_and_both_sides_learn_of_it() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    for text in ["one", "two", "three"] {
        app.say(&drew, app.ana_drew, text).await;
    }
    let (mut socket, _) = app.greeted(&drew, None).await;
    let path = format!("/chat/room/{}/read/", app.ana_drew);
    let mark =
        async |up_to: i64| app.post(&path).native(&ana).json(&json!({ "up_to": up_to })).send().await.json();
    assert_eq!(mark(2).await["unread_count"], 1);
    let back = mark(1).await;
    assert_eq!((&back["read_mark"]["up_to"], &back["unread_count"]), (&json!(2), &json!(1)));
    assert_eq!(mark(99).await["read_mark"]["up_to"], 3);
    let first = socket.events().await;
    assert_eq!(first[0]["kind"], "read_mark");
    assert_eq!(first[0]["read_mark"]["account_id"], ana.account_id.0);
    assert_eq!(socket.events().await[0]["read_mark"]["up_to"], 3);
    assert!(socket.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_strangers_room_cannot_be_marked() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    let path = format!("/chat/room/{}/read/", app.ben_eve);
    let answer = app.post(&path).native(&ana).json(&json!({ "up_to": 1 })).send().await;
    assert_eq!(answer.code(), "not_found");
}
