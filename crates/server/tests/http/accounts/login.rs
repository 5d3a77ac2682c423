//! `/accounts/login/`

use std::time::Duration;

use bedside_protocol::wire::Role;
use bedside_server::{Config, Limits};
use serde_json::json;

use crate::support::{TestApp, login, password_of};

#[tokio::test(start_paused = true)]
async fn a_native_client_signs_in_and_continues_its_device() {
    let app = TestApp::new().await;
    let mut wish = login("ana");
    wish["username"] = json!(" Ana ");
    let first = app.post("/accounts/login/").json(&wish).send().await;
    assert_eq!(first.status, 200);
    assert!(first.set_cookies().is_empty());
    let first = first.json();
    assert_eq!(first["account"]["name"], "Ana Ribeiro");
    assert_eq!(first["token"].as_str().unwrap().len(), 43);
    let mut again = login("ana");
    again["device_id"] = first["device_id"].clone();
    let again = app.post("/accounts/login/").json(&again).send().await.json();
    assert_eq!(again["device_id"], first["device_id"]);
    assert_ne!(again["token"], first["token"]);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_user_and_a_wrong_password_get_the_same_answer() {
    let app = TestApp::new().await;
    let attempt = |name: &str| {
        let mut wish = login(name);
        wish["password"] = json!("wrong password");
        wish
    };
    let wrong = app.post("/accounts/login/").json(&attempt("ana")).send().await;
    let unknown = app.post("/accounts/login/").json(&attempt("nobody")).send().await;
    assert_eq!(wrong.code(), "wrong_credentials");
    assert_eq!(wrong.body, unknown.body);
}

#[tokio::test(start_paused = true)]
async fn guessing_is_throttled_until_some_time_has_passed() {
    let app = TestApp::new().await;
    let mut wrong = login("ana");
    wrong["password"] = json!("wrong password");
    let mut codes = Vec::new();
    for _ in 0..8 {
        codes.push(app.post("/accounts/login/").json(&wrong).send().await.code());
    }
    assert_eq!(codes.last().unwrap(), "rate_limited");
    let right = app.post("/accounts/login/").json(&login("ana")).send().await;
    assert_eq!(right.code(), "rate_limited");
    assert!(right.header("retry-after").is_some());
    let other = app.post("/accounts/login/").from("192.0.2.1").json(&login("ben")).send().await;
    assert_eq!(other.status, 200);
    app.wait(Duration::from_millis(right.json()["retry_after_ms"].as_u64().unwrap())).await;
    assert_eq!(app.post("/accounts/login/").json(&login("ana")).send().await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn guessing_at_a_name_does_not_keep_its_owner_out_elsewhere() {
    let app = TestApp::new().await;
    let mut wrong = login("ana");
    wrong["password"] = json!("wrong password");
    for _ in 0..12 {
        app.post("/accounts/login/").from("203.0.113.9").json(&wrong).send().await;
    }
    let from = async |address| app.post("/accounts/login/").from(address).json(&login("ana")).send().await;
    assert_eq!(from("203.0.113.9").await.code(), "rate_limited");
    assert_eq!(from("192.0.2.1").await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn limits_off_lets_a_load_test_sign_in() {
    let app = TestApp::with(Config { limits: Limits::Off, ..Config::default() }).await;
    for _ in 0..60 {
        assert_eq!(app.post("/accounts/login/").json(&login("ana")).send().await.status, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_browser_signs_in_as_the_platform_has_it() {
    let app = TestApp::new().await;
    let form = app.get("/accounts/login/?next=/chat/room/1/").page().send().await;
    assert_eq!(form.status, 200);
    let token = form.cookie("csrftoken").unwrap();
    assert!(form.text().contains(&format!(r#"name="csrfmiddlewaretoken" value="{token}""#)));
    assert!(form.text().contains(r#"name="next" value="/chat/room/1/""#));
    let password = password_of("ana");
    let fields = [
        ("username", "ana"),
        ("password", &password),
        ("csrfmiddlewaretoken", &token),
        ("next", "/chat/room/1/"),
    ];
    let cookies = format!("csrftoken={token}");
    let answer = app.post("/accounts/login/").page().cookies(&cookies).form(&fields).send().await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.header("location"), Some("/chat/room/1/"));
    let session = answer.set_cookies().into_iter().find(|cookie| cookie.starts_with("sessionid=")).unwrap();
    assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax") && !session.contains("Secure"));
}

#[tokio::test(start_paused = true)]
async fn cookies_are_secure_behind_an_https_address() {
    let config = Config { public_url: Some("https://bedside.test".parse().unwrap()), ..Config::default() };
    let app = TestApp::with(config).await;
    let form = app.get("/accounts/login/").page().send().await;
    assert!(form.set_cookies()[0].ends_with("; Secure"));
    assert!(form.header("strict-transport-security").is_some());
}

#[tokio::test(start_paused = true)]
async fn the_form_needs_its_token_or_our_origin() {
    let app = TestApp::new().await;
    let password = password_of("ana");
    let fields = [("username", "ana"), ("password", password.as_str())];
    let post = || app.post("/accounts/login/").form(&fields);
    assert_eq!(post().send().await.code(), "csrf_failed");
    assert_eq!(post().header("origin", "http://evil.example").send().await.code(), "csrf_failed");
    assert_eq!(post().header("origin", "http://bedside.test").send().await.status, 302);
}

#[tokio::test(start_paused = true)]
async fn the_way_back_leads_nowhere_else() {
    let app = TestApp::new().await;
    let password = password_of("ana");
    let fields = [("username", "ana"), ("password", password.as_str()), ("next", "//evil.example/")];
    let answer =
        app.post("/accounts/login/").header("origin", "http://bedside.test").form(&fields).send().await;
    assert_eq!(answer.header("location"), Some("/chat/"));
}

#[tokio::test(start_paused = true)]
async fn a_wrong_password_shows_the_form_again() {
    let app = TestApp::new().await;
    let fields = [("username", "ana"), ("password", "wrong password")];
    let post = app.post("/accounts/login/").page().header("origin", "http://bedside.test");
    let answer = post.form(&fields).send().await;
    assert_eq!(answer.status, 401);
    assert!(answer.text().contains("The user name or the password is wrong"));
    assert!(answer.cookie("sessionid").is_none());
}

#[tokio::test(start_paused = true)]
async fn a_name_signs_in_however_its_letters_are_written() {
    let app = TestApp::new().await;
    app.hire(Role::Patient, "ΝΙΚΟΣ", "Nikos Kazan").await;
    for written in ["ΝΙΚΟΣ", "νικος", "Νίκος"] {
        let mut wish = login("ΝΙΚΟΣ");
        wish["username"] = json!(written);
        assert_eq!(app.post("/accounts/login/").json(&wish).send().await.status, 200, "{written}");
    }
}
