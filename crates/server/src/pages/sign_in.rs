//! The sign-in form.

use axum::response::{IntoResponse, Response};
use bedside_i18n::Localizer;
use bedside_protocol::{ErrorCode, Problem};
use http::{HeaderValue, StatusCode, header};
use maud::html;

use crate::auth::csrf::PageToken;
use crate::pages::layout::{Page, csrf_field, with_token};
use crate::peer::Client;

/// The form, with what went wrong the last time.
pub(crate) fn page(
    strings: &Localizer,
    client: &Client,
    token: PageToken,
    next: &str,
    problem: Option<&Problem>,
) -> Response {
    let body = html! {
        main.sign-in {
            h1.sign-in__title { (strings.text("page-sign-in-title")) }
            @if let Some(problem) = problem {
                p.notice role="alert" { (strings.text(words_for(problem.code))) }
            }
            form.sign-in__form method="post" action="/accounts/login/" {
                (csrf_field(&token))
                input type="hidden" name="next" value=(next);
                label for="username" { (strings.text("page-username")) }
                input.field #username name="username" autocomplete="username" autocapitalize="none"
                    maxlength="150" required autofocus;
                label for="password" { (strings.text("page-password")) }
                input.field #password name="password" type="password" autocomplete="current-password"
                    maxlength="1024" required;
                button.button type="submit" { (strings.text("page-sign-in")) }
            }
        }
    };
    let title = strings.text("page-sign-in-title");
    let status = problem.map_or(StatusCode::OK, |problem| {
        StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNAUTHORIZED)
    });
    with_token(Page { strings, title, scripts: &[], body }.answer(status, None), client, &token)
}

const fn words_for(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::WrongCredentials => "page-wrong-credentials",
        ErrorCode::RateLimited | ErrorCode::Unavailable => "page-too-many-attempts",
        _ => "page-error",
    }
}

/// To the form, and from there back to where one wanted to go.
pub(crate) fn redirect(next: Option<&str>) -> Response {
    let query = next.map(|next| {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
        format!("?{query}")
    });
    let location = format!("/accounts/login/{}", query.unwrap_or_default());
    let location = HeaderValue::try_from(location).unwrap_or(HeaderValue::from_static("/accounts/login/"));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_carried_along() {
        let response = redirect(Some("/chat/room/3/?before=7"));
        let location = response.headers().get(header::LOCATION).unwrap();
        assert_eq!(location, "/accounts/login/?next=%2Fchat%2Froom%2F3%2F%3Fbefore%3D7");
    }
}
