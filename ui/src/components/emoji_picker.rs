//! All emoji: by group, by search, in a skin's tone. Only what is looked at is in the document.

use emojis::{Emoji, Group, SkinTone};
use web_sys::{Element, KeyboardEvent};
use yew::{Callback, Html, NodeRef, Properties, classes, component, html, use_node_ref, use_state_eq};

use super::{Icon, IconName, SearchField, Segmented};
use crate::dom;
use crate::state::emoji::{Arrow, TONES, Tab, Taste, step};
use crate::words::{Words, use_words};

/// Emoji in a row; the style sheet has the same number.
const WIDTH: usize = 8;
const CELLS: &str = ".emoji-picker__one";

/// A picker's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub taste: Taste,
    pub on_pick: Callback<&'static Emoji>,
    pub on_tone: Callback<SkinTone>,
}

/// The picker.
#[component]
pub(crate) fn EmojiPicker(props: &Props) -> Html {
    let words = use_words();
    let grid = use_node_ref();
    let search = use_state_eq(String::new);
    let first =
        if props.taste.recent.is_empty() { Tab::Group(Group::SmileysAndEmotion) } else { Tab::Recent };
    let tab = use_state_eq(|| first);
    let searching = !search.trim().is_empty();
    let shown = if searching { props.taste.find(&search) } else { props.taste.of(*tab) };
    let on_search = Callback::from({
        let search = search.clone();
        move |typed| search.set(typed)
    });
    let on_enter = Callback::from({
        let (first, on_pick) = (shown.first().copied().filter(|_| searching), props.on_pick.clone());
        move |()| first.into_iter().for_each(|emoji| on_pick.emit(emoji))
    });
    let on_tab = Callback::from({
        let (tab, search) = (tab.clone(), search.clone());
        move |chosen| {
            search.set(String::new());
            tab.set(chosen);
        }
    });
    let on_down = Callback::from({
        let grid = grid.clone();
        move |()| enter(&grid, 0)
    });
    let chosen = (!searching).then_some(*tab);
    html! {
        <div class="emoji-picker">
            <SearchField label={words.text("emoji-search")} value={(*search).clone()} {on_search} {on_enter} {on_down} />
            { tabs(&words, props, chosen, &on_tab) }
            { cells(&words, props, &shown, &grid) }
            { tones(&words, props) }
        </div>
    }
}

fn tabs(words: &Words, props: &Props, chosen: Option<Tab>, on_tab: &Callback<Tab>) -> Html {
    let recent = (!props.taste.recent.is_empty()).then_some(Tab::Recent);
    let tabs = recent.into_iter().chain(Group::iter().map(Tab::Group));
    let tab = |tab: Tab| {
        let (icon, id) = look(tab);
        let on = chosen == Some(tab);
        let class = classes!("emoji-picker__tab", on.then_some("emoji-picker__tab--on"));
        html! {
            <button {class} type="button" aria-label={words.text(id)} title={words.text(id)} aria-pressed={on.to_string()}
                onclick={on_tab.reform(move |_| tab)}>
                <Icon name={icon} />
            </button>
        }
    };
    html! { <div class="emoji-picker__tabs" role="group" aria-label={words.text("emoji-groups")}>{ for tabs.map(tab) }</div> }
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

fn cells(words: &Words, props: &Props, shown: &[&'static Emoji], grid: &NodeRef) -> Html {
    if shown.is_empty() {
        return html! {
            <div class="emoji-picker__grid"><p class="emoji-picker__none" role="status">{ words.text("emoji-none") }</p></div>
        };
    }
    let cell = |at: usize, emoji: &'static Emoji| {
        html! {
            // The first is the way in; from there the arrows lead.
            <button class="emoji-picker__one" type="button" role="gridcell" tabindex={if at == 0 { "0" } else { "-1" }}
                aria-label={emoji.name()} title={emoji.name()} lang="en" onclick={props.on_pick.reform(move |_| emoji)}>
                { emoji.as_str() }
            </button>
        }
    };
    let row = |(at, row): (usize, &[&'static Emoji])| {
        let cells = row.iter().enumerate().map(|(n, emoji)| cell(at * WIDTH + n, emoji));
        html! { <div class="emoji-picker__row" role="row">{ for cells }</div> }
    };
    html! {
        <div class="emoji-picker__grid" role="grid" aria-label={words.text("emoji-all")} ref={grid} onkeydown={keys(grid)}>
            { for shown.chunks(WIDTH).enumerate().map(row) }
        </div>
    }
}

fn tones(words: &Words, props: &Props) -> Html {
    let hand = emojis::get("✋");
    let shown = |tone| hand.and_then(|hand| hand.with_skin_tone(tone)).map(Emoji::as_str).unwrap_or_default();
    html! {
        <Segmented
            name="emoji-tone"
            label={words.text("emoji-tone")}
            choices={TONES.map(|tone| shown(tone).into()).to_vec()}
            chosen={TONES.iter().position(|tone| *tone == props.taste.tone).unwrap_or_default()}
            on_choose={props.on_tone.reform(|at| TONES.get(at).copied().unwrap_or(SkinTone::Default))}
        />
    }
}

fn keys(grid: &NodeRef) -> Callback<KeyboardEvent> {
    let grid = grid.clone();
    Callback::from(move |event: KeyboardEvent| {
        let (on, back) =
            if dom::is_rtl() { ("ArrowLeft", "ArrowRight") } else { ("ArrowRight", "ArrowLeft") };
        let arrow = match event.key().as_str() {
            "ArrowUp" => Arrow::Up,
            "ArrowDown" => Arrow::Down,
            "Home" => Arrow::Start,
            "End" => Arrow::End,
            key if key == on => Arrow::On,
            key if key == back => Arrow::Back,
            _ => return,
        };
        event.prevent_default();
        walk(&grid, arrow);
    })
}

/// Out at the top is the search.
fn walk(grid: &NodeRef, arrow: Arrow) {
    let Some(element) = grid.cast::<Element>() else { return };
    let cells = dom::find_all(&element, CELLS);
    let at = dom::active().and_then(|active| cells.iter().position(|cell| *cell == active));
    match step(at.unwrap_or_default(), cells.len(), WIDTH, arrow) {
        Some(to) => enter(grid, to),
        None => drop(dom::focus(".emoji-picker .search-field__input")),
    }
}

fn enter(grid: &NodeRef, at: usize) {
    let cells = grid.cast::<Element>().map(|grid| dom::find_all(&grid, CELLS)).unwrap_or_default();
    if let Some(cell) = cells.get(at) {
        dom::focus_element(cell);
    }
}
