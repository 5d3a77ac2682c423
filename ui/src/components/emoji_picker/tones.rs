//! The tones of one emoji, in place of all emoji.

use emojis::{Emoji, SkinTone};
use web_sys::KeyboardEvent;
use yew::{AttrValue, Callback, Html, NodeRef, hook, html, use_effect_with, use_mut_ref};

use super::press::Cell;
use super::{Props, cells};
use crate::components::{IconButton, IconName};
use crate::dom;
use crate::state::emoji::variants;
use crate::words::Words;

const TONES: [&str; 5] = [
    "emoji-tone-light",
    "emoji-tone-medium-light",
    "emoji-tone-medium",
    "emoji-tone-medium-dark",
    "emoji-tone-dark",
];

pub(super) fn tones(
    words: &Words,
    props: &Props,
    emoji: &'static Emoji,
    grid: &NodeRef,
    on_open: &Callback<Option<&'static Emoji>>,
) -> Html {
    let (name, _) = cells::name(&props.taste, emoji);
    let label = words.about("emoji-tones-of", &name);
    let cell = |at: usize, emoji: &'static Emoji| {
        let name = toned(words, &name, emoji.skin_tone());
        html! { <Cell {emoji} name={name.clone()} title={name} lang={None::<&'static str>} way_in={at == 0} on_pick={props.on_pick.clone()} /> }
    };
    html! {
        <div key="tones" class="emoji-picker__grid" onkeydown={keys(grid, on_open)}>
            <div class="emoji-picker__head">
                <IconButton icon={IconName::Back} label={words.text("emoji-tones-back")} onclick={on_open.reform(|_| None)} />
                <span aria-hidden="true">{ &label }</span>
            </div>
            <div role="grid" aria-label={label} ref={grid}>{ cells::rows(&variants(emoji), cell) }</div>
        </div>
    }
}

/// Escape goes back to all emoji, and nothing closes.
fn keys(grid: &NodeRef, on_open: &Callback<Option<&'static Emoji>>) -> Callback<KeyboardEvent> {
    let (walk, on_open) = (cells::keys(grid), on_open.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            on_open.emit(None);
        } else {
            walk.emit(event);
        }
    })
}

/// "thumbs up: medium skin tone".
fn toned(words: &Words, name: &str, tone: Option<SkinTone>) -> AttrValue {
    let word = |at: usize| TONES.get(at).map(|id| words.text(id)).unwrap_or_default();
    let (id, tone, other) = match tone.map_or(Tones::None, tones_of) {
        Tones::None => return name.to_owned().into(),
        Tones::One(tone) => ("emoji-in-tone", word(tone), String::new()),
        Tones::Two(tone, other) => ("emoji-in-two-tones", word(tone), word(other)),
    };
    let values = [("name", name.to_owned().into()), ("tone", tone.into()), ("other", other.into())];
    words.text_with(id, &values).into()
}

/// The tones in an emoji: of one person, or of two that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tones {
    None,
    One(usize),
    Two(usize, usize),
}

/// Behind the five tones the list pairs each with the other four, in their order.
fn tones_of(tone: SkinTone) -> Tones {
    let number = tone as usize;
    match (number.checked_sub(1), number.checked_sub(1 + TONES.len())) {
        (None, _) => Tones::None,
        (Some(one), None) => Tones::One(one),
        (_, Some(pair)) => {
            let (one, other) = (pair / 4, pair % 4);
            Tones::Two(one, if other < one { other } else { other + 1 })
        }
    }
}

/// The focus goes to the tones as they are shown, and back to their emoji after that.
#[hook]
pub(super) fn use_focus(grid: &NodeRef, opened: Option<&'static Emoji>) {
    let before = use_mut_ref(|| None::<&'static Emoji>);
    let grid = grid.clone();
    use_effect_with(opened, move |opened| {
        let before = before.replace(*opened);
        match (before, opened) {
            (_, Some(_)) => cells::enter(&grid, 0),
            // Unless a search or a group took it.
            (Some(emoji), None) if dom::focus_is_lost() => {
                drop(dom::focus(&format!(".emoji-picker__one[data-emoji='{}']", emoji.as_str())));
            }
            (_, None) => {}
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tones_of_two_are_told_apart() {
        assert_eq!(tones_of(SkinTone::Default), Tones::None);
        assert_eq!((tones_of(SkinTone::Light), tones_of(SkinTone::Dark)), (Tones::One(0), Tones::One(4)));
        assert_eq!(tones_of(SkinTone::LightAndMediumLight), Tones::Two(0, 1));
        assert_eq!(tones_of(SkinTone::MediumAndMediumLight), Tones::Two(2, 1));
        assert_eq!(tones_of(SkinTone::MediumAndMediumDark), Tones::Two(2, 3));
        assert_eq!(tones_of(SkinTone::DarkAndMediumDark), Tones::Two(4, 3));
    }
}
