//! The groups of emoji: one stop of the tabulator, walked with the arrows.

use emojis::Group;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Html, classes, html};

use crate::components::{Icon, IconName};
use crate::dom;
use crate::state::emoji::{Tab, Taste};
use crate::words::Words;

const TABS: &str = ".emoji-picker__tab";

pub(super) fn tabs(words: &Words, taste: &Taste, chosen: Option<Tab>, on_tab: &Callback<Tab>) -> Html {
    let all = Tab::all(taste);
    let way_in = chosen.filter(|tab| all.contains(tab)).or_else(|| all.first().copied());
    let tab = |tab: &Tab| {
        let tab = *tab;
        let (icon, id) = look(tab);
        let on = chosen == Some(tab);
        let class = classes!("emoji-picker__tab", on.then_some("emoji-picker__tab--on"));
        html! {
            <button {class} type="button" aria-label={words.text(id)} title={words.text(id)} aria-pressed={on.to_string()}
                tabindex={if way_in == Some(tab) { "0" } else { "-1" }} onclick={on_tab.reform(move |_| tab)}>
                <Icon name={icon} />
            </button>
        }
    };
    html! {
        <div class="emoji-picker__tabs" role="toolbar" aria-label={words.text("emoji-groups")} onkeydown={keys(all.clone(), on_tab)}>
            { for all.iter().map(tab) }
        </div>
    }
}

/// The arrows along the line, and the first and the last; what has the focus is shown.
fn keys(all: Vec<Tab>, on_tab: &Callback<Tab>) -> Callback<KeyboardEvent> {
    let on_tab = on_tab.clone();
    Callback::from(move |event: KeyboardEvent| {
        let bar = event.current_target().and_then(|bar| bar.dyn_into::<Element>().ok());
        let buttons = bar.map(|bar| dom::find_all(&bar, TABS)).unwrap_or_default();
        let focused = dom::active();
        let Some(at) = buttons.iter().position(|button| focused.as_ref() == Some(button)) else { return };
        let (on, back) =
            if dom::is_rtl() { ("ArrowLeft", "ArrowRight") } else { ("ArrowRight", "ArrowLeft") };
        let last = buttons.len().saturating_sub(1);
        let to = match event.key().as_str() {
            "Home" => 0,
            "End" => last,
            key if key == on => (at + 1).min(last),
            key if key == back => at.saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        if let (Some(button), Some(tab)) = (buttons.get(to), all.get(to)) {
            dom::focus_element(button);
            on_tab.emit(*tab);
        }
    })
}

fn look(tab: Tab) -> (IconName, &'static str) {
    match tab {
        Tab::Recent => (IconName::Clock, "emoji-recent"),
        Tab::Group(Group::SmileysAndEmotion) => (IconName::Smile, "emoji-smileys"),
        Tab::Group(Group::PeopleAndBody) => (IconName::Hand, "emoji-people"),
        Tab::Group(Group::AnimalsAndNature) => (IconName::Animals, "emoji-animals"),
        Tab::Group(Group::FoodAndDrink) => (IconName::Food, "emoji-food"),
        Tab::Group(Group::TravelAndPlaces) => (IconName::Travel, "emoji-travel"),
        Tab::Group(Group::Activities) => (IconName::Activities, "emoji-activities"),
        Tab::Group(Group::Objects) => (IconName::Objects, "emoji-objects"),
        Tab::Group(Group::Symbols) => (IconName::Symbols, "emoji-symbols"),
        Tab::Group(Group::Flags) => (IconName::Flags, "emoji-flags"),
    }
}
