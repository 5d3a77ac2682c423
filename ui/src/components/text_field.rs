//! A labelled line of text with its hint and its error.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, InputEvent};
use yew::{AttrValue, Callback, Children, Html, Properties, classes, component, html};

/// What is typed, for the keyboard and the password manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typing {
    Address,
    Username,
    Secret,
    VisibleSecret,
    /// Words of one's own.
    Words,
}

impl Typing {
    const fn kind(self) -> &'static str {
        match self {
            Self::Secret => "password",
            Self::Address | Self::Username | Self::VisibleSecret | Self::Words => "text",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Address => "url",
            Self::Username => "username",
            Self::Words => "off",
            Self::Secret | Self::VisibleSecret => "current-password",
        }
    }
}

/// A text field's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Unique on the page.
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub typing: Typing,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub error: AttrValue,
    pub on_change: Callback<String>,
    /// Stands at the end of the line.
    #[prop_or_default]
    pub children: Children,
}

/// The field.
#[component]
pub(crate) fn TextField(props: &Props) -> Html {
    let note = format!("{}-note", props.id);
    let failed = !props.error.is_empty();
    let text = if failed { &props.error } else { &props.hint };
    let oninput = props.on_change.reform(|event: InputEvent| typed(&event));
    html! {
        <div class={classes!("text-field", failed.then_some("text-field--failed"))}>
            <label class="text-field__label" for={&props.id}>{ &props.label }</label>
            <span class="text-field__line">
                <input
                    class="text-field__input"
                    id={&props.id}
                    type={props.typing.kind()}
                    value={&props.value}
                    autocomplete={props.typing.autocomplete()}
                    autocapitalize="none"
                    spellcheck="false"
                    dir={(!props.value.is_empty()).then_some("auto")}
                    aria-required="true"
                    aria-invalid={failed.then_some("true")}
                    aria-describedby={(!text.is_empty()).then(|| note.clone())}
                    {oninput}
                />
                { props.children.clone() }
            </span>
            if !text.is_empty() {
                <p class="text-field__note" id={note}>{ text }</p>
            }
        </div>
    }
}

/// What stands in an input after it changed.
pub(crate) fn typed(event: &InputEvent) -> String {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}
