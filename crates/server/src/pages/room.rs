//! One room: history, live messages where scripts run, a form that works without them.

use axum::response::Response;
use bedside_i18n::Localizer;
use bedside_protocol::ClientId;
use bedside_protocol::wire::{Account, MessagesPage, PageMessage, Quote, Room};
use http::StatusCode;
use maud::{Markup, html};

use crate::auth::csrf::PageToken;
use crate::pages::layout::{Page, bar, csrf_field, moment, with_token};
use crate::peer::Client;

/// What the page shows.
pub(crate) struct View<'a> {
    pub(crate) me: &'a Account,
    pub(crate) room: &'a Room,
    pub(crate) messages: &'a MessagesPage,
    /// For the form, so that sending it twice stores one message.
    pub(crate) client_id: ClientId,
}

pub(crate) fn page(strings: &Localizer, client: &Client, token: PageToken, view: &View<'_>) -> Response {
    let name = &view.room.other.name;
    let start = html! {
        a.bar__back href="/chat/" { (strings.text("page-back")) }
        h1.bar__title dir="auto" { (name) }
        @if let Some(profession) = &view.room.other.profession {
            span.bar__about dir="auto" { (profession) }
        }
    };
    let body = html! {
        (bar(strings, view.me, &token, &start))
        (timeline(strings, view))
        (composer(strings, &token, view))
    };
    let page = Page { strings, title: name.clone(), scripts: &["times.js", "room.js"], body };
    with_token(page.answer(StatusCode::OK, Some(client)), client, &token)
}

/// The data the script needs travels as attributes: the policy allows no inline script.
fn timeline(strings: &Localizer, view: &View<'_>) -> Markup {
    let (room, page) = (view.room, view.messages);
    let oldest = page.messages.first().map(|entry| entry.message.room_seq);
    let newest = page.messages.last().map_or(0, |entry| entry.message.room_seq.0);
    html! {
        main.timeline #timeline data-room=(room.room_id) data-newest=(newest) data-last=(page.last_seq)
            data-me-type=(view.me.person.role.as_str()) data-me-id=(view.me.person.role_id)
            data-not-sent=(strings.text("page-not-sent")) data-not-writable=(strings.text("page-not-writable"))
            data-signed-out=(strings.text("page-signed-out")) data-sign-in=(strings.text("page-sign-in"))
            data-missing=(strings.text("page-missing")) data-urgent=(strings.text("page-urgent"))
            data-me=(view.me.person.account_id) data-you=(strings.text("page-you")) data-other=(room.other.name)
            data-retracted=(strings.text("page-retracted")) {
            @if let (true, Some(oldest)) = (page.has_more, oldest) {
                a.timeline__older href={ "?before=" (oldest) } { (strings.text("page-older")) }
            }
            @if page.messages.is_empty() { p.timeline__empty { (strings.text("page-no-messages")) } }
            ol.timeline__messages #messages role="log" aria-live="polite" {
                @for entry in &page.messages { (bubble(strings, view, entry)) }
            }
        }
    }
}

fn bubble(strings: &Localizer, view: &View<'_>, entry: &PageMessage) -> Markup {
    let message = &entry.message;
    let own = message.sender_account == view.me.person.account_id;
    let side = if own { "message--out" } else { "message--in" };
    html! {
        li class={ "message " (side) } id={ "m" (message.room_seq) } data-id=(message.id) data-seq=(message.room_seq) {
            @if message.urgent { strong.message__urgent { (strings.text("page-urgent")) } }
            @if let Some(quote) = &message.quote { (quoted(strings, view, quote)) }
            @if message.retracted_at.is_some() {
                p.message__text.message__text--gone { (strings.text("page-retracted")) }
            } @else {
                p.message__text dir="auto" { (message.content) }
            }
            span.message__meta {
                (moment(message.timestamp))
                @if message.edited_at.is_some() { " · " (strings.text("page-edited")) }
            }
        }
    }
}

/// What a message replies to; it leads there, on this page or on the one that has it.
fn quoted(strings: &Localizer, view: &View<'_>, quote: &Quote) -> Markup {
    let own = quote.sender_account == view.me.person.account_id;
    let name = if own { strings.text("page-you") } else { view.room.other.name.clone() };
    let here = view.messages.messages.iter().any(|entry| entry.message.room_seq == quote.room_seq);
    let page = if here { String::new() } else { format!("?before={}", quote.room_seq.next()) };
    html! {
        a.message__quote href={ (page) "#m" (quote.room_seq) } {
            strong dir="auto" { (name) }
            @if quote.retracted {
                span.message__text--gone { (strings.text("page-retracted")) }
            } @else {
                span dir="auto" { (quote.text) }
            }
        }
    }
}

fn composer(strings: &Localizer, token: &PageToken, view: &View<'_>) -> Markup {
    let room = view.room;
    if !room.writable {
        return html! { p.notice { (strings.text("page-not-writable")) } };
    }
    let label = strings.text_with("page-write-to", &[("name", room.other.name.as_str().into())]);
    html! {
        form.composer #composer method="post" action="/chat/send-message/" {
            (csrf_field(token))
            input type="hidden" name="room_id" value=(room.room_id);
            input type="hidden" name="client_id" value=(view.client_id);
            textarea.field.composer__text #messageInput name="message" rows="2" maxlength="8000" required
                dir="auto" aria-label=(label) placeholder=(strings.text("page-write")) {}
            button.button type="submit" { (strings.text("page-send")) }
        }
    }
}
