//! `POST /chat/rooms/`

use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn a_linked_pair_gets_one_room_and_both_are_told() {
    let app = TestApp::new().await;
    let (ana, eve) = (app.native("ana").await, app.native("eve").await);
    let (mut socket, _) = app.greeted(&eve, None).await;
    let open = json!({ "account_id": eve.account_id });
    let first = app.post("/chat/rooms/").native(&ana).json(&open).send().await.json();
    let again = app.post("/chat/rooms/").native(&ana).json(&open).send().await.json();
    assert_eq!(first["room"]["room_id"], again["room"]["room_id"]);
    let told = socket.events().await;
    assert_eq!(told[0]["kind"], "room");
    assert_eq!(told[0]["room"]["room_id"], first["room"]["room_id"]);
    assert_eq!(told[0]["room"]["other"]["name"], "Ana Ribeiro");
}

#[tokio::test(start_paused = true)]
async fn somebody_not_linked_and_nobody_are_the_same() {
    let app = TestApp::new().await;
    let (ana, ben) = (app.native("ana").await, app.native("ben").await);
    let open =
        async |id: i64| app.post("/chat/rooms/").native(&ana).json(&json!({ "account_id": id })).send().await;
    let stranger = open(ben.account_id.0).await;
    assert_eq!(stranger.code(), "not_found");
    assert_eq!(stranger.body, open(999_999).await.body);
}
