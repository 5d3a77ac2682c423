//! A labelled text of several lines with its hint and its error.

use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, InputEvent};
use yew::{AttrValue, Callback, Html, NodeRef, Properties, classes, component, html};

/// A text area's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Unique on the page.
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub rows: u32,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub error: AttrValue,
    pub area: NodeRef,
    pub on_change: Callback<String>,
}

/// The text area.
#[component]
pub(crate) fn TextArea(props: &Props) -> Html {
    let note = format!("{}-note", props.id);
    let failed = !props.error.is_empty();
    let text = if failed { &props.error } else { &props.hint };
    let oninput = props.on_change.reform(|event: InputEvent| {
        let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
        area.map(|area| area.value()).unwrap_or_default()
    });
    html! {
        <div class={classes!("text-field", failed.then_some("text-field--failed"))}>
            <label class="text-field__label" for={&props.id}>{ &props.label }</label>
            <textarea
                class="text-field__input text-field__input--lines"
                id={&props.id}
                ref={props.area.clone()}
                rows={props.rows.to_string()}
                value={&props.value}
                dir={(!props.value.is_empty()).then_some("auto")}
                aria-required="true"
                aria-invalid={failed.then_some("true")}
                aria-describedby={(!text.is_empty()).then(|| note.clone())}
                {oninput}
            />
            if !text.is_empty() {
                <p class="text-field__note" id={note}>{ text }</p>
            }
        </div>
    }
}
