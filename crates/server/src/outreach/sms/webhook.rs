//! A webhook for clinics with a gateway of their own, signed as Standard Webhooks has it: HMAC-SHA256 over id, time and body.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use url::Url;

use super::{SmsUnfit, client, refused, silent};
use crate::outreach::carrier::{Carrier, Handed, Letter, NotCarried};

/// Where SMS are handed to.
#[derive(Clone, Debug)]
pub struct WebhookOptions {
    /// Receives `POST`s.
    pub url: Url,
    /// What they are signed with: `whsec_` and base64, or the bytes themselves; at least 24.
    pub secret: SecretString,
}

/// Hands SMS to the clinic's own gateway.
pub struct Webhook {
    client: reqwest::Client,
    url: Url,
    key: ring::hmac::Key,
}

impl Webhook {
    /// Looks at the options; speaks to nobody yet.
    ///
    /// # Errors
    /// When the address is not https, the secret is short, or TLS cannot be set up.
    pub fn new(options: &WebhookOptions) -> Result<Self, SmsUnfit> {
        let client = client(&options.url)?;
        let secret = options.secret.expose_secret();
        let bytes = match secret.strip_prefix("whsec_") {
            Some(encoded) => STANDARD.decode(encoded).map_err(|_| SmsUnfit::Secret)?,
            None => secret.as_bytes().to_vec(),
        };
        if bytes.len() < 24 {
            return Err(SmsUnfit::Secret);
        }
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &bytes);
        Ok(Webhook { client, url: options.url.clone(), key })
    }
}

/// What `webhook-signature` says: `v1,` and the HMAC of `<id>.<seconds>.<body>` in base64.
#[must_use]
pub fn sign(key: &ring::hmac::Key, id: &str, seconds: i64, body: &[u8]) -> String {
    let mut signing = ring::hmac::Context::with_key(key);
    signing.update(format!("{id}.{seconds}.").as_bytes());
    signing.update(body);
    format!("v1,{}", STANDARD.encode(signing.sign()))
}

#[async_trait]
impl Carrier for Webhook {
    async fn carry(&self, letter: &Letter) -> Result<Handed, NotCarried> {
        let (id, seconds) = (letter.key.to_string(), letter.at.millis() / 1_000);
        let body = json!({
            "type": "sms",
            "to": letter.to,
            "text": letter.text,
            "language": letter.language.tag(),
        });
        let body = body.to_string();
        let request = self
            .client
            .post(self.url.clone())
            .header("Content-Type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", sign(&self.key, &id, seconds, body.as_bytes()))
            .body(body);
        let response = request.send().await.map_err(|error| silent(&error))?;
        if response.status().is_success() {
            return Ok(Handed { gateway_id: Some(id) });
        }
        Err(refused(&response))
    }
}
