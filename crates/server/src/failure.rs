//! Errors on their way out: RFC 9457 problem documents. Internals stay in the log.

use axum::response::{IntoResponse, Response};
use bedside_protocol::{ErrorCode, Problem};
use http::{HeaderValue, StatusCode, header};

use crate::store::StoreError;

/// What a handler answers instead of what was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Failure(pub(crate) Problem);

impl Failure {
    /// The same with what is particular to this occurrence; never internals.
    pub(crate) fn because(code: ErrorCode, detail: impl Into<String>) -> Self {
        Failure(Problem::new(code).with_detail(detail))
    }

    /// To be tried again after this many milliseconds.
    pub(crate) fn wait(code: ErrorCode, millis: u64) -> Self {
        Failure(Problem::new(code).retry_after(millis))
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Failure(Problem::new(code))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            // Everybody is told for a while, and the log once.
            StoreError::ReadOnly | StoreError::Moved => tracing::debug!(error = %error, "nothing is written"),
            _ => tracing::error!(error = %error, "the store failed"),
        }
        match error {
            StoreError::Closing
            | StoreError::Disk
            | StoreError::ReadOnly
            | StoreError::Moved
            | StoreError::Unreachable(_) => Failure::wait(ErrorCode::Unavailable, 1_000),
            StoreError::Database(_) | StoreError::Corrupt(_) => ErrorCode::Internal.into(),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response = body.into_response();
        *response.status_mut() =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.0.status == 401 {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(millis) = self.0.retry_after_ms {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(millis.div_ceil(1_000)));
        }
        response.extensions_mut().insert(self.0);
        response
    }
}
