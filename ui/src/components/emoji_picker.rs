//! All emoji: by group, by search, in a skin's tone. Only what is looked at is in the document.

use emojis::{Emoji, Group, SkinTone};
use yew::{Callback, Html, Properties, component, html, use_node_ref, use_state_eq};

use super::{SearchField, Segmented};
use crate::state::emoji::{TONES, Tab, Taste};
use crate::words::{Words, use_words};

mod cells;
mod press;
mod tabs;
mod tones;

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
    // The emoji whose tones are shown in place of the others.
    let opened = use_state_eq(|| None::<&'static Emoji>);
    tones::use_focus(&grid, *opened);
    let searching = !search.trim().is_empty();
    let shown = if searching { props.taste.find(&search) } else { props.taste.of(*tab) };
    let on_search = Callback::from({
        let (search, opened) = (search.clone(), opened.clone());
        move |typed| {
            opened.set(None);
            search.set(typed);
        }
    });
    let on_enter = Callback::from({
        let (first, on_pick) = (shown.first().copied().filter(|_| searching), props.on_pick.clone());
        move |()| first.into_iter().for_each(|emoji| on_pick.emit(emoji))
    });
    let on_tab = Callback::from({
        let (tab, search, opened) = (tab.clone(), search.clone(), opened.clone());
        move |chosen| {
            opened.set(None);
            search.set(String::new());
            tab.set(chosen);
        }
    });
    let on_down = Callback::from({
        let grid = grid.clone();
        move |()| cells::enter(&grid, 0)
    });
    let on_open = Callback::from({
        let opened = opened.setter();
        move |emoji| opened.set(emoji)
    });
    let chosen = (!searching).then_some(*tab);
    html! {
        <div class="emoji-picker">
            <SearchField label={words.text("emoji-search")} value={(*search).clone()} {on_search} {on_enter} {on_down} />
            { tabs::tabs(&words, &props.taste, chosen, &on_tab) }
            { found(&words, searching.then_some(shown.len())) }
            if let Some(emoji) = *opened {
                { tones::tones(&words, props, emoji, &grid, &on_open) }
            } else {
                { cells::cells(&words, props, &shown, &grid, &on_open) }
            }
            { tone(&words, props) }
        </div>
    }
}

/// How many a search found, for those who do not see it.
fn found(words: &Words, count: Option<usize>) -> Html {
    let text = count.map(|count| words.count("emoji-found", i64::try_from(count).unwrap_or(i64::MAX)));
    html! { <p class="visually-hidden" role="status">{ text }</p> }
}

/// The tone that everything is shown in.
fn tone(words: &Words, props: &Props) -> Html {
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
