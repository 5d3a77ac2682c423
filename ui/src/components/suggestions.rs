//! What is offered while one writes: a list that the text box keeps the focus over.

use web_sys::{MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_effect_with};

use crate::dom;

/// The list's element, for the text box to name.
pub(crate) const LIST: &str = "composer-suggestions";

/// One of what is offered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Suggestion {
    /// An emoji, or nothing.
    pub mark: AttrValue,
    pub title: AttrValue,
    /// More about it, on a line of its own.
    pub detail: AttrValue,
    /// The language of its words, if it is another one than the page's.
    pub lang: Option<&'static str>,
}

/// A list's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub label: AttrValue,
    pub offered: Vec<Suggestion>,
    /// Which one would be taken.
    pub chosen: usize,
    pub on_pick: Callback<usize>,
}

/// The element of one of them.
pub(crate) fn id(at: usize) -> String {
    format!("{LIST}-{at}")
}

/// The list. The choice is moved by the text box's keys.
#[component]
pub(crate) fn Suggestions(props: &Props) -> Html {
    use_effect_with((props.chosen, props.offered.len()), |(chosen, _)| show(*chosen));
    // The text box would lose the focus.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    let option = |(at, one): (usize, &Suggestion)| {
        let chosen = at == props.chosen;
        html! {
            <li
                id={id(at)}
                class={classes!("suggestions__one", chosen.then_some("suggestions__one--chosen"))}
                role="option"
                aria-selected={chosen.to_string()}
                lang={one.lang}
                onclick={props.on_pick.reform(move |_| at)}
            >
                if !one.mark.is_empty() { <span class="suggestions__mark" aria-hidden="true">{ &one.mark }</span> }
                <span class="suggestions__words">
                    <span class="cut"><bdi>{ &one.title }</bdi></span>
                    if !one.detail.is_empty() { <span class="suggestions__detail cut"><bdi>{ &one.detail }</bdi></span> }
                </span>
            </li>
        }
    };
    html! {
        <ul class="suggestions" id={LIST} role="listbox" aria-label={&props.label} {onmousedown}>
            { for props.offered.iter().enumerate().map(option) }
        </ul>
    }
}

fn show(at: usize) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(option) = dom::find(&format!("#{}", id(at))) {
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
