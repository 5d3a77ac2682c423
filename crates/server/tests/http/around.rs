//! What every answer has in common.

use bedside_server::Config;

use crate::support::TestApp;

#[tokio::test(start_paused = true)]
async fn every_answer_is_protected() {
    let app = TestApp::new().await;
    let ana = app.native("ana").await;
    for path in ["/chat/", "/chat/unread/", "/accounts/login/", "/nowhere/", "/openapi.json"] {
        let answer = app.get(path).native(&ana).send().await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(
            answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_address_cannot_take_the_server_for_itself() {
    let app = TestApp::new().await;
    let mut last = 200;
    for _ in 0..1_001 {
        last = app.get("/healthz").from("192.0.2.7").send().await.status.as_u16();
    }
    assert_eq!(last, 429);
    assert_eq!(app.get("/healthz").from("192.0.2.8").send().await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn an_address_is_believed_only_from_a_named_proxy() {
    let proxy = "10.0.0.1".parse().unwrap();
    let app = TestApp::with(Config { trusted_proxies: vec![proxy], ..Config::default() }).await;
    for n in 0..1_001 {
        let spoofed = format!("198.51.100.{}", n % 250);
        app.get("/healthz").from("192.0.2.7").header("x-forwarded-for", &spoofed).send().await;
    }
    assert_eq!(app.get("/healthz").from("192.0.2.7").send().await.code(), "rate_limited");
    let through = app.get("/healthz").from("10.0.0.1").header("x-forwarded-for", "192.0.2.9");
    assert_eq!(through.send().await.status, 200);
    let limited = app.get("/healthz").from("10.0.0.1").header("x-forwarded-for", "192.0.2.7");
    assert_eq!(limited.send().await.code(), "rate_limited");
}

#[tokio::test(start_paused = true)]
async fn pages_of_an_allowed_origin_read_answers_and_no_others_do() {
    let portal = "https://portal.bedside.test";
    let config = Config { allow_origins: vec![portal.parse().unwrap()], ..Config::default() };
    let app = TestApp::with(config).await;
    let ana = app.browser("ana").await;
    let allowed = app.get("/chat/unread/").browser(&ana).header("origin", portal).send().await;
    assert_eq!(allowed.header("access-control-allow-origin"), Some(portal));
    assert_eq!(allowed.header("access-control-allow-credentials"), Some("true"));
    assert!(allowed.header("vary").unwrap().contains("origin"));
    let asked = app.request(http::Method::OPTIONS, "/chat/send-message/").header("origin", portal);
    let asked = asked.header("access-control-request-method", "POST").send().await;
    assert_eq!(
        (asked.status.as_u16(), asked.header("access-control-allow-methods")),
        (200, Some("GET,POST,PUT,DELETE"))
    );
    for foreign in ["https://evil.example", "null"] {
        let answer = app.get("/chat/unread/").browser(&ana).header("origin", foreign).send().await;
        assert_eq!(answer.header("access-control-allow-origin"), None, "{foreign}");
    }
    let plain = TestApp::new().await.get("/chat/unread/").header("origin", portal).send().await;
    assert_eq!(plain.header("access-control-allow-origin"), None);
}
