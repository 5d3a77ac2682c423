//! `/accounts/login/`: a form for browsers, a bearer token for native clients.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bedside_protocol::wire::{Login, LoginAnswer};
use bedside_protocol::{ErrorCode, Problem};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

use crate::accept;
use crate::app::AppState;
use crate::auth::posted::Body;
use crate::auth::sign_in::SignIn;
use crate::auth::{cookies, csrf};
use crate::failure::Failure;
use crate::pages;
use crate::params::Params;
use crate::peer::Client;
use crate::store::SessionKind;

/// Where to go after signing in.
#[derive(Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: String,
}

/// The described platform's form.
#[derive(Deserialize)]
struct LoginForm {
    username: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /accounts/login/`.
pub(crate) async fn form(
    State(state): State<Arc<AppState>>,
    client: Client,
    headers: HeaderMap,
    Params(next): Params<Next>,
) -> Response {
    let token = csrf::PageToken::of(&state.runtime, &headers);
    pages::sign_in::page(accept::localizer(&headers), &client, token, local(&next.next), None)
}

/// `POST /accounts/login/`.
pub(crate) async fn post(
    State(state): State<Arc<AppState>>,
    client: Client,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let body = Body::read(&state.runtime, &parts.headers, body).await?;
    match body {
        Body::Json(_) => Ok(native(&state, &client, body.value()?).await?.into_response()),
        Body::Form(_) => browser(&state, &client, &parts.headers, &body).await,
    }
}

async fn native(state: &AppState, client: &Client, login: Login) -> Result<Json<LoginAnswer>, Failure> {
    let wish = SignIn {
        username: login.username,
        password: login.password.into(),
        kind: SessionKind::Bearer,
        device_name: login.device_name,
        platform: login.platform,
        device_id: login.device_id,
    };
    let signed = wish.carry_out(state, client).await?;
    Ok(Json(LoginAnswer {
        token: signed.token.into_text(),
        expires_at: signed.session.expires_at,
        device_id: signed.session.actor.device_id,
        account: signed.account,
    }))
}

async fn browser(
    state: &AppState,
    client: &Client,
    headers: &HeaderMap,
    body: &Body,
) -> Result<Response, Failure> {
    csrf::check(&state.config, client, headers, body.field("csrfmiddlewaretoken").as_deref())?;
    let form: LoginForm = body.value()?;
    let next = local(&form.next).to_owned();
    let wish = SignIn {
        username: form.username,
        password: form.password.into(),
        kind: SessionKind::Cookie,
        device_name: "Browser".to_owned(),
        platform: "browser".to_owned(),
        device_id: None,
    };
    match wish.carry_out(state, client).await {
        Ok(signed) => Ok(signed_in(client, &signed.token.into_text(), &next)),
        Err(Failure(problem)) if is_for_the_person(&problem) => {
            let token = csrf::PageToken::of(&state.runtime, headers);
            Ok(pages::sign_in::page(accept::localizer(headers), client, token, &next, Some(&problem)))
        }
        Err(failure) => Err(failure),
    }
}

const fn is_for_the_person(problem: &Problem) -> bool {
    matches!(problem.code, ErrorCode::WrongCredentials | ErrorCode::RateLimited | ErrorCode::Unavailable)
}

fn signed_in(client: &Client, token: &str, next: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    let location = HeaderValue::try_from(next).unwrap_or(HeaderValue::from_static("/chat/"));
    response.headers_mut().insert(header::LOCATION, location);
    if let Some(cookie) = cookies::set_session(token, client.scheme) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A path of this server, never another's: browsers read `\` as `/` and drop control characters.
fn local(next: &str) -> &str {
    let mut bytes = next.bytes();
    let rooted = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
    if rooted && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') { next } else { "/chat/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_ours_is_followed() {
        assert_eq!(local("/chat/room/3/?a=b"), "/chat/room/3/?a=b");
        for foreign in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil", "chat/"]
        {
            assert_eq!(local(foreign), "/chat/");
        }
    }
}
