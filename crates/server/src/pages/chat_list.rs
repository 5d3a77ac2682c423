//! The chat list: who, what last, when, how many unread.

use axum::response::Response;
use bedside_i18n::Localizer;
use bedside_protocol::wire::{Account, Message, Room};
use http::StatusCode;
use maud::{Markup, html};

use crate::auth::csrf::PageToken;
use crate::pages::layout::{Page, bar, moment, with_token};
use crate::peer::Client;

pub(crate) fn page(
    strings: &Localizer,
    client: &Client,
    token: PageToken,
    me: &Account,
    rooms: &[Room],
) -> Response {
    let heading = strings.text("page-conversations");
    let start = html! { h1.bar__title { (heading) } };
    let body = html! {
        (bar(strings, me, &token, &start))
        main.list {
            @if rooms.is_empty() {
                p.list__empty { (strings.text("page-no-conversations")) }
            } @else {
                ul.list__rows { @for room in rooms { li { (row(strings, me, room)) } } }
            }
        }
    };
    let page = Page { strings, title: heading.clone(), scripts: &["times.js"], body };
    with_token(page.answer(StatusCode::OK, Some(client)), client, &token)
}

fn row(strings: &Localizer, me: &Account, room: &Room) -> Markup {
    let unread = strings.text_with("page-unread", &[("count", room.unread_count.into())]);
    html! {
        a.row href=(room.url) {
            span.row__name dir="auto" { (room.other.name) }
            span.row__time {
                @if let Some(last) = &room.last_message { (moment(last.timestamp)) }
            }
            span.row__preview dir="auto" {
                @if let Some(last) = &room.last_message { (preview(strings, me, last)) }
            }
            @if room.unread_count > 0 {
                span.badge aria-label=(unread) title=(unread) { (room.unread_count) }
            }
        }
    }
}

/// The stylesheet cuts it to a line; this bounds what is sent.
fn preview(strings: &Localizer, me: &Account, last: &Message) -> Markup {
    let text: String = last.content.chars().take(120).collect();
    html! {
        @if last.sender_account == me.person.account_id { (strings.text("page-you")) ": " }
        @if last.retracted_at.is_some() { (strings.text("page-retracted")) } @else { (text) }
    }
}
