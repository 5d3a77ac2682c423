//! A problem, said to a person.

use axum::response::Response;
use bedside_i18n::Localizer;
use bedside_protocol::{ErrorCode, Problem};
use http::{HeaderValue, StatusCode, header};
use maud::html;

use crate::pages::layout::Page;

/// The page of a problem, with its status.
pub(crate) fn page(strings: &Localizer, problem: &Problem) -> Response {
    let words = strings.text(words_for(problem.code));
    let body = html! {
        main.sign-in {
            h1.sign-in__title { (words) }
            p { a href="/chat/" { (strings.text("page-back")) } }
        }
    };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Page { strings, title: words.clone(), scripts: &[], body }.answer(status, None);
    if let Some(millis) = problem.retry_after_ms {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(millis.div_ceil(1_000)));
    }
    response
}

const fn words_for(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::NotFound | ErrorCode::MethodNotAllowed => "page-not-found",
        ErrorCode::TooLarge | ErrorCode::ClientIdReused | ErrorCode::Forbidden => "page-not-sent",
        ErrorCode::RateLimited => "page-too-many-attempts",
        _ => "page-error",
    }
}
