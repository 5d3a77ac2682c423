//! Hovering, focusing, tapping and the keys of a message.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};
use yew::{Callback, NodeRef, UseStateHandle};

use crate::components::Spot;
use crate::dom;

/// Opens the menu, at a place or at the message.
type Menu = Callback<Option<Spot>>;

/// A finger has no way to hover.
pub(super) fn entered(hovered: &UseStateHandle<bool>) -> Callback<PointerEvent> {
    let hovered = hovered.setter();
    Callback::from(move |event: PointerEvent| {
        if event.pointer_type() != "touch" {
            hovered.set(true);
        }
    })
}

pub(super) fn left(bubble: &NodeRef, hovered: &UseStateHandle<bool>) -> Callback<PointerEvent> {
    let (bubble, hovered) = (bubble.clone(), hovered.setter());
    Callback::from(move |event: PointerEvent| {
        if !contains(&bubble, event.related_target()) {
            hovered.set(false);
        }
    })
}

/// Only a focus that is shown counts: a press on a message is none.
pub(super) fn focused(bubble: &NodeRef, focused: &UseStateHandle<bool>) -> Callback<FocusEvent> {
    let (bubble, focused) = (bubble.clone(), focused.setter());
    Callback::from(move |event: FocusEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let shown = target.is_some_and(|target| target.matches(":focus-visible").unwrap_or(false));
        if shown && bubble.get().is_some() {
            focused.set(true);
        }
    })
}

pub(super) fn blurred(bubble: &NodeRef, focused: &UseStateHandle<bool>) -> Callback<FocusEvent> {
    let (bubble, focused) = (bubble.clone(), focused.setter());
    Callback::from(move |event: FocusEvent| {
        if !contains(&bubble, event.related_target()) {
            focused.set(false);
        }
    })
}

/// A finger opens the menu by a tap on the message, but not on something in it.
pub(super) fn tapped(menu: &Menu) -> Callback<MouseEvent> {
    let menu = menu.clone();
    Callback::from(move |event: MouseEvent| {
        let finger = event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
        if finger && Spot::pressed(&event).is_none() && !dom::has_selection() {
            menu.emit(Some(Spot::pointer(&event)));
        }
    })
}

/// The right button; over a selected text it means that text.
pub(super) fn asked(menu: &Menu) -> Callback<MouseEvent> {
    let menu = menu.clone();
    Callback::from(move |event: MouseEvent| {
        if !dom::has_selection() {
            event.prevent_default();
            menu.emit(Some(Spot::pointer(&event)));
        }
    })
}

/// Enter, Space and R on the message itself; the menu key also on what is in it.
pub(super) fn keys(bubble: &NodeRef, menu: &Menu, reply: Option<Callback<()>>) -> Callback<KeyboardEvent> {
    let (bubble, menu) = (bubble.clone(), menu.clone());
    Callback::from(move |event: KeyboardEvent| {
        let here = event.target().is_some_and(|target| is(&bubble, &target));
        let plain = !(event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key());
        if let Some(reply) = reply.as_ref().filter(|_| here && plain && is_r(&event)) {
            event.prevent_default();
            return reply.emit(());
        }
        let opens = match event.key().as_str() {
            "Enter" | " " => here && plain,
            "ContextMenu" => true,
            "F10" => event.shift_key(),
            _ => false,
        };
        if opens {
            event.prevent_default();
            menu.emit(None);
        }
    })
}

/// By what it types, or by its place where it types nothing Latin.
fn is_r(event: &KeyboardEvent) -> bool {
    let key = event.key();
    key.eq_ignore_ascii_case("r") || (!key.is_ascii() && event.code() == "KeyR")
}

/// The place of the words in a message.
pub(super) fn body(bubble: &Element) -> Spot {
    let body = bubble.query_selector(".message-bubble__body").ok().flatten();
    Spot::of(body.as_ref().unwrap_or(bubble))
}

/// The message takes the focus, so that it comes back to it: the button pressed may be gone by then.
pub(super) fn take_focus(bubble: &Element) {
    if let Some(bubble) = bubble.dyn_ref::<HtmlElement>() {
        dom::focus_element(bubble);
    }
}

fn is(bubble: &NodeRef, target: &EventTarget) -> bool {
    bubble.get().is_some_and(|bubble| AsRef::<EventTarget>::as_ref(&bubble) == target)
}

fn contains(bubble: &NodeRef, target: Option<EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<Element>().ok());
    let within = |bubble: Element| bubble.contains(target.as_deref());
    target.is_some() && bubble.cast::<Element>().is_some_and(within)
}
