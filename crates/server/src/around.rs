//! What is done to every request: the address's limit, one log line, security headers, pages for browsers' errors.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bedside_protocol::{ErrorCode, Problem};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};

use crate::accept;
use crate::app::AppState;
use crate::pages;
use crate::peer::{Client, Scheme};
use crate::rate::Rate;
use crate::routes;

/// What of the request the answer still depends on.
struct Asked {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
}

pub(crate) async fn every_request(
    State(state): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    let client = Client::of(&state.config, request.extensions().get().copied(), request.headers());
    let page = accept::wants_html(request.headers()).then(|| Asked {
        method: request.method().clone(),
        uri: request.uri().clone(),
        headers: request.headers().clone(),
    });
    let route = request.extensions().get::<MatchedPath>().cloned();
    let (method, began) = (request.method().clone(), state.runtime.monotonic());
    let mut response = match state.rates.take(Rate::Address(client.address)) {
        Ok(()) => next.run(request).await,
        Err(failure) => failure.into_response(),
    };
    let took = state.runtime.monotonic() - began;
    // The route's pattern, never the path or query as sent: those may say more than a log should.
    tracing::debug!(
        http.method = %method,
        http.route = route.as_ref().map_or("-", MatchedPath::as_str),
        http.status = response.status().as_u16(),
        took_ms = took.as_millis(),
        "request"
    );
    let route = route.as_ref().and_then(|route| routes::pattern(route.as_str()));
    state.metrics.requests.answered(&method, route, response.status(), took);
    if let Some(asked) = page
        && let Some(problem) = response.extensions_mut().remove::<Problem>()
    {
        response = page_of(&asked, &problem);
    }
    protect(response.headers_mut(), client.scheme);
    response
}

/// A browser's answer to a problem: the sign-in form, or a page that says it.
fn page_of(asked: &Asked, problem: &Problem) -> Response {
    if problem.code == ErrorCode::Unauthenticated {
        let next = if asked.method == Method::GET {
            asked.uri.path_and_query().map(ToString::to_string)
        } else {
            None
        };
        return pages::sign_in::redirect(next.as_deref());
    }
    pages::error::page(accept::localizer(&asked.headers), problem)
}

fn protect(headers: &mut HeaderMap, scheme: Scheme) {
    const ALWAYS: [(HeaderName, &str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if scheme == Scheme::Https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}
