use bedside_server::outreach::NotCarried;
use bedside_server::store::{Notifying as _, Which};

use super::post_office::{CANARY, Clinic};
use crate::support::Exposition;

fn later(problem: &str) -> Option<NotCarried> {
    Some(NotCarried::Later { problem: problem.to_owned(), after: None })
}

#[tokio::test(start_paused = true)]
async fn an_outage_of_hours_delays_and_doubles_nothing() {
    let clinic = Clinic::reaching_ana().await;
    clinic.email.answers(later("connection"));
    clinic.say(false).await;
    clinic.minutes(6 * 60).await;
    assert!(clinic.email.carried().is_empty());
    let tries = clinic.email.tried().iter().filter(|letter| letter.stop_url.is_some()).count();
    assert!((12..40).contains(&tries), "{tries} tries in six hours");
    clinic.email.answers(None);
    clinic.minutes(12 * 60).await;
    assert_eq!(clinic.email.carried().len(), 1);
    let mut keys: Vec<_> =
        clinic.email.tried().into_iter().filter(|one| one.stop_url.is_some()).map(|one| one.key).collect();
    keys.dedup();
    assert_eq!(keys.len(), 1, "each try has the same name");
}

#[tokio::test(start_paused = true)]
async fn what_is_read_during_an_outage_is_never_sent() {
    let clinic = Clinic::reaching_ana().await;
    clinic.email.answers(later("smtp_451"));
    clinic.say(false).await;
    clinic.minutes(60).await;
    let path = format!("/chat/room/{}/read/", clinic.app.ana_drew);
    clinic.app.post(&path).native(&clinic.ana).json(&serde_json::json!({ "up_to": 1 })).send().await;
    clinic.email.answers(None);
    clinic.minutes(24 * 60).await;
    assert!(clinic.email.carried().is_empty());
    let log = clinic.app.store.dispatches(None, Which::All, 10).await.unwrap();
    assert_eq!((log[0].state.as_str(), log[0].problem.as_deref()), ("withdrawn", Some("read")));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_sent_for_a_day_is_given_up_and_told_to_the_administrator() {
    let clinic = Clinic::reaching_ana().await;
    clinic.email.answers(later("timeout"));
    clinic.say(false).await;
    clinic.minutes(26 * 60).await;
    let failed = clinic.app.store.dispatches(None, Which::Failed, 10).await.unwrap();
    assert_eq!((failed.len(), failed[0].problem.as_deref()), (1, Some("timeout")));
    assert!(failed[0].tries > 40, "{}", failed[0].tries);
    let metrics = Exposition::of(&clinic.app).await;
    assert_eq!(metrics.value("bedside_outreach_waiting", &[("what", "failed")]), 1.0);
    assert_eq!(metrics.value("bedside_outreach_total", &[("channel", "email"), ("fate", "failed")]), 1.0);
    clinic.email.answers(None);
    clinic.app.store.retry_dispatches(None, None, clinic.app.runtime.now()).await.unwrap();
    clinic.minutes(1).await;
    assert_eq!(clinic.email.carried().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_good_is_not_tried_again() {
    let clinic = Clinic::reaching_ana().await;
    clinic.sms.answers(Some(NotCarried::Never { problem: "gateway_21610".to_owned(), stop: true }));
    clinic.say(true).await;
    clinic.minutes(60).await;
    assert_eq!(clinic.sms.tried().len(), 2, "a code and one try");
    let settings = clinic.app.get("/accounts/outreach/").native(&clinic.ana).send().await.json();
    assert_eq!(settings["contacts"][1]["stopped"], true);
}

#[tokio::test(start_paused = true)]
async fn two_servers_send_nothing_twice() {
    let clinic = Clinic::reaching_ana().await;
    let other = clinic.another();
    for _ in 0..3 {
        clinic.say(true).await;
        for _ in 0..90 {
            clinic.app.wait(std::time::Duration::from_secs(60)).await;
            futures_util::join!(clinic.app.app.reach_out(), other.reach_out());
        }
        let path = format!("/chat/room/{}/read/", clinic.app.ana_drew);
        clinic.app.post(&path).native(&clinic.ana).json(&serde_json::json!({ "up_to": 99 })).send().await;
    }
    assert_eq!((clinic.sms.carried().len(), clinic.email.carried().len()), (3, 3));
    assert!(clinic.email.carried().iter().all(|letter| !letter.text.contains(CANARY)));
}
