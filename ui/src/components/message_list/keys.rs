//! Walking through messages with the keyboard.

use bedside_protocol::RoomSeq;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::Callback;

use super::Hands;
use crate::components::scroll::Target;
use crate::dom;

const MESSAGES: &str = "[role='listitem'][tabindex]";

/// What keys do while the list or one of its messages has the focus.
pub(super) fn keys(hands: &Hands) -> Callback<KeyboardEvent> {
    let hands = hands.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowUp" => walk(&hands, -1),
            "ArrowDown" => walk(&hands, 1),
            "Home" => go(&hands, Target::Place(RoomSeq(1))),
            "End" => go(&hands, Target::End),
            _ => return,
        }
        event.prevent_default();
    })
}

/// The focused message may not be there any more; the list is.
fn go(hands: &Hands, target: Target) {
    hands.focus();
    hands.seek(target);
}

/// From the list itself onto the last message on screen; from a message to its neighbour.
fn walk(hands: &Hands, by: isize) {
    let (Some(viewport), Some(screen)) = (hands.viewport.cast::<Element>(), hands.screen()) else { return };
    let on_message = dom::active().is_some_and(|active| {
        active.closest(MESSAGES).ok().flatten().is_some() && viewport.contains(Some(active.unchecked_ref()))
    });
    match screen.last_on_screen() {
        Some(last) if !on_message => dom::focus_element(last),
        _ => dom::rove(&viewport, MESSAGES, by),
    }
}
