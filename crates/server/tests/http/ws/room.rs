//! `WS /ws/chat/<room_id>/`: as the platform describes it.

use std::time::Duration;

use bedside_protocol::close;
use serde_json::json;

use crate::support::{Ended, TestApp};

#[tokio::test(start_paused = true)]
async fn the_described_page_sends_and_all_members_receive() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.browser("drew").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let mut here = app.page_socket(&ana, &path).await.unwrap();
    let mut there = app.page_socket(&drew, &path).await.unwrap();
    here.send(&json!({ "message": "hello" })).await;
    let (own, told) = (here.next().await, there.next().await);
    for frame in [&own, &told] {
        assert_eq!(frame["message"], "hello");
        assert_eq!(frame["sender_type"], "patient");
        assert_eq!(frame["sender_id"], 1);
        assert_eq!(frame["room_id"], app.ana_drew.0);
        assert!(frame["id"].is_i64() && frame["timestamp"].is_string());
        assert!(frame.get("type").is_none());
    }
    assert!(own["client_id"].is_string());
    assert!(told["client_id"].is_null());
}

#[tokio::test(start_paused = true)]
async fn messages_by_any_door_reach_the_socket_and_other_rooms_do_not() {
    let app = TestApp::new().await;
    let (eve, drew) = (app.native("eve").await, app.native("drew").await);
    let other = app.open_room(&eve, &app.native("ana").await).await;
    let ana = app.browser("ana").await;
    let mut socket = app.page_socket(&ana, &format!("/ws/chat/{}/", app.ana_drew)).await.unwrap();
    app.say(&eve, other, "in another room of hers").await;
    app.say(&drew, app.ana_drew, "over HTTP").await;
    assert_eq!(socket.next().await["message"], "over HTTP");
    assert!(socket.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn other_events_come_only_to_those_who_ask() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.native("drew").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let mut plain = app.page_socket(&ana, &path).await.unwrap();
    let mut all = app.page_socket(&ana, &format!("{path}?events=all")).await.unwrap();
    app.say(&drew, app.ana_drew, "hello").await;
    plain.send(&json!({ "type": "read", "up_to": 1 })).await;
    assert_eq!(all.next().await["message"], "hello");
    let read = all.next().await;
    assert_eq!((&read["type"], &read["up_to"]), (&json!("read"), &json!(1)));
    assert_eq!(plain.next().await["message"], "hello");
    assert!(plain.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_page_replies_and_is_told_what_is_quoted() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.browser("drew").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let mut here = app.page_socket(&ana, &path).await.unwrap();
    let mut there = app.page_socket(&drew, &path).await.unwrap();
    there.send(&json!({ "message": "Thursday?" })).await;
    let asked = here.next().await;
    assert!(asked.get("quote").is_none() && asked.get("reply_to").is_none());
    there.next().await;
    here.send(&json!({ "message": "Yes", "reply_to": asked["id"] })).await;
    for frame in [here.next().await, there.next().await] {
        assert_eq!((&frame["message"], &frame["reply_to"]), (&json!("Yes"), &asked["id"]));
        assert_eq!((&frame["quote"]["text"], &frame["quote"]["room_seq"]), (&json!("Thursday?"), &json!(1)));
    }
    here.send(&json!({ "message": "Yes", "reply_to": 9_999 })).await;
    assert_eq!(here.next().await["code"], "cannot_reply");
    assert!(there.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn marks_come_as_simple_frames_each_once() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.browser("drew").await);
    let who = app.native("ana").await.account_id;
    let path = format!("/ws/chat/{}/?events=all", app.ana_drew);
    let mut theirs = app.page_socket(&drew, &path).await.unwrap();
    for text in ["one", "two", "three"] {
        theirs.send(&json!({ "message": text })).await;
        theirs.next().await;
    }
    let mut own = app.page_socket(&ana, &path).await.unwrap();
    assert!(theirs.is_silent().await, "an open socket alone delivers nothing");
    own.send(&json!({ "type": "delivered", "up_to": 2 })).await;
    let told = json!({ "type": "delivered", "room_id": app.ana_drew, "account_id": who, "up_to": 2 });
    assert_eq!((theirs.next().await, own.next().await), (told.clone(), told));
    own.send(&json!({ "type": "read", "up_to": 1 })).await;
    assert_eq!(theirs.next().await["type"], "read", "though more has been delivered");
    own.send(&json!({ "type": "read", "up_to": 3 })).await;
    let read = theirs.next().await;
    assert_eq!((&read["type"], &read["up_to"]), (&json!("read"), &json!(3)));
    own.send(&json!({ "type": "delivered", "up_to": 3 })).await;
    assert!(theirs.is_silent().await, "what was read needs no word of being delivered");
}

#[tokio::test(start_paused = true)]
async fn a_page_that_comes_later_is_told_only_what_moves_then() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.native("ana").await, app.browser("drew").await);
    for text in ["one", "two"] {
        app.say(&app.native("drew").await, app.ana_drew, text).await;
    }
    let mark = async |what: &str, up_to: i64| {
        let path = format!("/chat/room/{}/{what}/", app.ana_drew);
        app.post(&path).native(&ana).json(&json!({ "up_to": up_to })).send().await
    };
    mark("read", 1).await;
    let mut page = app.page_socket(&drew, &format!("/ws/chat/{}/?events=all", app.ana_drew)).await.unwrap();
    mark("delivered", 2).await;
    let told = page.next().await;
    assert_eq!((&told["type"], &told["up_to"]), (&json!("delivered"), &json!(2)));
}

#[tokio::test(start_paused = true)]
async fn errors_are_always_told() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    let mut socket = app.page_socket(&ana, &format!("/ws/chat/{}/", app.ana_drew)).await.unwrap();
    socket.send(&json!({ "message": " " })).await;
    let error = socket.next().await;
    assert_eq!((&error["type"], &error["code"]), (&json!("error"), &json!("empty_message")));
    socket.send_text("hello").await;
    assert_eq!(socket.next().await["code"], "bad_request");
}

#[tokio::test(start_paused = true)]
async fn nobody_else_opens_the_rooms_socket() {
    let app = TestApp::new().await;
    let (ana, ben) = (app.browser("ana").await, app.browser("ben").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let foreign = app.page_socket(&ben, &path).await.err().unwrap();
    let missing = app.page_socket(&ben, "/ws/chat/999999/").await.err().unwrap();
    assert_eq!(foreign.status, 404);
    assert_eq!(foreign.body, missing.body);
    let stranger = app.socket(&path, &[]).await.err().unwrap();
    assert_eq!(stranger.status, 401);
    let cookies = ana.cookies();
    assert_eq!(app.socket(&path, &[("cookie", &cookies)]).await.err().unwrap().status, 401);
    let evil = [("cookie", cookies.as_str()), ("origin", "http://evil.example")];
    assert_eq!(app.socket(&path, &evil).await.err().unwrap().status, 403);
}

#[tokio::test(start_paused = true)]
async fn signing_out_closes_the_page_s_socket() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    let mut socket = app.page_socket(&ana, &format!("/ws/chat/{}/", app.ana_drew)).await.unwrap();
    let logout = app.post("/accounts/logout/").browser(&ana).header("x-csrftoken", &ana.csrf);
    assert_eq!(logout.send().await.status, 204);
    assert_eq!(socket.end().await, Ended::Closed(close::UNAUTHENTICATED));
}

#[tokio::test(start_paused = true)]
async fn what_is_stored_while_the_handshake_is_answered_is_not_missed() {
    let app = TestApp::new().await;
    let drew = app.native("drew").await;
    let ana = app.browser("ana").await;
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let (mut rounds, mut told) = (0, 0);
    while rounds < 20 || told == 0 {
        assert!(rounds < 400, "the two never race");
        rounds += 1;
        let text = format!("line {rounds}");
        let (socket, sent) = tokio::join!(app.page_socket(&ana, &path), app.say(&drew, app.ana_drew, &text));
        let page =
            app.get(&format!("/chat/messages/{}/?limit=1", app.ana_drew)).browser(&ana).send().await.json();
        assert_eq!(page["messages"][0]["id"], sent["message_id"]);
        app.say(&drew, app.ana_drew, "marker").await;
        let mut socket = socket.unwrap();
        let mut next = socket.next().await;
        if next["message"] == text.as_str() {
            told += 1;
            next = socket.next().await;
        }
        assert_eq!(
            next["message"], "marker",
            "whatever came after the page was asked for, once and in order"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_repeated_command_is_answered_to_whoever_repeats_it() {
    let app = TestApp::new().await;
    let (ana, drew) = (app.browser("ana").await, app.browser("drew").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let mut here = app.page_socket(&ana, &path).await.unwrap();
    let mut there = app.page_socket(&drew, &path).await.unwrap();
    let send = json!({ "message": "hello", "client_id": app.client_id() });
    here.send(&send).await;
    let first = here.next().await;
    assert_eq!(there.next().await["id"], first["id"]);
    here.send(&send).await;
    assert_eq!(here.next().await, first);
    assert!(there.is_silent().await, "nobody else is told again");
}

#[tokio::test(start_paused = true)]
async fn an_open_page_does_not_keep_its_session_alive_but_writing_on_it_does() {
    let app = TestApp::new().await;
    let (idle, busy) = (app.browser("ana").await, app.browser("drew").await);
    let path = format!("/ws/chat/{}/", app.ana_drew);
    let mut open = app.page_socket(&idle, &path).await.unwrap();
    let mut written = app.page_socket(&busy, &path).await.unwrap();
    let half_hours = async {
        for _ in 0..26 {
            app.get("/chat/unread/").browser(&idle).send().await;
            written.send(&json!({ "message": "still here" })).await;
            written.next().await;
            assert!(written.is_silent_for(Duration::from_secs(30 * 60)).await);
        }
    };
    let (ended, ()) = tokio::join!(open.end(), half_hours);
    assert_eq!(ended, Ended::Closed(close::UNAUTHENTICATED));
    assert_eq!(app.get("/chat/unread/").browser(&idle).send().await.code(), "unauthenticated");
    assert_eq!(app.get("/chat/unread/").browser(&busy).send().await.status, 200);
}
