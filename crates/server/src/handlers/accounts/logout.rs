//! `POST /accounts/logout/`: ends the session; its sockets are closed.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{StatusCode, header};

use crate::accept;
use crate::access::Action;
use crate::app::AppState;
use crate::auth::cookies;
use crate::auth::posted::Posted;
use crate::failure::Failure;
use crate::store::SessionKind;

/// 303 to the sign-in form for a browser, 204 for others.
pub(crate) async fn post(State(state): State<Arc<AppState>>, posted: Posted) -> Result<Response, Failure> {
    let actor = posted.signed.actor(Action::UseAccount)?;
    state.commands.end_session(actor, state.runtime.now()).await.outcome().await?;
    let mut response = if accept::wants_html(&posted.headers) {
        Redirect::to("/accounts/login/").into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    };
    if posted.signed.session.kind == SessionKind::Cookie
        && let Some(cookie) = cookies::clear_session(posted.client.scheme)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
