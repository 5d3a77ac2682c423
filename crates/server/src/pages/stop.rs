//! The page behind the link that stops e-mail.

use axum::response::Response;
use bedside_i18n::Localizer;
use http::StatusCode;
use maud::html;

use crate::pages::layout::Page;

/// Asks whether it is meant.
pub(crate) fn ask(strings: &Localizer) -> Response {
    let title = strings.text("page-stop-title");
    let body = html! {
        main.sign-in {
            h1.sign-in__title { (title) }
            p { (strings.text("page-stop-what")) }
            form.sign-in__form method="post" {
                button.button type="submit" { (strings.text("page-stop-do")) }
            }
        }
    };
    Page { strings, title, scripts: &[], body }.answer(StatusCode::OK, None)
}

/// It was done.
pub(crate) fn done(strings: &Localizer) -> Response {
    let title = strings.text("page-stopped-title");
    let body = html! {
        main.sign-in {
            h1.sign-in__title { (title) }
            p { (strings.text("page-stopped-what")) }
        }
    };
    Page { strings, title, scripts: &[], body }.answer(StatusCode::OK, None)
}
