//! What needs no session: `/`, `/livez`, `/healthz`, `/openapi.json`, static files, and everything that is not there.

use std::any::Any;
use std::sync::{Arc, LazyLock};

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use bedside_protocol::wire::{Health, Writes};
use bedside_protocol::{ErrorCode, PROTO};
use http::{HeaderValue, Method, StatusCode, Uri, header};
use serde::Deserialize;

use crate::app::AppState;
use crate::failure::Failure;
use crate::health::Known;
use crate::params::Params;
use crate::{openapi as document, routes};

/// What to do about it is for the operator; the two usual causes.
const NO_COMMITS: &str = "The database does not commit: is its standby away, or its disk full?";

/// `GET /`.
pub(crate) async fn home() -> Redirect {
    Redirect::to("/chat/")
}

/// `GET /livez`: the process answers; nothing else is asked.
pub(crate) async fn alive() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// What makes this server one to send requests to.
#[derive(Deserialize)]
pub(crate) struct Query {
    #[serde(default)]
    writes: String,
}

/// `GET /healthz` and `GET /readyz`: whether this server is one to send requests to. A database that can only be read
/// is no reason not to, since every other server has the same; whoever wants to know that asks `?writes=required`.
pub(crate) async fn health(
    State(state): State<Arc<AppState>>,
    Params(query): Params<Query>,
) -> Result<Json<Health>, Failure> {
    if state.closing.is_cancelled() {
        return Err(Failure::because(ErrorCode::Unavailable, "The server is closing."));
    }
    let report = state.health.check(&state).await;
    if !report.is_readable() {
        return Err(Failure::because(ErrorCode::Unavailable, "The database cannot be read."));
    }
    if query.writes == "required" && report.writes != Known::Works {
        return Err(Failure::because(ErrorCode::Unavailable, NO_COMMITS));
    }
    let writes = if report.is_writable() { Writes::Ok } else { Writes::Stalled };
    let (status, version) = ("ok".to_owned(), env!("CARGO_PKG_VERSION").to_owned());
    Ok(Json(Health { status, proto: vec![PROTO], version, writes }))
}

/// `GET /openapi.json`.
pub(crate) async fn openapi() -> Json<&'static serde_json::Value> {
    static DOCUMENT: LazyLock<serde_json::Value> = LazyLock::new(document::document);
    Json(&DOCUMENT)
}

/// `GET /static/<name>`.
pub(crate) async fn static_file(Path(name): Path<String>) -> Result<Response, Failure> {
    let (kind, content) = match name.as_str() {
        "app.css" => ("text/css; charset=utf-8", include_str!("../../static/app.css")),
        "room.js" => ("text/javascript; charset=utf-8", include_str!("../../static/room.js")),
        "times.js" => ("text/javascript; charset=utf-8", include_str!("../../static/times.js")),
        _ => return Err(ErrorCode::NotFound.into()),
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=300")];
    Ok((headers, content).into_response())
}

/// No such path: with its slash, if only that was missing; else 404.
pub(crate) async fn missing(method: Method, uri: Uri) -> Response {
    let with_slash = format!("{}/", uri.path());
    if matches!(method, Method::GET | Method::HEAD) && routes::has_get(&with_slash) {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(location) = HeaderValue::try_from(with_slash + &query) {
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, location)]).into_response();
        }
    }
    Failure::from(ErrorCode::NotFound).into_response()
}

/// The path exists, the method does not.
pub(crate) async fn wrong_method() -> Failure {
    ErrorCode::MethodNotAllowed.into()
}

/// A handler panicked: its message may quote anything, so it is not logged.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Failure::from(ErrorCode::Internal).into_response()
}
