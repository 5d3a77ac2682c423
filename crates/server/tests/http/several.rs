//! Several servers on one store: what one stores, connections of the other are told.

use std::time::Duration;

use bedside_protocol::{close, limits};
use bedside_server::bus::Standing;
use serde_json::{Value, json};

use crate::support::{Ended, Native, TestApp};

/// As good as at once; without a wake it takes up to 25 seconds.
const AT_ONCE: Duration = Duration::from_millis(200);
/// Within which everybody has looked when something may have been missed.
const LOOKED: Duration = Duration::from_secs(7);

/// Says something at a server and gives back how long it took to be told at the other.
async fn told_after(
    app: &TestApp,
    say: impl Future<Output = Value>,
    told: impl Future<Output = ()>,
) -> Duration {
    let began = app.runtime.monotonic();
    say.await;
    told.await;
    app.runtime.monotonic() - began
}

#[tokio::test(start_paused = true)]
async fn a_feed_socket_is_told_what_another_server_stored() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let (mut socket, _) = two.greeted(&ana, None).await;
    let told = async { assert_eq!(socket.events().await[0]["message"]["content"], "over there") };
    assert!(told_after(&one, one.say(&drew, one.ana_drew, "over there"), told).await <= AT_ONCE);
    assert!(socket.is_silent().await, "and once");
}

#[tokio::test(start_paused = true)]
async fn a_page_is_told_what_another_server_stored() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (two.browser("ana").await, one.native("drew").await);
    let mut socket = two.page_socket(&ana, &format!("/ws/chat/{}/", one.ana_drew)).await.unwrap();
    let told = async { assert_eq!(socket.next().await["message"], "over there") };
    assert!(told_after(&one, one.say(&drew, one.ana_drew, "over there"), told).await <= AT_ONCE);
}

#[tokio::test(start_paused = true)]
async fn a_held_poll_answers_with_what_another_server_stored() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let head = two.get("/chat/feed/").native(&ana).send().await.json()["head"].clone();
    let path = format!("/chat/feed/?epoch={}&after={head}&wait=50", two.epoch());
    let began = one.runtime.monotonic();
    let speak = async {
        one.wait(Duration::from_secs(7)).await;
        one.say(&drew, one.ana_drew, "over there").await;
    };
    let (page, ()) = tokio::join!(two.get(&path).native(&ana).send(), speak);
    assert_eq!(page.json()["events"][0]["message"]["content"], "over there");
    assert!(one.runtime.monotonic() - began <= Duration::from_secs(7) + AT_ONCE);
}

#[tokio::test(start_paused = true)]
async fn what_both_store_comes_in_one_order() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let (mut socket, welcome) = two.greeted(&ana, None).await;
    for n in 0..40 {
        let app = if n % 3 == 0 { &two } else { &one };
        app.say(&drew, app.ana_drew, &format!("line {n}")).await;
    }
    let mut events = Vec::new();
    while events.len() < 40 {
        events.extend(socket.events().await);
    }
    let head = welcome["head"]["feed_seq"].as_i64().unwrap();
    for (n, event) in events.iter().enumerate() {
        assert_eq!(event["feed_seq"], head + 1 + i64::try_from(n).unwrap());
        assert_eq!(event["message"]["content"], format!("line {n}"));
    }
    assert!(socket.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_session_ended_at_one_server_ends_at_the_other() {
    let (one, two, _line) = TestApp::two().await;
    let (ana, other) = (one.native("ana").await, one.native("ana").await);
    let (mut ended, _) = two.greeted(&ana, None).await;
    let (mut kept, _) = two.greeted(&other, None).await;
    let began = one.runtime.monotonic();
    assert_eq!(one.post("/accounts/logout/").native(&ana).send().await.status, 204);
    assert_eq!(ended.end().await, Ended::Closed(close::UNAUTHENTICATED));
    assert!(one.runtime.monotonic() - began <= AT_ONCE);
    assert!(kept.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn a_poll_of_a_session_ended_at_the_other_server_is_answered() {
    let (one, two, _line) = TestApp::two().await;
    let ana = one.native("ana").await;
    let path = format!("/chat/feed/?after={}&wait=50", head(&two, &ana).await);
    let log_out = async {
        one.wait(Duration::from_secs(1)).await;
        one.post("/accounts/logout/").native(&ana).send().await;
    };
    let began = one.runtime.monotonic();
    let (page, ()) = tokio::join!(two.get(&path).native(&ana).send(), log_out);
    assert_eq!(page.code(), "unauthenticated");
    assert!(one.runtime.monotonic() - began <= Duration::from_secs(1) + AT_ONCE);
}

async fn head(app: &TestApp, who: &Native) -> i64 {
    app.get("/chat/feed/").native(who).send().await.json()["head"].as_i64().unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_was_stored_while_the_line_was_cut_is_told_once_it_is_back() {
    let (one, two, line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    line.cut();
    one.wait(LOOKED).await;
    assert_eq!([one.app.standing(), two.app.standing()], [Standing::Nothing; 2]);
    let (mut socket, _) = two.greeted(&ana, None).await;
    let path = format!("/chat/feed/?after={}&wait=50", head(&two, &ana).await);
    let request = two.get(&path).native(&ana).send();
    let poll = async { (request.await, two.runtime.monotonic()) };
    let rest = async {
        one.wait(Duration::from_secs(1)).await;
        one.say(&drew, one.ana_drew, "meanwhile").await;
        assert!(socket.is_silent().await);
        line.mend();
        while one.app.standing() != Standing::Postgres || two.app.standing() != Standing::Postgres {
            one.wait(Duration::from_millis(10)).await;
        }
        let back = one.runtime.monotonic();
        assert_eq!(socket.events().await[0]["message"]["content"], "meanwhile");
        assert!(one.runtime.monotonic() - back <= LOOKED);
        back
    };
    let ((page, answered), back) = tokio::join!(poll, rest);
    assert_eq!(page.json()["events"][0]["message"]["content"], "meanwhile");
    assert!(answered <= back + LOOKED);
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_has_missed_nothing_goes_on_waiting() {
    let (one, two, line) = TestApp::two().await;
    let ana = one.native("ana").await;
    let path = format!("/chat/feed/?after={}&wait=30", head(&two, &ana).await);
    let shake = async {
        line.cut();
        one.wait(LOOKED).await;
        line.mend();
    };
    let began = one.runtime.monotonic();
    let (page, ()) = tokio::join!(two.get(&path).native(&ana).send(), shake);
    assert_eq!((page.status.as_u16(), (one.runtime.monotonic() - began).as_secs()), (200, 30));
}

#[tokio::test(start_paused = true)]
async fn with_the_line_cut_everybody_looks_by_themselves() {
    let (one, two, line) = TestApp::two().await;
    let (ana, drew) = (one.native("ana").await, one.native("drew").await);
    let (mut socket, _) = two.greeted(&ana, None).await;
    line.cut();
    one.wait(LOOKED).await;
    let told = async { assert_eq!(socket.events().await[0]["message"]["content"], "over there") };
    let took = told_after(&one, one.say(&drew, one.ana_drew, "over there"), told).await;
    assert!(took > AT_ONCE && took <= limits::PING_EVERY);
}

#[tokio::test(start_paused = true)]
async fn going_to_another_server_buys_no_further_messages() {
    let (one, two, _line) = TestApp::two().await;
    let ana = one.native("ana").await;
    let stored = async |app: &TestApp| {
        let mut stored = 0;
        for _ in 0..130 {
            let wish = json!({ "room_id": one.ana_drew, "message": "again" });
            stored += u32::from(
                app.post("/chat/send-message/").native(&ana).json(&wish).send().await.status == 200,
            );
        }
        stored
    };
    assert_eq!(stored(&one).await, 120);
    one.wait(Duration::from_millis(500)).await;
    assert!(stored(&two).await <= 15, "what half a second brings, and no burst of its own");
}
