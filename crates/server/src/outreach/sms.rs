//! SMS: by a gateway that speaks Twilio's Messages API, or by one of the clinic's own that takes signed webhooks.

mod inbound;
mod twilio;
mod webhook;

use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode};

use super::carrier::NotCarried;

pub use inbound::{Wish, is_from_gateway, signature, wish};
pub use twilio::{Twilio, TwilioOptions};
pub use webhook::{Webhook, WebhookOptions, sign};

/// A gateway that says nothing for so long is not there.
const SILENCE: Duration = Duration::from_secs(20);
/// More of an answer is not read.
const ANSWER_BYTES: usize = 64 * 1024;

/// Why SMS cannot be sent as it is asked for.
#[derive(Debug, thiserror::Error)]
pub enum SmsUnfit {
    /// The address of the gateway.
    #[error("an address like https://sms.example.org is needed; http:// only on this machine")]
    Url,
    /// TLS itself.
    #[error("TLS cannot be set up")]
    Client(#[source] reqwest::Error),
    /// A secret of a webhook.
    #[error("the webhook's secret must be at least 24 bytes, base64 after whsec_ or as it is")]
    Secret,
}

/// Speaks to a gateway, follows it nowhere else.
fn client(url: &url::Url) -> Result<reqwest::Client, SmsUnfit> {
    let safe = url.scheme() == "https" || url.scheme() == "http" && super::is_loopback(url);
    if !safe || !url.has_host() {
        return Err(SmsUnfit::Url);
    }
    let client = reqwest::Client::builder()
        .timeout(SILENCE)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("bedside-server/", env!("CARGO_PKG_VERSION")));
    client.build().map_err(SmsUnfit::Client)
}

/// Nothing came back.
fn silent(error: &reqwest::Error) -> NotCarried {
    NotCarried::later(if error.is_timeout() { "timeout" } else { "connection" })
}

/// What a status means that is not success. Being refused ourselves is for the operator to mend: nothing is lost by it.
fn refused(response: &Response) -> NotCarried {
    let status = response.status();
    let problem = format!("http_{}", status.as_u16());
    let for_us = [
        StatusCode::UNAUTHORIZED,
        StatusCode::PAYMENT_REQUIRED,
        StatusCode::FORBIDDEN,
        StatusCode::NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED,
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::CONFLICT,
        StatusCode::TOO_EARLY,
        StatusCode::TOO_MANY_REQUESTS,
    ];
    if status.is_client_error() && !for_us.contains(&status) {
        NotCarried::never(problem)
    } else {
        NotCarried::Later { problem, after: retry_after(response) }
    }
}

/// Seconds; a date is as good as nothing said.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(u64::min(seconds, 3_600)))
}

/// The beginning of an answer, as JSON.
async fn json(mut response: Response) -> Option<serde_json::Value> {
    let mut read = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        read.extend_from_slice(&chunk);
        if read.len() > ANSWER_BYTES {
            return None;
        }
    }
    serde_json::from_slice(&read).ok()
}
