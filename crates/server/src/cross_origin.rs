//! What pages of other origins may read: those the operator named, with their cookie; nobody else.

use std::time::Duration;

use axum::Router;
use http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};
use url::Url;

/// How long a browser need not ask again.
const ASKED_FOR: Duration = Duration::from_secs(600);

/// Lets pages of these origins read the router's answers.
pub(crate) fn share(router: Router, origins: &[Url]) -> Router {
    if origins.is_empty() {
        return router;
    }
    let origins =
        origins.iter().filter_map(|url| HeaderValue::try_from(url.origin().ascii_serialization()).ok());
    router.layer(
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(origins))
            .allow_credentials(true)
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
            .allow_headers([header::ACCEPT, header::CONTENT_TYPE, HeaderName::from_static("x-csrftoken")])
            .expose_headers([header::RETRY_AFTER])
            .max_age(ASKED_FOR),
    )
}
