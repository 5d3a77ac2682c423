//! After how many days a practitioner is told that a patient has not read something.

use bedside_protocol::ipc::Settings;
use bedside_protocol::limits::UNSEEN_DAYS_MAX;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, html};

use crate::words::Words;

/// The section.
pub(super) fn unseen(words: &Words, settings: &Settings, on_days: Callback<u8>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(days) = select.and_then(|select| select.value().parse().ok()) {
            on_days.emit(days);
        }
    });
    html! {
        <section class="card" aria-labelledby="settings-unseen">
            <h2 class="card__title" id="settings-unseen">{ words.text("home-unseen-title") }</h2>
            <div class="setting">
                <label class="setting__label" for="unseen-days">{ words.text("settings-unseen-days") }</label>
                <select class="select" id="unseen-days" {onchange}>
                    { for (1..=UNSEEN_DAYS_MAX).map(|days| html! {
                        <option value={days.to_string()} selected={settings.unseen_days == days}>
                            { words.count("lasted-days", i64::from(days)) }
                        </option>
                    }) }
                </select>
            </div>
        </section>
    }
}
