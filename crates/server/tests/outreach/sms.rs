use std::time::Duration;

use bedside_server::outreach::sms::{SmsUnfit, Twilio, TwilioOptions, Webhook, WebhookOptions, sign};
use bedside_server::outreach::{Carrier as _, Handed, NotCarried};
use serde_json::{Value, json};

use crate::gateway::{ACCOUNT, Gateway, TOKEN};
use crate::{letter, provide};

fn twilio(base_url: &url::Url, from: &str) -> Twilio {
    provide();
    let options = TwilioOptions {
        base_url: base_url.clone(),
        account: ACCOUNT.to_owned(),
        token: TOKEN.into(),
        from: from.to_owned(),
    };
    Twilio::new(options).unwrap()
}

#[tokio::test]
async fn an_sms_has_the_shape_that_twilio_publishes() {
    let (gateway, url) = Gateway::start().await;
    let sid = Some("SM00000000000000000000000000000001".to_owned());
    for from in ["+4930123456", "MG0123456789abcdef0123456789abcdef"] {
        let handed = twilio(&url, from).carry(&letter("+4915112345678")).await;
        assert_eq!(handed, Ok(Handed { gateway_id: sid.clone() }), "{from}");
    }
    let asked = gateway.asked();
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&asked[0].body).into_owned().collect();
    let body = "Something waits\nhttps://chat.example.org/chat/room/1/".to_owned();
    let expected = [("To", "+4915112345678"), ("From", "+4930123456"), ("Body", &body)];
    assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(asked[0].headers["idempotency-key"], asked[1].headers["idempotency-key"]);
}

#[tokio::test]
async fn a_gateways_answer_says_whether_it_is_worth_another_try() {
    let (gateway, url) = Gateway::start().await;
    let twilio = twilio(&url, "+4930123456");
    let later = |problem: &str, after: Option<u64>| NotCarried::Later {
        problem: problem.to_owned(),
        after: after.map(Duration::from_secs),
    };
    let never = |problem: &str, stop| NotCarried::Never { problem: problem.to_owned(), stop };
    for (status, code, retry_after, expected) in [
        (400, 21_610, None, never("gateway_21610", true)),
        (400, 21_211, None, never("gateway_21211", false)),
        (400, 20_429, None, later("gateway_20429", None)),
        (429, 20_429, Some("30"), later("gateway_20429", Some(30))),
        (401, 20_003, None, later("gateway_20003", None)),
        (503, 0, Some("7"), later("gateway_0", Some(7))),
    ] {
        gateway.answers(status, json!({ "code": code, "message": "canary", "status": status }), retry_after);
        assert_eq!(twilio.carry(&letter("+4915112345678")).await.unwrap_err(), expected, "{status} {code}");
    }
    gateway.answers(302, json!({}), None);
    assert_eq!(twilio.carry(&letter("+4915112345678")).await.unwrap_err(), later("http_302", None));
    gateway.answers(500, Value::String("<html>".to_owned()), None);
    assert_eq!(twilio.carry(&letter("+4915112345678")).await.unwrap_err(), later("http_500", None));
    let nobody = "http://127.0.0.1:1".parse().unwrap();
    let silent = self::twilio(&nobody, "+4930123456").carry(&letter("+4915112345678")).await;
    assert_eq!(silent.unwrap_err(), later("connection", None));
}

#[tokio::test]
async fn a_webhook_is_signed_as_standard_webhooks_has_it() {
    provide();
    let (gateway, url) = Gateway::start().await;
    gateway.answers(204, json!({}), None);
    // The example of the specification's reference libraries.
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let options = WebhookOptions { url: url.join("/sms?x=1").unwrap(), secret: secret.into() };
    Webhook::new(&options).unwrap().carry(&letter("+4915112345678")).await.unwrap();
    let asked = gateway.asked().remove(0);
    let header = |name: &str| asked.headers[name].to_str().unwrap().to_owned();
    assert_eq!((asked.path.as_str(), header("content-type").as_str()), ("/sms?x=1", "application/json"));
    assert_eq!(header("webhook-id"), "00000000-0000-0000-0000-000000000007");
    assert_eq!(header("webhook-timestamp"), "1795363200");
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    assert_eq!(
        (&body["to"], &body["type"], &body["language"]),
        (&json!("+4915112345678"), &json!("sms"), &json!("ar"))
    );
    use base64::Engine as _;
    let bytes =
        base64::engine::general_purpose::STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &bytes);
    assert_eq!(header("webhook-signature"), sign(&key, &header("webhook-id"), 1_795_363_200, &asked.body));
    let example = sign(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
    assert_eq!(example, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

#[test]
fn gateways_elsewhere_are_spoken_to_by_tls_only() {
    provide();
    let webhook = |url: &str, secret: &str| {
        Webhook::new(&WebhookOptions { url: url.parse().unwrap(), secret: secret.into() }).map(|_| ())
    };
    let long = "0123456789abcdef01234567";
    assert!(webhook("https://sms.example.org/", long).is_ok());
    assert!(matches!(webhook("http://sms.example.org/", long), Err(SmsUnfit::Url)));
    assert!(matches!(webhook("https://sms.example.org/", "short"), Err(SmsUnfit::Secret)));
}
