//! A menu of what can be done, with a row of emoji on top, walked with the arrows.

use bedside_protocol::ipc::TimelineMessage;
use emojis::Emoji;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_node_ref};

use super::message_deed::{is_reactable, offered};
use super::{Deed, Icon, IconName, Panel};
use crate::dom;
use crate::state::emoji::{FREQUENT, Taste, is_set, untoned};
use crate::words::{Words, use_words};

const ITEMS: &str = "[role^='menuitem']";

/// A menu's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub message: TimelineMessage,
    pub label: AttrValue,
    /// All of it, or only the row of emoji.
    pub panel: Panel,
    pub taste: Taste,
    pub on_deed: Callback<Deed>,
    pub on_all_emoji: Callback<()>,
}

/// The menu.
#[component]
pub(crate) fn MessageMenu(props: &Props) -> Html {
    let words = use_words();
    let menu = use_node_ref();
    let onkeydown = Callback::from({
        let menu = menu.clone();
        move |event: KeyboardEvent| {
            if let Some(menu) = menu.cast::<Element>() {
                walk(&menu, &event);
            }
        }
    });
    html! {
        <div class="menu" role="menu" aria-label={&props.label} ref={menu} {onkeydown}>
            if is_reactable(&props.message) { { quick(&words, props) } }
            if props.panel == Panel::Menu {
                { for offered(&props.message).into_iter().map(|deed| item(&words, props, deed)) }
            }
        </div>
    }
}

fn quick(words: &Words, props: &Props) -> Html {
    let one = |emoji: &'static Emoji| {
        let name = props.taste.names.of(untoned(emoji)).to_owned();
        let emoji = emoji.as_str();
        let on = is_set(&props.message, emoji);
        let onclick = props.on_deed.reform(move |_| Deed::React { emoji: emoji.to_owned(), on: !on });
        let class = classes!("menu__emoji", on.then_some("menu__emoji--on"));
        html! {
            <button {class} type="button" role="menuitemcheckbox" tabindex="-1" aria-checked={on.to_string()}
                aria-label={name.clone()} title={name} {onclick}>{ emoji }</button>
        }
    };
    let frequent = FREQUENT.into_iter().filter_map(emojis::get).map(|emoji| props.taste.toned(emoji));
    html! {
        <div class="menu__quick" role="group" aria-label={words.text("message-react")}>
            { for frequent.map(one) }
            <button class="menu__emoji menu__emoji--all" type="button" role="menuitem" tabindex="-1"
                aria-label={words.text("emoji-all")} title={words.text("emoji-all")} onclick={props.on_all_emoji.reform(|_| ())}>
                <Icon name={IconName::Plus} />
            </button>
        </div>
    }
}

fn item(words: &Words, props: &Props, deed: Deed) -> Html {
    let Some((icon, id)) = look(&deed) else { return Html::default() };
    let danger = matches!(deed, Deed::TakeBack).then_some("menu__item--danger");
    let onclick = props.on_deed.reform(move |_| deed.clone());
    html! {
        <button class={classes!("menu__item", danger)} type="button" role="menuitem" tabindex="-1" {onclick}>
            <Icon name={icon} />{ words.text(id) }
        </button>
    }
}

fn look(deed: &Deed) -> Option<(IconName, &'static str)> {
    match deed {
        Deed::Reply => Some((IconName::Reply, "message-reply")),
        Deed::Copy => Some((IconName::Copy, "message-copy")),
        Deed::Edit => Some((IconName::Edit, "message-edit")),
        Deed::Versions => Some((IconName::History, "message-versions")),
        Deed::Details => Some((IconName::Info, "message-details")),
        Deed::TakeBack => Some((IconName::Retracted, "message-take-back")),
        _ => None,
    }
}

/// The arrows along the line go through all, those across it over the row of emoji.
pub(super) fn walk(menu: &Element, event: &KeyboardEvent) {
    let items = dom::find_all(menu, ITEMS);
    let at = dom::active().and_then(|active| items.iter().position(|item| *item == active));
    let row =
        items.iter().take_while(|item| item.closest(".menu__quick").is_ok_and(|row| row.is_some())).count();
    let (at, last) = (at.unwrap_or_default(), items.len().saturating_sub(1));
    let forward = if dom::is_rtl() { "ArrowLeft" } else { "ArrowRight" };
    let to = match event.key().as_str() {
        "ArrowDown" if at < row => {
            if row <= last {
                row
            } else {
                at
            }
        }
        "ArrowUp" if at < row => last,
        "ArrowUp" if at == row && row > 0 => 0,
        "ArrowDown" => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        "ArrowUp" => at.checked_sub(1).unwrap_or(last),
        "ArrowLeft" | "ArrowRight" if at >= row => return,
        key @ ("ArrowLeft" | "ArrowRight") if key == forward => (at + 1).min(row.saturating_sub(1)),
        "ArrowLeft" | "ArrowRight" => at.saturating_sub(1),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = items.get(to) {
        dom::focus_element(item.unchecked_ref());
    }
}
