//! What is to be written out, and the way to it.

use bedside_protocol::RoomId;
use bedside_protocol::ipc::{ConnectionMode, ExportOrder, ExportPackaging};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlSelectElement, InputEvent, SubmitEvent};
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use crate::components::{Alert, Button, Kind, PasswordField, Switch, Tone, typed};
use crate::hooks::{PageProps, Store};
use crate::pages::file_check::FileCheck;
use crate::state::Action;
use crate::state::nav::{Dialog, NavAction};
use crate::words::{Words, use_words};

/// The formats, with the ids of their name and of what they are for.
const FORMATS: [(&str, &str, &str); 5] = [
    ("html", "download-html", "download-html-hint"),
    ("text", "download-text", "download-text-hint"),
    ("csv", "download-csv", "download-csv-hint"),
    ("json", "download-json", "download-json-hint"),
    ("fhir", "download-fhir", "download-fhir-hint"),
];

/// The shortest password that protects anything, in characters.
const PASSWORD_CHARS: usize = 10;

/// The form's properties.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub store: Store,
    pub room: Option<RoomId>,
    pub on_order: Callback<ExportOrder>,
    pub on_close: Callback<()>,
}

/// What was filled in.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filled {
    format: usize,
    from: String,
    to: String,
    sealed: bool,
    password: String,
    /// Whether it was tried with a password that is too short.
    short: bool,
}

/// The form.
#[component]
pub(super) fn ExportForm(props: &Props) -> Html {
    let words = use_words();
    let filled = use_state_eq(Filled::default);
    let change = |change: fn(&mut Filled, String)| {
        let filled = filled.clone();
        Callback::from(move |text: String| {
            let mut next = (*filled).clone();
            change(&mut next, text);
            filled.set(next);
        })
    };
    let on_seal = Callback::from({
        let filled = filled.clone();
        move |sealed| filled.set(Filled { sealed, ..(*filled).clone() })
    });
    let onsubmit = Callback::from({
        let (filled, words, room, on_order) =
            (filled.clone(), words.clone(), props.room, props.on_order.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            match order(&filled, &words, room) {
                Some(order) => on_order.emit(order),
                None => filled.set(Filled { short: true, ..(*filled).clone() }),
            }
        }
    });
    let (format, packed) = (FORMATS.get(filled.format), props.room.is_none());
    let error = if filled.short { words.text("download-password-short") } else { String::new() };
    html! {
        <form class="download" {onsubmit}>
            <div class="setting">
                <label class="setting__label" for="download-format">{ words.text("download-format") }</label>
                <select class="select" id="download-format" aria-describedby="download-format-hint"
                    onchange={change(|filled, value| filled.format = value.parse().unwrap_or_default()).reform(|event| chosen(&event))}>
                    { for FORMATS.iter().enumerate().map(|(at, (_, name, _))| html! {
                        <option value={at.to_string()} selected={at == filled.format}>{ words.text(name) }</option>
                    }) }
                </select>
            </div>
            <p class="download__hint" id="download-format-hint">{ format.map(|(_, _, hint)| words.text(hint)).unwrap_or_default() }</p>
            <fieldset class="download__days">
                <legend class="download__legend">{ words.text("download-days") }</legend>
                { day(words.text("download-from"), &filled.from, change(|filled, day| filled.from = day)) }
                { day(words.text("download-to"), &filled.to, change(|filled, day| filled.to = day)) }
            </fieldset>
            if !packed {
                <Switch id="download-seal" label={words.text("download-seal")} hint={words.text("download-seal-hint")}
                    on={filled.sealed || !filled.password.is_empty()} on_change={on_seal} />
            }
            <PasswordField id="download-password" label={words.text("download-password")} value={filled.password.clone()}
                hint={words.text("download-password-hint")} {error}
                on_change={change(|filled, password| { filled.password = password; filled.short = false; })} />
            if filled.password.is_empty() {
                <Alert tone={Tone::Notice} title={words.text("download-open")} text={words.text("download-open-do")} />
            }
            <p class="download__hint">{ words.text(source(&props.store)) }</p>
            <div class="dialog__deeds">
                <Button onclick={props.on_close.reform(|_| ())}>{ words.text("dialog-cancel") }</Button>
                <Button kind={Kind::Primary}>{ words.text("download-choose") }</Button>
            </div>
        </form>
    }
}

fn source(store: &Store) -> &'static str {
    match store.mode() {
        ConnectionMode::Live | ConnectionMode::Limited => "download-from-server",
        _ => "download-from-device",
    }
}

fn day(label: String, held: &str, on_day: Callback<String>) -> Html {
    let oninput = on_day.reform(|event: InputEvent| typed(&event));
    html! {
        <label class="download__day">
            { label }
            <input type="date" class="search-filters__date" value={held.to_owned()} {oninput} />
        </label>
    }
}

fn chosen(event: &Event) -> String {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    select.map(|select| select.value()).unwrap_or_default()
}

/// `None` if the password is too short to protect anything.
fn order(filled: &Filled, words: &Words, room_id: Option<RoomId>) -> Option<ExportOrder> {
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let password = some(&filled.password);
    if password.as_ref().is_some_and(|password| password.chars().count() < PASSWORD_CHARS) {
        return None;
    }
    let format = FORMATS.get(filled.format).map(|(word, _, _)| (*word).to_owned())?;
    let packaging = if filled.sealed { ExportPackaging::Zip } else { ExportPackaging::File };
    let (from, to) = (some(&filled.from), some(&filled.to));
    let (language, time_zone) = (words.language().tag().to_owned(), crate::dom::time_zone());
    Some(ExportOrder { room_id, format, from, to, packaging, password, language, time_zone })
}

/// The section of the settings.
#[component]
pub(in crate::pages) fn ExportSection(props: &PageProps) -> Html {
    let words = use_words();
    let dispatch = props.store.dispatcher();
    let all =
        Callback::from(move |_| dispatch.dispatch(Action::Nav(NavAction::Dialog(Dialog::Export(None)))));
    html! {
        <section class="card" aria-labelledby="settings-download">
            <h2 class="card__title" id="settings-download">{ words.text("settings-download") }</h2>
            <div class="setting">
                <p class="setting__label">{ words.text("download-all") }</p>
                <Button onclick={all}>{ words.text("download-begin") }</Button>
            </div>
            <FileCheck />
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_one_the_engine_knows() {
        let known = ["html", "text", "csv", "json", "fhir"];
        assert!(FORMATS.iter().all(|(word, _, _)| known.contains(word)));
    }
}
