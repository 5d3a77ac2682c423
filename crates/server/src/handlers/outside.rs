//! What needs no session: `/`, `/healthz`, `/openapi.json`, static files, and everything that is not there.

use std::any::Any;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use bedside_protocol::wire::Health;
use bedside_protocol::{ErrorCode, PROTO};
use http::{HeaderValue, Method, StatusCode, Uri, header};

use crate::app::AppState;
use crate::failure::Failure;
use crate::{openapi as document, routes};

/// `GET /`.
pub(crate) async fn home() -> Redirect {
    Redirect::to("/chat/")
}

/// `GET /healthz`.
pub(crate) async fn health(State(state): State<Arc<AppState>>) -> Result<Json<Health>, Failure> {
    state.store.ping().await?;
    Ok(Json(Health {
        status: "ok".to_owned(),
        proto: vec![PROTO],
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}

/// `GET /openapi.json`.
pub(crate) async fn openapi() -> Json<serde_json::Value> {
    Json(document::document())
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
