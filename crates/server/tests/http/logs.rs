//! No log line contains content, a name, a password or a token, at the most talkative level.

use std::io::Write;
use std::sync::{Arc, Mutex};

use bedside_server::log;
use serde_json::json;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{ORIGIN, TestApp, login, password_of};

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Captured {
    type Writer = Captured;

    fn make_writer(&'a self) -> Captured {
        self.clone()
    }
}

#[tokio::test(start_paused = true)]
async fn a_busy_day_leaves_nothing_private_in_the_log() {
    let captured = Captured::default();
    // Global: a scoped one misses call sites that another test's thread came by first. So other tests' lines are
    // looked at as well.
    let talkative = EnvFilter::new("trace,tungstenite=trace");
    log::start_with(talkative, log::Colour::Off, captured.clone()).unwrap();

    let app = TestApp::new().await;
    let (native, browser, drew) =
        (app.native("ana").await, app.browser("ana").await, app.native("drew").await);
    let mut wrong = login("ana");
    wrong["password"] = json!("a-wrong-guess");
    app.post("/accounts/login/").json(&wrong).send().await;
    let (mut feed, _) = app.greeted(&native, None).await;
    let mut room = app.page_socket(&browser, &format!("/ws/chat/{}/", app.ana_drew)).await.unwrap();
    room.send(&json!({ "message": "my-private-words" })).await;
    room.next().await;
    feed.events().await;
    feed.send_text("{\"type\":\"send\",\"message\":\"my-private-words\"}").await;
    feed.of_type("error").await;
    app.say(&drew, app.ana_drew, "my-private-words too").await;
    let path = format!("/chat/room/{}/draft/", app.ana_drew);
    let draft = json!({ "base": 0, "text": "my-private-words" });
    let put = app.request(http::Method::PUT, &path).native(&drew).json(&draft).send().await;
    assert_eq!(put.status, 200);
    let broken = app.post("/chat/send-message/").browser(&browser).header("origin", ORIGIN);
    broken.text("{\"message\": my-private-words").send().await;
    app.get("/chat/?next=my-private-words").page().browser(&browser).send().await;
    app.get("/chat/").page().browser(&browser).send().await;
    app.get("/my-private-words/").send().await;
    app.app.shutdown(std::time::Duration::from_secs(1)).await;

    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("/chat/send-message/"), "the log was captured");
    let password = password_of("ana");
    let secrets = [
        "my-private-words",
        "a-wrong-guess",
        &password,
        &native.token,
        &browser.session,
        &browser.csrf,
        "Ribeiro",
        "Lindqvist",
    ];
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{secret}: {line:?}");
    }
}
