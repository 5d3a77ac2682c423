//! The keyboard's way through the app.

use bedside_protocol::ipc::RoomFilter;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::{UseReducerDispatcher, hook, use_effect_with};

use super::Store;
use crate::dom;
use crate::state::find::FindAction;
use crate::state::nav::{Dialog, NavAction, Page};
use crate::state::rooms::{RoomsAction, Step};
use crate::state::search::SearchAction;
use crate::state::timeline::TimelineAction;
use crate::state::{Action, State};

/// The regions F6 walks through, in order of reading; the first focusable part of each.
const REGIONS: &str = "[data-region]";
const SEARCH: &str = ".search-field__input";

/// What a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    SwitchConversation,
    SearchEverywhere,
    SearchHere,
    Neighbour(Step),
    Show(Page),
    Back,
    NextRegion,
    PreviousRegion,
    Help,
}

/// A pressed key, as far as it matters.
struct Press<'a> {
    /// What it types.
    key: &'a str,
    /// Where it is, for layouts that type other letters than Latin ones.
    code: &'a str,
    command: bool,
    alt: bool,
    shift: bool,
    in_text: bool,
}

/// Listens to the whole window.
#[hook]
pub(crate) fn use_keyboard(store: &Store) {
    let store = store.clone();
    use_effect_with((), move |()| {
        let listener = dom::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    // A handle keeps every state it was read at; this one lives long, so a copy is read.
                    hear(&store.clone(), event);
                }
            })
        });
        move || drop(listener)
    });
}

fn hear(store: &Store, event: &KeyboardEvent) {
    if event.is_composing() || event.default_prevented() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let (key, code) = (event.key(), event.code());
    let press = Press {
        key: &key,
        code: &code,
        command: if dom::is_mac() { event.meta_key() } else { event.ctrl_key() },
        alt: event.alt_key(),
        shift: event.shift_key(),
        in_text: target.is_some_and(|target| dom::takes_text(&target)),
    };
    // Over a dialog only Escape and the dialog's own keys count, and the dialog hears Escape itself.
    if let (Some(command), None) = (command(&press), &store.nav.dialog) {
        event.prevent_default();
        obey(store, command);
    }
}

impl Press<'_> {
    /// Whether it is the key of a sign: by what it types, or by its place where it types nothing Latin.
    fn is(&self, sign: &str, code: &str) -> bool {
        self.key.eq_ignore_ascii_case(sign) || (!self.key.is_ascii() && self.code == code)
    }

    /// The page of the rail whose number it is: by its place, for a French keyboard types digits with Shift only.
    fn page(&self) -> Option<Page> {
        let numbered = [
            ("1", "Digit1", Page::Home),
            ("2", "Digit2", Page::Chat),
            ("3", "Digit3", Page::Alerts),
            ("4", "Digit4", Page::Settings),
        ];
        let pressed = numbered.iter().find(|(sign, code, _)| self.key == *sign || self.code == *code)?;
        Some(pressed.2)
    }
}

fn command(press: &Press<'_>) -> Option<Command> {
    match press {
        Press { command: true, alt: false, .. } if press.is("k", "KeyK") => Some(Command::SwitchConversation),
        Press { command: true, alt: false, shift: true, .. } if press.is("f", "KeyF") => {
            Some(Command::SearchEverywhere)
        }
        Press { command: true, alt: false, shift: false, .. } if press.is("f", "KeyF") => {
            Some(Command::SearchHere)
        }
        Press { command: true, alt: false, .. } if press.is(",", "Comma") => {
            Some(Command::Show(Page::Settings))
        }
        Press { command: true, alt: false, shift: false, .. } => press.page().map(Command::Show),
        Press { key: "ArrowUp", alt: true, command: false, .. } => Some(Command::Neighbour(Step::Previous)),
        Press { key: "ArrowDown", alt: true, command: false, .. } => Some(Command::Neighbour(Step::Next)),
        Press { key: "Escape", .. } => Some(Command::Back),
        Press { key: "F6", shift: true, .. } => Some(Command::PreviousRegion),
        Press { key: "F6", .. } => Some(Command::NextRegion),
        Press { key: "?" | "؟", in_text: false, command: false, .. } => Some(Command::Help),
        _ => None,
    }
}

fn obey(store: &Store, command: Command) {
    let nav = |action| store.dispatch(Action::Nav(action));
    match command {
        Command::SwitchConversation => {
            nav(NavAction::Show(Page::Chat));
            let dispatch = store.dispatcher();
            // Once the list is drawn, it is known whether there is room for it beside the conversation.
            Timeout::new(0, move || search(&dispatch)).forget();
        }
        Command::SearchHere => match store.nav.room.filter(|_| store.nav.page == Page::Chat) {
            Some(room) => {
                let open = TimelineAction::Find(FindAction::Open);
                store.dispatch(Action::Timeline(room, open));
                Timeout::new(0, || drop(dom::focus(".find-bar__input"))).forget();
            }
            None => obey(store, Command::SearchEverywhere),
        },
        Command::SearchEverywhere => {
            store.dispatch(Action::Search(SearchAction::Open));
            obey(store, Command::SwitchConversation);
        }
        Command::Neighbour(step) => {
            if let Some(room) = store.rooms.neighbour(store.nav.room, step) {
                nav(NavAction::Open(room));
            }
        }
        Command::Show(page) => nav(NavAction::Show(page)),
        Command::Back if store.search.open && store.nav.page == Page::Chat => {
            store.dispatch(Action::Search(SearchAction::Close));
        }
        Command::Back => nav(NavAction::Back),
        Command::NextRegion => walk(1),
        Command::PreviousRegion => walk(-1),
        Command::Help => nav(NavAction::Dialog(Dialog::Keys)),
    }
}

fn search(dispatch: &UseReducerDispatcher<State>) {
    bring_list(dispatch, SEARCH);
}

/// Brings the list before the eye, where one column has no room for it beside the conversation, and a part of it the
/// focus.
fn bring_list(dispatch: &UseReducerDispatcher<State>, part: &'static str) {
    if dom::find(SEARCH).is_none_or(|field| field.offset_width() == 0) {
        dispatch.dispatch(Action::Nav(NavAction::LeaveRoom));
    }
    Timeout::new(0, move || drop(dom::focus(part))).forget();
}

/// Shows the conversations of one kind.
pub(crate) fn show_list(dispatch: &UseReducerDispatcher<State>, filter: RoomFilter) {
    dispatch.dispatch(Action::Rooms(RoomsAction::Only(filter)));
    dispatch.dispatch(Action::Nav(NavAction::Show(Page::Chat)));
    let dispatch = dispatch.clone();
    // Once the list is drawn, it is known whether there is room for it.
    Timeout::new(0, move || bring_list(&dispatch, ".chip--on")).forget();
}

/// On to the next region, round at the ends.
fn walk(by: isize) {
    let Some(root) = dom::root() else { return };
    let regions: Vec<_> =
        dom::find_all(&root, REGIONS).into_iter().filter(|r| r.offset_width() > 0).collect();
    let focused = dom::active();
    // The innermost: the composer lies within the conversation.
    let at = regions.iter().rposition(|region| region.contains(focused.as_deref().map(AsRef::as_ref)));
    let count = isize::try_from(regions.len()).unwrap_or(1).max(1);
    let from = at.and_then(|at| isize::try_from(at).ok()).unwrap_or(if by > 0 { -1 } else { 0 });
    let to = usize::try_from((from + by).rem_euclid(count)).unwrap_or_default();
    if let Some(part) = regions.get(to).and_then(entrance) {
        dom::focus_element(&part);
    }
}

/// Where to begin in a region: where one is, then what is read, then what is filled in, then what is pressed.
fn entrance(region: &HtmlElement) -> Option<HtmlElement> {
    const KINDS: [&str; 4] =
        ["[aria-current]", "[role='list'][tabindex]", "textarea, input, select", "button"];
    let visible = |element: &HtmlElement| element.offset_width() > 0;
    KINDS.iter().find_map(|kind| dom::find_all(region, kind).into_iter().find(visible))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str) -> Press<'_> {
        Press { key, code: "", command: false, alt: false, shift: false, in_text: false }
    }

    #[test]
    fn every_key_of_the_list_does_what_it_says() {
        assert_eq!(command(&Press { command: true, ..press("k") }), Some(Command::SwitchConversation));
        assert_eq!(command(&Press { command: true, ..press("f") }), Some(Command::SearchHere));
        let everywhere = Press { command: true, shift: true, ..press("F") };
        assert_eq!(command(&everywhere), Some(Command::SearchEverywhere));
        assert_eq!(command(&Press { command: true, ..press(",") }), Some(Command::Show(Page::Settings)));
        assert_eq!(command(&Press { command: true, ..press("1") }), Some(Command::Show(Page::Home)));
        assert_eq!(command(&Press { command: true, ..press("2") }), Some(Command::Show(Page::Chat)));
        assert_eq!(command(&Press { command: true, ..press("3") }), Some(Command::Show(Page::Alerts)));
        assert_eq!(command(&Press { command: true, ..press("4") }), Some(Command::Show(Page::Settings)));
        assert_eq!(
            command(&Press { alt: true, ..press("ArrowUp") }),
            Some(Command::Neighbour(Step::Previous))
        );
        assert_eq!(command(&Press { alt: true, ..press("ArrowDown") }), Some(Command::Neighbour(Step::Next)));
        assert_eq!(command(&press("Escape")), Some(Command::Back));
        assert_eq!(command(&press("F6")), Some(Command::NextRegion));
        assert_eq!(command(&Press { shift: true, ..press("F6") }), Some(Command::PreviousRegion));
        assert_eq!(command(&press("?")), Some(Command::Help));
    }

    #[test]
    fn a_question_mark_in_a_text_is_only_that() {
        assert_eq!(command(&Press { in_text: true, ..press("?") }), None);
        assert_eq!(command(&press("k")), None);
        assert_eq!(command(&Press { in_text: true, ..press("؟") }), None);
    }

    #[test]
    fn on_a_layout_without_latin_letters_the_place_of_the_key_counts() {
        let arabic = |key, code| Press { code, command: true, ..press(key) };
        assert_eq!(command(&arabic("ن", "KeyK")), Some(Command::SwitchConversation));
        assert_eq!(command(&arabic("و", "Comma")), Some(Command::Show(Page::Settings)));
        assert_eq!(command(&arabic("١", "Digit1")), Some(Command::Show(Page::Home)));
        assert_eq!(command(&arabic("&", "Digit1")), Some(Command::Show(Page::Home)));
        assert_eq!(command(&press("؟")), Some(Command::Help));
        // A Dvorak keyboard has a T there, and its K elsewhere.
        assert_eq!(command(&arabic("t", "KeyK")), None);
        assert_eq!(command(&arabic("k", "KeyV")), Some(Command::SwitchConversation));
    }
}
