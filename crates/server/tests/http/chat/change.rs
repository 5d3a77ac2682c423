//! `POST /chat/messages/<room_id>/<message_id>/`, and its doors on the sockets.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn a_message_is_edited_reacted_to_and_taken_back_over_http() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let (mut socket, _) = app.greeted(&drew, None).await;
    let id = app.say(&ana, app.ana_drew, "at 15.00").await["message_id"].as_i64().unwrap();
    socket.events().await;
    let path = format!("/chat/messages/{}/{id}/", app.ana_drew);
    let edit = json!({ "change": "edit", "message": " at 16.00\r\n" });
    let edited = app.post(&path).native(&ana).json(&edit).send().await.json();
    assert_eq!(edited["message"]["content"], "at 16.00", "normalised like any text");
    let told = socket.events().await;
    assert_eq!((&told[0]["kind"], &told[0]["message"]["content"]), (&json!("message"), &json!("at 16.00")));
    let heart = json!({ "change": "react", "emoji": "\u{2764}", "on": true });
    let reacted = app.post(&path).native(&drew).json(&heart).send().await.json();
    assert_eq!(reacted["message"]["reactions"][0]["emoji"], "\u{2764}\u{fe0f}", "in its canonical form");
    socket.events().await;
    let versions = app.get(&format!("{path}versions/")).native(&drew).send().await.json();
    let texts: Vec<_> =
        versions["versions"].as_array().unwrap().iter().map(|v| v["content"].clone()).collect();
    assert_eq!(texts, ["at 15.00", "at 16.00"]);
    let gone = app.post(&path).native(&ana).json(&json!({ "change": "retract" })).send().await.json();
    assert_eq!((&gone["message"]["content"], &gone["message"]["reactions"]), (&json!(""), &json!(null)));
    assert!(socket.events().await[0]["message"]["retracted_at"].is_string());
    let late = app.post(&path).native(&ana).json(&edit).send().await;
    assert_eq!((late.status.as_u16(), late.code()), (409, "conflict".into()));
}

#[tokio::test(start_paused = true)]
async fn what_is_no_change_is_refused_with_a_reason() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let id = app.say(&ana, app.ana_drew, "mine").await["message_id"].as_i64().unwrap();
    let path = format!("/chat/messages/{}/{id}/", app.ana_drew);
    let cases = [
        (&ana, json!({ "change": "edit", "message": " " }), "empty_message"),
        (&ana, json!({ "change": "react", "emoji": ":)", "on": true }), "invalid_value"),
        (&ana, json!({ "change": "react", "emoji": "👍👍", "on": true }), "invalid_value"),
        (&ana, json!({ "change": "burn" }), "bad_request"),
        (&ana, json!({ "message": "no kind of change" }), "bad_request"),
        (&drew, json!({ "change": "edit", "message": "yours" }), "forbidden"),
        (&drew, json!({ "change": "retract" }), "forbidden"),
    ];
    for (who, wish, code) in cases {
        let answer = app.post(&path).native(who).json(&wish).send().await;
        assert_eq!(answer.code(), code, "{wish}");
    }
    for missing in
        [format!("/chat/messages/{}/999/", app.ana_drew), format!("/chat/messages/{}/x/", app.ana_drew)]
    {
        let answer = app.post(&missing).native(&ana).json(&json!({ "change": "retract" })).send().await;
        assert_eq!(answer.code(), "not_found");
    }
}

#[tokio::test(start_paused = true)]
async fn the_feed_socket_answers_each_change_by_its_id() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.native("drew").await);
    let id = app.say(&ana, app.ana_drew, "first").await["message_id"].as_i64().unwrap();
    let (mut socket, _) = app.greeted(&ana, None).await;
    let change = |client_id, change: serde_json::Value| {
        let mut frame = json!({
            "type": "change", "client_id": client_id, "room_id": app.ana_drew, "message_id": id,
        });
        frame.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        frame
    };
    let edit = app.client_id();
    for round in ["now", "when it is repeated"] {
        socket.send(&change(edit, json!({ "change": "edit", "message": "second" }))).await;
        let answer = socket.of_type("changed").await;
        assert_eq!(answer["client_id"], json!(edit), "{round}");
        assert_eq!(answer["message"]["content"], "second");
    }
    let (theirs, _) = app.greeted(&drew, None).await;
    let mut theirs = theirs;
    let foreign = app.client_id();
    theirs.send(&change(foreign, json!({ "change": "retract" }))).await;
    let error = theirs.of_type("error").await;
    assert_eq!((&error["code"], &error["client_id"]), (&json!("forbidden"), &json!(foreign)));
}

#[tokio::test(start_paused = true)]
async fn a_page_changes_messages_by_simple_frames() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.browser("drew").await);
    let path = format!("/ws/chat/{}/?events=all", app.ana_drew);
    let mut here = app.page_socket(&ana, &path).await.unwrap();
    let mut there = app.page_socket(&drew, &path).await.unwrap();
    here.send(&json!({ "message": "first" })).await;
    let id = here.next().await["id"].clone();
    there.next().await;
    here.send(&json!({ "type": "edit", "id": id, "message": "second" })).await;
    there.send(&json!({ "type": "react", "id": id, "emoji": "👍" })).await;
    let kinds = [there.next().await, there.next().await];
    assert_eq!((&kinds[0]["type"], &kinds[0]["message"]["content"]), (&json!("edited"), &json!("second")));
    assert_eq!(kinds[1]["message"]["reactions"][0]["emoji"], "👍");
    here.send(&json!({ "type": "retract", "id": id })).await;
    let gone = there.next().await;
    assert_eq!((&gone["type"], &gone["message"]["content"]), (&json!("retracted"), &json!("")));
    there.send(&json!({ "type": "edit", "id": id, "message": "mine now" })).await;
    assert_eq!(there.next().await["code"], "forbidden");
}
