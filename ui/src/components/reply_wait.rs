//! To be told if no reply comes: by when, or not at all.

use bedside_protocol::Timestamp;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, Properties, component, html};

use super::{Button, Kind};
use crate::format;
use crate::words::use_words;

/// The properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// By when, if it is waited for.
    pub due: Option<Timestamp>,
    pub on_await: Callback<Option<Timestamp>>,
}

/// What is set and the ways to change it.
#[component]
pub(crate) fn ReplyWaitFields(props: &Props) -> Html {
    let words = use_words();
    let wait = |by: fn() -> Timestamp| props.on_await.reform(move |_| Some(by()));
    let chosen = props.on_await.clone();
    let onchange = Callback::from(move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let at = input.and_then(|input| format::local_moment(&input.value()));
        if let Some(at) = at.filter(|at| *at > format::now()) {
            chosen.emit(Some(at));
        }
    });
    let value = props.due.map(format::as_local_input).unwrap_or_default();
    html! {
        <div class="reply-wait">
            <p class="switch__hint">{ words.text("reply-wait-hint") }</p>
            if props.due.is_none() {
                <div class="contact__deeds">
                    <Button kind={Kind::Secondary} onclick={wait(|| format::in_hours(4))}>{ words.text("reply-wait-hours") }</Button>
                    <Button kind={Kind::Secondary} onclick={wait(|| format::in_days_at_nine(1))}>{ words.text("reply-wait-tomorrow") }</Button>
                    <Button kind={Kind::Secondary} onclick={wait(|| format::in_days_at_nine(3))}>{ words.text("reply-wait-days") }</Button>
                </div>
            }
            <label class="setting__label" for="reply-wait-at">{ words.text("reply-wait-at") }</label>
            <input class="select" type="datetime-local" id="reply-wait-at" min={format::as_local_input(format::now())} {value} {onchange} />
            if props.due.is_some() {
                <Button kind={Kind::Secondary} onclick={props.on_await.reform(|_| None)}>{ words.text("reply-wait-off") }</Button>
            }
        </div>
    }
}
