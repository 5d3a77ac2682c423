//! `GET /metrics`, on a listener of its own: not among the routes that people reach.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bedside_protocol::ErrorCode;
use http::{HeaderValue, header};

use crate::app::AppState;
use crate::failure::Failure;
use crate::metrics;

/// OpenMetrics 1.0, which Prometheus asks for first.
const TEXT: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// All that is served there.
pub(crate) fn router(state: Arc<AppState>) -> Router {
    Router::new().route("/metrics", get(read)).with_state(state)
}

async fn read(State(state): State<Arc<AppState>>) -> Result<Response, Failure> {
    let now = metrics::State {
        health: state.health.check(&state).await,
        standing: state.bus.standing(),
        store: state.store.gauges(),
        outreach: state.store.outreach_gauges().await.ok(),
    };
    let text = state.metrics.text(now).map_err(|_| ErrorCode::Internal)?;
    Ok(([(header::CONTENT_TYPE, TEXT)], text).into_response())
}
