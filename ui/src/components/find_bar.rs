//! Looking for something in a conversation: a field, a count, the match before and after.

use bedside_protocol::ipc::Looked;
use web_sys::{InputEvent, KeyboardEvent};
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use super::text_field::typed;
use super::{Icon, IconButton, IconName};
use crate::dom;
use crate::state::find::{Find, FindAction};
use crate::words::{Words, use_words};

/// A bar's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub find: Find,
    pub on_find: Callback<FindAction>,
}

/// The bar.
#[component]
pub(crate) fn FindBar(props: &Props) -> Html {
    let words = use_words();
    let input = use_node_ref();
    use_effect_with((), |()| drop(dom::focus(".find-bar__input")));
    let act = |action: FindAction| props.on_find.reform(move |_| action.clone());
    let onkeydown = Callback::from({
        let on_find = props.on_find.clone();
        move |event: KeyboardEvent| {
            let action = match (event.key().as_str(), event.shift_key()) {
                ("Enter", false) if !event.is_composing() => FindAction::Older,
                ("Enter", true) => FindAction::Newer,
                ("Escape", _) => FindAction::Close,
                _ => return,
            };
            event.prevent_default();
            on_find.emit(action);
        }
    });
    html! {
        <div class="find-bar" role="search" aria-label={words.text("find-label")}>
            <div class="search-field find-bar__field">
                <Icon name={IconName::Search} />
                <input
                    class="search-field__text find-bar__input"
                    ref={input}
                    type="search"
                    value={props.find.text.clone()}
                    placeholder={words.text("find-label")}
                    aria-label={words.text("find-label")}
                    autocomplete="off"
                    spellcheck="false"
                    dir={(!props.find.text.is_empty()).then_some("auto")}
                    oninput={props.on_find.reform(|event: InputEvent| FindAction::Typed(typed(&event)))}
                    {onkeydown}
                />
            </div>
            <p class="find-bar__count" role="status">{ count(&words, &props.find) }</p>
            <IconButton icon={IconName::ArrowUp} label={words.text("find-older")} onclick={act(FindAction::Older)} />
            <IconButton icon={IconName::ArrowDown} label={words.text("find-newer")} onclick={act(FindAction::Newer)} />
            <IconButton icon={IconName::Close} label={words.text("find-close")} onclick={act(FindAction::Close)} />
        </div>
    }
}

/// Which match of how many, and how far it was looked.
fn count(words: &Words, find: &Find) -> String {
    let Some(view) = find.live.view.as_deref().filter(|_| !find.text.trim().is_empty()) else {
        return String::new();
    };
    let total = i64::try_from(view.places.len()).unwrap_or(i64::MAX);
    let counted = match find.at() {
        None => words.text("find-none"),
        Some(at) => {
            let at = i64::try_from(at).unwrap_or_default() + 1;
            let id = if view.more { "find-count-more" } else { "find-count" };
            words.text_with(id, &[("at", at.into()), ("total", total.into())])
        }
    };
    match view.looked {
        Looked::Everything => counted,
        Looked::Since { since } => {
            let far = words.text_with("find-since", &[("date", words.dates().date(since).into())]);
            format!("{counted} · {far}")
        }
        Looked::Preparing { .. } => format!("{counted} · {}", words.text("find-preparing")),
    }
}
