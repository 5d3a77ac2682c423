//! Carriers that keep what they are given and answer as they are told, and a clinic that sends by them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bedside_protocol::wire::Channel;
use bedside_server::outreach::{Carrier, Handed, Letter, NotCarried, Outreach};
use bedside_server::{App, Config};
use serde_json::{Value, json};

use crate::support::{Native, TestApp};

pub(super) const TOKEN: &str = "the gateway's token";
pub(super) const CANARY: &str = "canary-4711-thyroid";

#[derive(Default)]
pub(super) struct PostOffice {
    carried: Mutex<Vec<Letter>>,
    tried: Mutex<Vec<Letter>>,
    answer: Mutex<Option<NotCarried>>,
}

#[async_trait]
impl Carrier for PostOffice {
    async fn carry(&self, letter: &Letter) -> Result<Handed, NotCarried> {
        self.tried.lock().unwrap().push(letter.clone());
        if let Some(refused) = self.answer.lock().unwrap().clone() {
            return Err(refused);
        }
        let mut carried = self.carried.lock().unwrap();
        carried.push(letter.clone());
        Ok(Handed { gateway_id: Some(format!("G{}", carried.len())) })
    }
}

impl PostOffice {
    pub(super) fn answers(&self, answer: Option<NotCarried>) {
        *self.answer.lock().unwrap() = answer;
    }

    pub(super) fn carried(&self) -> Vec<Letter> {
        self.carried.lock().unwrap().clone()
    }

    pub(super) fn tried(&self) -> Vec<Letter> {
        self.tried.lock().unwrap().clone()
    }

    /// What came since the last time.
    pub(super) fn take(&self) -> Vec<Letter> {
        std::mem::take(&mut self.carried.lock().unwrap())
    }
}

pub(super) struct Clinic {
    pub(super) app: TestApp,
    pub(super) email: Arc<PostOffice>,
    pub(super) sms: Arc<PostOffice>,
    pub(super) ana: Native,
    pub(super) drew: Native,
}

impl Clinic {
    pub(super) async fn open() -> Self {
        let (email, sms) = (Arc::new(PostOffice::default()), Arc::new(PostOffice::default()));
        let app = TestApp::with(config(&email, &sms)).await;
        let (ana, drew) = (app.native("ana").await, app.native("drew").await);
        Clinic { app, email, sms, ana, drew }
    }

    /// A second server on the same store.
    pub(super) fn another(&self) -> App {
        App::new(self.app.runtime.clone(), self.app.store.clone(), config(&self.email, &self.sms))
    }

    /// The same, with Ana reached by both.
    pub(super) async fn reaching_ana() -> Self {
        let clinic = Self::open().await;
        clinic.confirm(Channel::Email, "ana@example.org").await;
        clinic.confirm(Channel::Sms, "+49 151 12345678").await;
        clinic
    }

    pub(super) async fn contact(&self, body: Value) -> crate::support::Answer {
        self.app.post("/accounts/outreach/contacts/").native(&self.ana).json(&body).send().await
    }

    async fn confirm(&self, channel: Channel, address: &str) {
        let added = self.contact(json!({ "action": "add", "channel": channel, "address": address })).await;
        assert_eq!(added.status, 200, "{}", added.text());
        let office = if channel == Channel::Email { &self.email } else { &self.sms };
        let code = code(&office.take()[0]);
        let confirmed = self.contact(json!({ "action": "confirm", "channel": channel, "code": code })).await;
        assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    }

    pub(super) async fn say(&self, urgent: bool) {
        let body = json!({
            "room_id": self.app.ana_drew,
            "message": CANARY,
            "client_id": self.app.client_id(),
            "urgent": urgent,
        });
        let answer = self.app.post("/chat/send-message/").native(&self.drew).json(&body).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// A minute at a time, as the workers look.
    pub(super) async fn minutes(&self, minutes: u32) {
        for _ in 0..minutes {
            self.app.wait(Duration::from_secs(60)).await;
            self.app.app.reach_out().await;
        }
    }
}

fn config(email: &Arc<PostOffice>, sms: &Arc<PostOffice>) -> Config {
    let outreach = Outreach {
        email: Some(email.clone()),
        sms: Some(sms.clone()),
        sms_token: Some(TOKEN.into()),
        ..Outreach::default()
    };
    let public_url = Some("https://chat.example.org".parse().unwrap());
    Config { outreach, public_url, ..Config::default() }
}

/// The six digits of a letter.
pub(super) fn code(letter: &Letter) -> String {
    let digits = letter.text.split(|c: char| !c.is_ascii_digit());
    digits.into_iter().find(|run| run.len() == 6).unwrap().to_owned()
}
