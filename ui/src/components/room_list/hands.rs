//! Whether somebody has their hands on the list: its order waits until it is left, or until they have been still for a while.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};
use yew::{Callback, NodeRef};

use super::Hands;
use crate::dom;

/// How long hands are still before the order moves on, in milliseconds.
const STILL_MS: u32 = 3_000;

/// Runs out when they have been still for long enough.
type Quiet = Rc<RefCell<Option<Timeout>>>;

/// They move.
pub(super) fn touch(quiet: &Quiet, on_hands: &Callback<Hands>) -> Callback<()> {
    let (quiet, on_hands) = (Rc::clone(quiet), on_hands.clone());
    Callback::from(move |()| {
        let still = on_hands.clone();
        let before = quiet.replace(Some(Timeout::new(STILL_MS, move || still.emit(Hands::Off))));
        drop(before);
        on_hands.emit(Hands::On);
    })
}

/// What leaves the list.
pub(super) enum Leaves {
    Pointer,
    /// The focus, for something else, if for anything.
    Focus(Option<EventTarget>),
}

/// They leave; not if the focus only goes from row to row, nor while one of the two stays.
pub(super) fn leave(quiet: &Quiet, list: &NodeRef, on_hands: &Callback<Hands>) -> Callback<Leaves> {
    let (quiet, list, on_hands) = (Rc::clone(quiet), list.clone(), on_hands.clone());
    Callback::from(move |leaves: Leaves| {
        if !list.cast::<Element>().is_some_and(|list| stays(&list, leaves)) {
            drop(quiet.take());
            on_hands.emit(Hands::Off);
        }
    })
}

fn stays(list: &Element, leaves: Leaves) -> bool {
    let holds = |element: Option<Element>| element.is_some_and(|element| list.contains(Some(&element)));
    match leaves {
        Leaves::Pointer => holds(dom::active().map(Element::from)),
        Leaves::Focus(to) => {
            holds(to.and_then(|to| to.dyn_into().ok())) || list.matches(":hover").unwrap_or(false)
        }
    }
}
