use bedside_server::outreach::sms::signature;
use serde_json::{Value, json};

use super::post_office::{Clinic, TOKEN};

async fn stopped(clinic: &Clinic, no: usize) -> Value {
    clinic.app.get("/accounts/outreach/").native(&clinic.ana).send().await.json()["contacts"][no]["stopped"]
        .clone()
}

#[tokio::test(start_paused = true)]
async fn the_link_in_an_email_stops_it_in_one_click_and_looking_at_it_does_not() {
    let clinic = Clinic::reaching_ana().await;
    clinic.say(false).await;
    clinic.minutes(10).await;
    let url = clinic.email.take().remove(0).stop_url.unwrap();
    assert!(url.as_str().starts_with("https://chat.example.org/outreach/stop/"));
    let page = clinic.app.get(url.path()).page().header("accept-language", "de").send().await;
    assert!(page.text().contains("Diese E-Mails beenden?"), "{}", page.text());
    assert_eq!(stopped(&clinic, 0).await, json!(false));
    let click = clinic.app.post(url.path()).form(&[("List-Unsubscribe", "One-Click")]).send().await;
    assert_eq!(click.status, 200);
    assert_eq!(stopped(&clinic, 0).await, json!(true));
    let guess = clinic.app.post("/outreach/stop/00000000000000000000000000000000/").send().await;
    assert_eq!((guess.status.as_u16(), guess.text()), (200, click.text()));
    clinic
        .app
        .post(&format!("/chat/room/{}/read/", clinic.app.ana_drew))
        .native(&clinic.ana)
        .json(&json!({ "up_to": 1 }))
        .send()
        .await;
    clinic.say(false).await;
    clinic.minutes(60).await;
    assert!(clinic.email.take().is_empty());
    clinic.contact(json!({ "action": "resume", "channel": "email" })).await;
    clinic.say(false).await;
    clinic.minutes(60).await;
    assert_eq!(clinic.email.take().len(), 1);
}

async fn texts(clinic: &Clinic, text: &str, token: &str) -> crate::support::Answer {
    let fields = [("From", "+4915112345678"), ("Body", text), ("To", "+4930123456"), ("MessageSid", "SM1")];
    let owned = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let said = signature(token, "https://chat.example.org/outreach/sms/", &owned);
    clinic.app.post("/outreach/sms/").header("x-twilio-signature", &said).form(&fields).send().await
}

#[tokio::test(start_paused = true)]
async fn an_sms_stops_sms_if_the_gateway_has_signed_it() {
    let clinic = Clinic::reaching_ana().await;
    assert_eq!(texts(&clinic, "STOP", "another token").await.status, 403);
    assert_eq!(clinic.app.post("/outreach/sms/").form(&[("Body", "STOP")]).send().await.status, 403);
    let thanks = texts(&clinic, "Thank you", TOKEN).await;
    assert_eq!((thanks.status.as_u16(), thanks.text().as_str()), (200, "<Response/>"));
    assert_eq!(stopped(&clinic, 1).await, json!(false));
    assert_eq!(texts(&clinic, "Stop", TOKEN).await.status, 200);
    assert_eq!(stopped(&clinic, 1).await, json!(true));
    clinic.say(true).await;
    clinic.minutes(30).await;
    assert!(clinic.sms.take().is_empty());
    texts(&clinic, "START", TOKEN).await;
    assert_eq!(stopped(&clinic, 1).await, json!(false));
}

#[tokio::test(start_paused = true)]
async fn the_platform_tells_people_and_nobody_else_does() {
    let clinic = Clinic::reaching_ana().await;
    let root = clinic.app.native("root").await;
    let body = json!({
        "recipient_type": "patient", "recipient_id": 1, "title": "Invoice", "message": "canary invoice",
        "url": "/invoices/7/", "client_id": clinic.app.client_id(),
    });
    let post = async |who, body: &Value| {
        clinic.app.post("/platform/notifications/").native(who).json(body).send().await
    };
    assert_eq!(post(&clinic.drew, &body).await.code(), "forbidden");
    let first = post(&root, &body).await.json();
    assert_eq!(post(&root, &body).await.json(), first);
    let mut other = body.clone();
    other["title"] = json!("Other");
    assert_eq!(post(&root, &other).await.code(), "client_id_reused");
    other["client_id"] = json!(clinic.app.client_id());
    for url in ["javascript:alert(1)", "//evil.example/", "http://example.org/", "ftp://x/"] {
        other["url"] = json!(url);
        assert_eq!(post(&root, &other).await.code(), "invalid_value", "{url}");
    }
    other["url"] = json!("https://portal.example.org/x");
    other["recipient_id"] = json!(99);
    assert_eq!(post(&root, &other).await.code(), "not_found");
    let alerts = clinic.app.get("/chat/notifications/").native(&clinic.ana).send().await.json();
    let alert = &alerts["notifications"][0];
    assert_eq!(
        (&alert["id"], &alert["title"], &alert["kind"]),
        (&first["id"], &json!("Invoice"), &json!("platform"))
    );
    clinic.minutes(10).await;
    let letter = clinic.email.take().remove(0);
    assert_eq!(letter.subject, "You have a new notification");
    assert!(!letter.text.contains("canary") && !letter.html.contains("Invoice"));
    let read = json!({ "up_to": first["id"] });
    let marked =
        clinic.app.post("/chat/notifications/read/").native(&clinic.ana).json(&read).send().await.json();
    assert_eq!(marked["unread"], 0);
}
