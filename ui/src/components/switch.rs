//! A setting that is on or off.

use yew::{AttrValue, Callback, Html, Properties, component, html};

/// A switch's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    pub on: bool,
    pub on_change: Callback<bool>,
}

/// The switch.
#[component]
pub(crate) fn Switch(props: &Props) -> Html {
    let hint = format!("{}-hint", props.id);
    let next = !props.on;
    html! {
        <div class="switch">
            <div class="switch__text">
                <label class="switch__label" for={&props.id}>{ &props.label }</label>
                if !props.hint.is_empty() {
                    <p class="switch__hint" id={hint.clone()}>{ &props.hint }</p>
                }
            </div>
            <button
                class="switch__control"
                id={&props.id}
                type="button"
                role="switch"
                aria-checked={props.on.to_string()}
                aria-describedby={(!props.hint.is_empty()).then_some(hint)}
                onclick={props.on_change.reform(move |_| next)}
            >
                <span class="switch__knob" />
            </button>
        </div>
    }
}
