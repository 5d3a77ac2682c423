//! Something to decide before going on: a modal dialog with a title.
//!
//! The platform's own `<dialog>`: it holds the focus, makes the rest inert and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlElement, MouseEvent};
use yew::{
    AttrValue, Callback, Children, Html, NodeRef, Properties, component, hook, html, use_effect_with,
    use_node_ref,
};

use super::{IconButton, IconName};
use crate::dom;
use crate::words::use_words;

/// A dialog's properties.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub title: AttrValue,
    pub on_close: Callback<()>,
    pub children: Children,
}

/// The dialog.
#[component]
pub(crate) fn Dialog(props: &Props) -> Html {
    let words = use_words();
    let dialog = use_node_ref();
    use_modal(&dialog);
    let close = props.on_close.reform(|_| ());
    let oncancel = props.on_close.reform(|event: Event| event.prevent_default());
    let onmousedown = outside(props.on_close.clone());
    html! {
        <dialog class="dialog" ref={dialog} aria-labelledby="dialog-title" {oncancel} {onmousedown}>
            <div class="dialog__sheet">
                <header class="dialog__head">
                    <h2 class="dialog__title" id="dialog-title">{ &props.title }</h2>
                    <IconButton icon={IconName::Close} label={words.text("dialog-close")} onclick={close} />
                </header>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

/// Holds the focus in a `<dialog>` as long as it is there, and then gives it back.
#[hook]
pub(super) fn use_modal(dialog: &NodeRef) {
    use_effect_with(dialog.clone(), |dialog| {
        let before = dom::active();
        let shown = dialog.cast::<HtmlDialogElement>();
        if let Some(shown) = &shown {
            // Throws only for a dialog that is open or detached; this one is neither.
            let _ = shown.show_modal();
            enter(shown);
        }
        move || leave(shown, before)
    });
}

/// A press beside the sheet closes.
pub(super) fn outside(on_close: Callback<()>) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        // The framework hears at the root, so the current target says nothing.
        let pressed = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
        if pressed.is_some() {
            on_close.emit(());
        }
    })
}

/// The first thing to fill in or press, rather than the closing cross.
fn enter(dialog: &HtmlDialogElement) {
    let inside = dom::find_all(dialog, "input, .button");
    if let Some(first) = inside.first() {
        dom::focus_element(first);
    }
}

fn leave(dialog: Option<HtmlDialogElement>, before: Option<HtmlElement>) {
    if let Some(dialog) = dialog {
        // Closed already, it has given the focus back already.
        if !dialog.open() {
            return;
        }
        dialog.close();
    }
    if let Some(before) = before.filter(|element| element.is_connected()) {
        dom::focus_element(&before);
    }
}
