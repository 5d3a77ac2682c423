//! What an administrator sees in a browser: that there are no conversations, what to do instead, and the way out.

use axum::response::Response;
use bedside_i18n::Localizer;
use bedside_protocol::wire::Account;
use http::StatusCode;
use maud::html;

use crate::auth::csrf::PageToken;
use crate::pages::layout::{Page, bar, with_token};
use crate::peer::Client;

pub(crate) fn page(strings: &Localizer, client: &Client, token: PageToken, me: &Account) -> Response {
    let title = strings.text("page-administrator-title");
    let start = html! { h1.bar__title { (title) } };
    let body = html! {
        (bar(strings, me, &token, &start))
        main.list {
            p.list__empty {
                (strings.text("page-administrator")) " " (strings.text("page-administrator-do"))
            }
        }
    };
    let page = Page { strings, title: title.clone(), scripts: &[], body };
    with_token(page.answer(StatusCode::FORBIDDEN, None), client, &token)
}
