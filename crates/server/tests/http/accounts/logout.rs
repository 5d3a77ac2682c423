//! `POST /accounts/logout/`

use std::time::Duration;

use bedside_protocol::close;

use crate::support::{Ended, TestApp};

#[tokio::test(start_paused = true)]
async fn a_session_ends_with_its_sockets_and_no_others() {
    let app = TestApp::new().await;
    let (here, elsewhere) = (app.native("ana").await, app.native("ana").await);
    let (mut ended, _) = app.greeted(&here, None).await;
    let (mut kept, _) = app.greeted(&elsewhere, None).await;
    let began = app.runtime.monotonic();
    assert_eq!(app.post("/accounts/logout/").native(&here).send().await.status, 204);
    assert_eq!(ended.of_type("error").await["code"], "unauthenticated");
    assert_eq!(ended.end().await, Ended::Closed(close::UNAUTHENTICATED));
    assert!(app.runtime.monotonic() - began < Duration::from_secs(1), "at once, not at the next check");
    assert!(kept.is_silent().await);
    assert_eq!(app.get("/accounts/me/").native(&here).send().await.code(), "unauthenticated");
    assert_eq!(app.get("/accounts/me/").native(&elsewhere).send().await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_browser_is_led_to_the_form_and_loses_its_cookie() {
    let app = TestApp::new().await;
    let ana = app.browser("ana").await;
    assert_eq!(app.post("/accounts/logout/").browser(&ana).send().await.code(), "csrf_failed");
    let fields = [("csrfmiddlewaretoken", ana.csrf.as_str())];
    let answer = app.post("/accounts/logout/").page().browser(&ana).form(&fields).send().await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), Some("/accounts/login/"));
    assert_eq!(answer.cookie("sessionid").unwrap(), "");
    assert_eq!(app.get("/chat/").browser(&ana).send().await.code(), "unauthenticated");
}
