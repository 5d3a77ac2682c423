//! Twilio's Messages API: `POST /2010-04-01/Accounts/<sid>/Messages.json`, a form, signed in by Basic.

use async_trait::async_trait;
use reqwest::StatusCode;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use super::{SmsUnfit, client, json, refused, silent};
use crate::outreach::carrier::{Carrier, Handed, Letter, NotCarried};

/// How SMS are sent.
#[derive(Clone, Debug)]
pub struct TwilioOptions {
    /// Where the gateway is; Twilio's own is `https://api.twilio.com`.
    pub base_url: Url,
    /// The account (`AC…`).
    pub account: String,
    /// Its token.
    pub token: SecretString,
    /// A number (`+…`), a name, or a messaging service (`MG…`).
    pub from: String,
}

/// Hands SMS to a gateway of that shape.
pub struct Twilio {
    client: reqwest::Client,
    url: Url,
    options: TwilioOptions,
}

/// The owner of the number has told the gateway to stop.
const STOPPED: i64 = 21_610;
/// Slow down, and other passing states of the gateway.
const PASSING: [i64; 5] = [14_107, 20_003, 20_429, 20_503, 30_001];

impl Twilio {
    /// Looks at the options; speaks to nobody yet.
    ///
    /// # Errors
    /// When the address is not https, or TLS cannot be set up.
    pub fn new(options: TwilioOptions) -> Result<Self, SmsUnfit> {
        let client = client(&options.base_url)?;
        let mut url = options.base_url.clone();
        let mut path = url.path_segments_mut().map_err(|()| SmsUnfit::Url)?;
        path.pop_if_empty().extend(["2010-04-01", "Accounts", &options.account, "Messages.json"]);
        drop(path);
        Ok(Twilio { client, url, options })
    }
}

#[async_trait]
impl Carrier for Twilio {
    async fn carry(&self, letter: &Letter) -> Result<Handed, NotCarried> {
        let service = self.options.from.starts_with("MG");
        let sender = if service { "MessagingServiceSid" } else { "From" };
        let form = [("To", &letter.to), (sender, &self.options.from), ("Body", &letter.text)];
        let body = serde_urlencoded::to_string(form).map_err(|_| NotCarried::never("unfit"))?;
        let request = self
            .client
            .post(self.url.clone())
            .basic_auth(&self.options.account, Some(self.options.token.expose_secret()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            // Twilio's own knows no such header; gateways of its shape that do send it once.
            .header("Idempotency-Key", letter.key.to_string())
            .body(body);
        let response = request.send().await.map_err(|error| silent(&error))?;
        if response.status() == StatusCode::CREATED || response.status() == StatusCode::OK {
            let answer = json(response).await;
            let sid = answer.as_ref().and_then(|answer| answer.get("sid")).and_then(Value::as_str);
            return Ok(Handed { gateway_id: sid.map(|sid| sid.chars().take(64).collect()) });
        }
        let refused = refused(&response);
        let answer = json(response).await;
        Err(told(answer.as_ref().and_then(|answer| answer.get("code")).and_then(Value::as_i64), refused))
    }
}

/// The gateway's own code says more than the status.
fn told(code: Option<i64>, by_status: NotCarried) -> NotCarried {
    let Some(code) = code else { return by_status };
    let problem = format!("gateway_{code}");
    match by_status {
        _ if code == STOPPED => NotCarried::Never { problem, stop: true },
        NotCarried::Never { .. } if PASSING.contains(&code) => NotCarried::later(problem),
        NotCarried::Never { stop, .. } => NotCarried::Never { problem, stop },
        NotCarried::Later { after, .. } => NotCarried::Later { problem, after },
    }
}
