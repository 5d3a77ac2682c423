//! A POST: its body, read within the limits, and (by cookie) proven to be meant.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use bedside_protocol::{ErrorCode, limits};
use bedside_runtime::Runtime;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::app::AppState;
use crate::auth::csrf;
use crate::auth::signed::{Presented, Signed, Use};
use crate::failure::Failure;
use crate::peer::Client;
use crate::store::SessionKind;

/// A body that has not arrived by then is given up.
const BODY_DEADLINE: Duration = Duration::from_secs(30);

/// A body as it was sent.
pub(crate) enum Body {
    /// JSON under whatever content type: pages `fetch` with a string and say `text/plain`.
    Json(Bytes),
    /// A form.
    Form(Bytes),
}

/// A signed-in POST.
pub(crate) struct Posted {
    pub(crate) signed: Signed,
    pub(crate) client: Client,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl FromRequest<Arc<AppState>> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &Arc<AppState>) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let peer = parts.extensions.get().copied();
        let client = Client::of(&state.config, peer, &parts.headers);
        let presented = Presented::of(&parts.headers);
        let signed = Signed::find(state, presented, Use::ByPerson).await?;
        let body = Body::read(&state.runtime, &parts.headers, body).await?;
        if signed.session.kind == SessionKind::Cookie {
            csrf::check(
                &state.config,
                &client,
                &parts.headers,
                body.field("csrfmiddlewaretoken").as_deref(),
            )?;
        }
        Ok(Posted { signed, client, headers: parts.headers, body })
    }
}

impl Body {
    pub(crate) async fn read(
        runtime: &Runtime,
        headers: &HeaderMap,
        body: axum::body::Body,
    ) -> Result<Self, Failure> {
        let limited = Limited::new(body, limits::BODY_BYTES).collect();
        let read = runtime.timeout(BODY_DEADLINE, limited).await.ok_or(ErrorCode::RequestTimeout)?;
        let bytes = read.map_err(|error| unreadable(error.as_ref()))?.to_bytes();
        let looks_like_json = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
        if is_form(headers) && !looks_like_json {
            return Ok(Self::Form(bytes));
        }
        Ok(Self::Json(bytes))
    }

    /// The body as a value.
    pub(crate) fn value<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        match self {
            Self::Json(bytes) => serde_json::from_slice(bytes).map_err(|error| bad_request(&error)),
            Self::Form(bytes) => serde_urlencoded::from_bytes(bytes)
                .map_err(|_| Failure::because(ErrorCode::BadRequest, "A field is missing or malformed.")),
        }
    }

    /// A field of a form.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        match self {
            Self::Json(_) => None,
            Self::Form(bytes) => url::form_urlencoded::parse(bytes)
                .find_map(|(key, value)| (key == name).then(|| value.into_owned())),
        }
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().starts_with("application/x-www-form-urlencoded"))
}

fn unreadable(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Failure {
    if error.is::<LengthLimitError>() {
        return Failure::because(
            ErrorCode::TooLarge,
            format!("The largest body read is {} bytes.", limits::BODY_BYTES),
        );
    }
    ErrorCode::BadRequest.into()
}

/// Where the JSON is wrong, without quoting any of it: serde's own message may contain the text.
fn bad_request(error: &serde_json::Error) -> Failure {
    let what = match error.classify() {
        serde_json::error::Category::Data => "The JSON lacks a field or has one of the wrong type",
        _ => "The body is not JSON",
    };
    let place = format!("{what} (line {}, column {}).", error.line(), error.column());
    Failure::because(ErrorCode::BadRequest, place)
}
