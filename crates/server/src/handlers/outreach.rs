//! What comes back from outside: links that stop e-mail (RFC 8058), and SMS that ask to stop.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bedside_protocol::ErrorCode;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use secrecy::ExposeSecret as _;

use crate::accept;
use crate::app::AppState;
use crate::failure::Failure;
use crate::outreach::address;
use crate::outreach::sms::{Wish, is_from_gateway, wish};
use crate::pages;
use bedside_protocol::wire::Channel;

/// Where SMS that come in are posted to.
const SMS_PATH: &str = "/outreach/sms/";
/// More than an SMS ever is.
const FIELDS_MAX: usize = 200;

/// Asks whether it is meant: mail programs look at links by themselves, and a GET changes nothing.
pub(crate) async fn ask(headers: HeaderMap) -> Response {
    pages::stop::ask(accept::localizer(&headers))
}

/// One click, by a person on our page or by a mail program (`List-Unsubscribe=One-Click`). A token that is not known is
/// answered alike: whoever guesses learns nothing.
pub(crate) async fn stop(
    State(state): State<Arc<AppState>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    state.store.stop_by_token(&token, state.runtime.now()).await?;
    Ok(pages::stop::done(accept::localizer(&headers)))
}

/// An SMS that came in, as Twilio posts it. Answered with nothing to be said.
pub(crate) async fn sms(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let fields: Vec<(String, String)> =
        url::form_urlencoded::parse(&body).into_owned().take(FIELDS_MAX).collect();
    let (token, public) = match (&state.config.outreach.sms_token, &state.config.public_url) {
        (Some(token), Some(public)) => (token, public),
        _ => return Err(ErrorCode::NotFound.into()),
    };
    let url = public.join(SMS_PATH).map_err(|_| ErrorCode::Internal)?;
    let said = headers.get("x-twilio-signature").and_then(|said| said.to_str().ok()).unwrap_or_default();
    if !is_from_gateway(token.expose_secret(), url.as_str(), &fields, said) {
        return Err(ErrorCode::Forbidden.into());
    }
    let field = |name| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let number = field("From").and_then(|from| address::checked(Channel::Sms, from));
    if let (Some(number), Some(wish)) = (number, field("Body").and_then(wish)) {
        let concerned = state.store.stop_by_sms(&number, wish == Wish::Stop, state.runtime.now()).await?;
        tracing::info!(?wish, concerned, "an SMS came in");
    }
    let xml = HeaderValue::from_static("text/xml; charset=utf-8");
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, xml)], "<Response/>").into_response())
}
