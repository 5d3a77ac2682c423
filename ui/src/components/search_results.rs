//! Messages found, by conversation, walked with the arrow keys.

use std::rc::Rc;

use bedside_protocol::ipc::{SearchGroup, SearchHit, SearchView};
use bedside_protocol::search::Excerpt;
use bedside_protocol::{RoomId, RoomSeq};
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Html, Properties, component, html, use_node_ref};

use super::{Avatar, Button, Size};
use crate::dom;
use crate::words::{Words, use_words};

/// What the results are shown with.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub view: Rc<SearchView>,
    /// Grows with the calendar's day.
    pub today: i64,
    /// A message to go to; none while it waits to be sent.
    pub on_open: Callback<(RoomId, Option<RoomSeq>)>,
    pub on_more: Callback<()>,
}

/// The results.
#[component]
pub(crate) fn SearchResults(props: &Props) -> Html {
    let words = use_words();
    let list = use_node_ref();
    let onkeydown = Callback::from({
        let list = list.clone();
        move |event: KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowDown" => 1,
                "ArrowUp" => -1,
                _ => return,
            };
            if let (Some(list), false) = (list.cast::<Element>(), event.alt_key()) {
                event.prevent_default();
                dom::rove(&list, ".search-hit", by);
            }
        }
    });
    html! {
        <div class="search-results" ref={list} {onkeydown}>
            { for props.view.groups.iter().map(|group| conversation(&words, props, group)) }
            if props.view.more {
                <div class="search-results__more">
                    <Button onclick={props.on_more.reform(|_| ())}>{ words.text("search-more") }</Button>
                </div>
            }
        </div>
    }
}

fn conversation(words: &Words, props: &Props, group: &SearchGroup) -> Html {
    let label = words.about("search-messages-with", &group.person.name);
    html! {
        <section class="search-group" key={group.room_id.to_string()} aria-label={label.clone()}>
            <h3 class="search-group__head">
                <Avatar account={group.person.account_id} name={group.person.name.clone()} size={Size::Rail} />
                <bdi class="cut">{ &group.person.name }</bdi>
            </h3>
            <ul class="search-group__hits" role="list" aria-label={label}>
                { for group.hits.iter().map(|hit| message(words, props, group, hit)) }
            </ul>
        </section>
    }
}

fn message(words: &Words, props: &Props, group: &SearchGroup, hit: &SearchHit) -> Html {
    let place = (group.room_id, hit.seq);
    html! {
        <li key={hit.key.clone()}>
            <button class="search-hit" type="button" onclick={props.on_open.reform(move |_| place)}>
                <span class="search-hit__text" dir="auto">
                    if hit.own { <span class="search-hit__you">{ words.text("preview-you") }{ " " }</span> }
                    { for hit.excerpt.iter().map(piece) }
                </span>
                <span class="search-hit__about">
                    if hit.urgent { <span class="tag-urgent">{ words.text("urgent") }</span> }
                    <span class="search-hit__time">{ time(words, hit) }</span>
                </span>
            </button>
        </li>
    }
}

fn time(words: &Words, hit: &SearchHit) -> String {
    words.dates().in_list(hit.at).unwrap_or_else(|| words.text("day-yesterday"))
}

/// A piece of a text, marked if it is what was looked for.
pub(super) fn piece(piece: &Excerpt) -> Html {
    if piece.marked {
        html! { <mark class="found">{ &piece.text }</mark> }
    } else {
        html! { { &piece.text } }
    }
}
