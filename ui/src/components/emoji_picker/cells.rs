//! The emoji of a page in rows, walked with the arrows.

use emojis::Emoji;
use web_sys::{Element, KeyboardEvent};
use yew::{AttrValue, Callback, Html, NodeRef, html};

use super::Props;
use super::press::Cell;
use crate::dom;
use crate::state::emoji::{Arrow, Taste, step, untoned, variants};
use crate::words::Words;

/// Emoji in a row; the style sheet has the same number.
const WIDTH: usize = 8;
const CELLS: &str = ".emoji-picker__one";

pub(super) fn cells(
    words: &Words,
    props: &Props,
    shown: &[&'static Emoji],
    grid: &NodeRef,
    on_open: &Callback<Option<&'static Emoji>>,
) -> Html {
    if shown.is_empty() {
        return html! {
            <div class="emoji-picker__grid"><p class="emoji-picker__none">{ words.text("emoji-none") }</p></div>
        };
    }
    let cell = |at: usize, emoji: &'static Emoji| cell(words, props, at, emoji, on_open);
    html! {
        <div key="all" class="emoji-picker__grid" role="grid" aria-label={words.text("emoji-all")} ref={grid} onkeydown={keys(grid)}>
            { rows(shown, cell) }
        </div>
    }
}

/// Emoji in rows, each drawn as a cell.
pub(super) fn rows(shown: &[&'static Emoji], cell: impl Fn(usize, &'static Emoji) -> Html) -> Html {
    let row = |(at, row): (usize, &[&'static Emoji])| {
        let cells = row.iter().enumerate().map(|(n, emoji)| cell(at * WIDTH + n, emoji));
        html! { <div class="emoji-picker__row" role="row">{ for cells }</div> }
    };
    shown.chunks(WIDTH).enumerate().map(row).collect()
}

fn cell(
    words: &Words,
    props: &Props,
    at: usize,
    emoji: &'static Emoji,
    on_open: &Callback<Option<&'static Emoji>>,
) -> Html {
    let (name, lang) = name(&props.taste, emoji);
    let on_tones = (!variants(emoji).is_empty()).then(|| on_open.reform(move |()| Some(emoji)));
    let title = match on_tones {
        Some(_) => words.about("emoji-with-tones", &name),
        None => name.clone(),
    };
    html! {
        // The first is the way in; from there the arrows lead.
        <Cell {emoji} {name} {title} {lang} way_in={at == 0} on_pick={props.on_pick.clone()} {on_tones} />
    }
}

/// What an emoji is called, and the language of that where it is another one's.
pub(super) fn name(taste: &Taste, emoji: &'static Emoji) -> (AttrValue, Option<&'static str>) {
    let name = taste.names.of(untoned(emoji)).to_owned().into();
    (name, taste.names.language().is_none().then_some("en"))
}

pub(super) fn keys(grid: &NodeRef) -> Callback<KeyboardEvent> {
    let grid = grid.clone();
    Callback::from(move |event: KeyboardEvent| {
        let (on, back) =
            if dom::is_rtl() { ("ArrowLeft", "ArrowRight") } else { ("ArrowRight", "ArrowLeft") };
        let arrow = match event.key().as_str() {
            _ if event.default_prevented() => return,
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

pub(super) fn enter(grid: &NodeRef, at: usize) {
    let cells = grid.cast::<Element>().map(|grid| dom::find_all(&grid, CELLS)).unwrap_or_default();
    if let Some(cell) = cells.get(at) {
        dom::focus_element(cell);
    }
}
