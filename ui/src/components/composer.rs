//! The box one writes in.

use bedside_protocol::ipc::IpcError;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, InputEvent, KeyboardEvent};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::{Alert, Icon, IconName, Tone};
use crate::errors::explain;
use crate::state::composer::Space;
use crate::words::{Words, use_words};

/// What Enter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnterKey {
    Sends,
    Breaks,
}

/// A composer's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub name: AttrValue,
    pub text: AttrValue,
    pub enter: EnterKey,
    pub space: Space,
    pub sendable: bool,
    pub error: Option<IpcError>,
    pub on_type: Callback<String>,
    pub on_send: Callback<()>,
    pub on_leave: Callback<()>,
}

/// The composer. It grows with its text, by a hidden copy of the text behind it.
#[component]
pub(crate) fn ComposerBox(props: &Props) -> Html {
    let words = use_words();
    let oninput = props.on_type.reform(|event: InputEvent| typed(&event));
    let onclick = props.on_send.reform(|_| ());
    html! {
        <div class="composer">
            if let Some(error) = &props.error {
                { failure(&words, error) }
            }
            <div class="composer__row">
                <div class="composer__box" data-text={&props.text}>
                    <textarea
                        class="composer__input"
                        rows="1"
                        value={&props.text}
                        placeholder={words.about("composer-placeholder", &props.name)}
                        aria-label={words.about("composer-label", &props.name)}
                        aria-describedby="composer-hint"
                        dir={(!props.text.is_empty()).then_some("auto")}
                        {oninput}
                        onkeydown={keys(props)}
                        onblur={props.on_leave.reform(|_| ())}
                    />
                </div>
                <button
                    class="send-button"
                    type="button"
                    aria-label={words.text("composer-send")}
                    title={words.text("composer-send")}
                    aria-disabled={(!props.sendable).then_some("true")}
                    {onclick}
                >
                    <Icon name={IconName::Send} />
                </button>
            </div>
            <div class="composer__foot">
                <span class="composer__hint" id="composer-hint">{ words.text(hint(props.enter)) }</span>
                { count(&words, props.space) }
            </div>
        </div>
    }
}

fn failure(words: &Words, error: &IpcError) -> Html {
    let explained = explain(words, error);
    html! { <Alert tone={Tone::Error} title={explained.what} text={explained.advice} /> }
}

fn count(words: &Words, space: Space) -> Html {
    let (id, count, class) = match space {
        Space::Plenty => return Html::default(),
        Space::Left(left) => ("composer-left", left, None),
        Space::Over(over) => ("composer-over", over, Some("composer__count--over")),
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    html! { <span class={classes!("composer__count", class)} role="status">{ words.count(id, count) }</span> }
}

fn hint(enter: EnterKey) -> &'static str {
    match enter {
        EnterKey::Sends => "composer-hint-enter",
        EnterKey::Breaks => "composer-hint-shift-enter",
    }
}

/// While an input method composes, Enter chooses a word and nothing else (some engines tell only by code 229).
fn keys(props: &Props) -> Callback<KeyboardEvent> {
    let (enter, send) = (props.enter, props.on_send.clone());
    Callback::from(move |event: KeyboardEvent| {
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() != "Enter" || composing {
            return;
        }
        let shift = event.shift_key();
        let command = event.ctrl_key() || event.meta_key();
        if command || shift == (enter == EnterKey::Breaks) {
            event.prevent_default();
            send.emit(());
        }
    })
}

fn typed(event: &InputEvent) -> String {
    let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
    area.map(|area| area.value()).unwrap_or_default()
}
