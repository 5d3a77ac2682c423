//! Requests by route and class of status. A route is its pattern, never the path as sent.

use std::time::Duration;

use http::{Method, StatusCode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::{Registry, Unit};

use super::Labels;
use super::durations::Durations;

/// What is not a route of ours.
const NO_ROUTE: &str = "none";

/// The requests of this server.
pub(crate) struct Requests {
    answered: Family<Labels<3>, Counter>,
    took: Family<Labels<2>, Durations>,
}

impl Requests {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let (answered, took) = (Family::default(), Family::default());
        registry.register("http_requests", "Requests by route and class of status", Family::clone(&answered));
        let help = "From a request's head to its answer's; a held poll takes as long as it is held";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, Family::clone(&took));
        Requests { answered, took }
    }

    pub(crate) fn answered(
        &self,
        method: &Method,
        route: Option<&'static str>,
        status: StatusCode,
        took: Duration,
    ) {
        let (method, route) = (("method", known(method)), ("route", route.unwrap_or(NO_ROUTE)));
        self.answered.get_or_create(&[method, route, ("status", class(status))]).inc();
        self.took.get_or_create(&[method, route]).observe(took);
    }
}

/// Anybody may invent a method.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_invents_makes_no_series() {
        let mut registry = Registry::default();
        let requests = Requests::new(&mut registry);
        for invented in ["PROPFIND", "BREW", "X"] {
            let method = Method::from_bytes(invented.as_bytes()).unwrap();
            requests.answered(&method, None, StatusCode::METHOD_NOT_ALLOWED, Duration::ZERO);
        }
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &registry).unwrap();
        let series = |name: &str| text.lines().filter(|line| line.starts_with(name)).count();
        assert_eq!([series("http_requests_total{"), series("http_request_duration_seconds_count{")], [1, 1]);
    }
}
