//! One of a few choices, side by side.

use yew::{AttrValue, Callback, Html, Properties, component, html};

/// The properties of a choice.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Unique on the page: the radio group's name.
    pub name: AttrValue,
    pub label: AttrValue,
    /// What may be chosen.
    pub choices: Vec<AttrValue>,
    pub chosen: usize,
    pub on_choose: Callback<usize>,
}

/// The choice, as the radio group it is.
#[component]
pub(crate) fn Segmented(props: &Props) -> Html {
    let choice = |at: usize, text: &AttrValue| {
        html! {
            <label class="segmented__choice">
                <input
                    class="segmented__input"
                    type="radio"
                    name={&props.name}
                    checked={at == props.chosen}
                    onchange={props.on_choose.reform(move |_| at)}
                />
                <span class="segmented__text">{ text }</span>
            </label>
        }
    };
    html! {
        <fieldset class="segmented">
            <legend class="segmented__label">{ &props.label }</legend>
            <div class="segmented__choices">
                { for props.choices.iter().enumerate().map(|(at, text)| choice(at, text)) }
            </div>
        </fieldset>
    }
}
