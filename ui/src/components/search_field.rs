//! Searching as one types.

use web_sys::{HtmlElement, InputEvent, KeyboardEvent};
use yew::{AttrValue, Callback, Html, Properties, component, html, use_node_ref};

use super::text_field::typed;
use super::{Icon, IconButton, IconName};
use crate::dom;
use crate::words::use_words;

/// A search field's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub label: AttrValue,
    pub value: AttrValue,
    /// The key that leads here, if one does.
    #[prop_or_default]
    pub key_hint: AttrValue,
    pub on_search: Callback<String>,
    /// Enter: take the first result.
    #[prop_or_default]
    pub on_enter: Callback<()>,
    /// Down: into the results.
    #[prop_or_default]
    pub on_down: Callback<()>,
}

/// The field.
#[component]
pub(crate) fn SearchField(props: &Props) -> Html {
    let words = use_words();
    let input = use_node_ref();
    let oninput = props.on_search.reform(|event: InputEvent| typed(&event));
    let clear = Callback::from({
        let (on_search, input) = (props.on_search.clone(), input.clone());
        move |_| {
            on_search.emit(String::new());
            input.cast::<HtmlElement>().inspect(dom::focus_element);
        }
    });
    let empty = props.value.is_empty();
    html! {
        <div class="search-field">
            <Icon name={IconName::Search} />
            <input
                class="search-field__input"
                ref={input}
                type="search"
                value={&props.value}
                placeholder={&props.label}
                aria-label={&props.label}
                autocomplete="off"
                spellcheck="false"
                dir={(!empty).then_some("auto")}
                {oninput}
                onkeydown={keys(props)}
            />
            if empty && !props.key_hint.is_empty() {
                <kbd class="search-field__key" aria-hidden="true">{ &props.key_hint }</kbd>
            }
            if !empty {
                <IconButton icon={IconName::Close} label={words.text("search-clear")} onclick={clear} class="search-field__clear" />
            }
        </div>
    }
}

fn keys(props: &Props) -> Callback<KeyboardEvent> {
    let (search, enter, down) = (props.on_search.clone(), props.on_enter.clone(), props.on_down.clone());
    let empty = props.value.is_empty();
    Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            // What takes the focus now does not hear the key as well.
            event.prevent_default();
            enter.emit(());
        }
        "ArrowDown" => {
            event.prevent_default();
            down.emit(());
        }
        "Escape" if !empty => {
            event.prevent_default();
            search.emit(String::new());
        }
        _ => {}
    })
}
